/** Environment variables and arguments that an image needs once it is hardened; what the author sets is never touched. */
import { applicableArgs, applicableEnv, type ImageKnowledge, type Purpose } from '../../images/index.ts';
import { itemsAt, path, stringAt } from '../../util/json.ts';
import { commandName, type Command } from '../../shell/command.ts';
import type { Container } from '../../kubernetes/object.ts';
import type { Basis } from '../basis/basis.ts';
import { folderVariables } from './folders.ts';

export interface Variable {
  readonly name: string;
  readonly value: string;
}

/** Programs that keep files in the home directory, which a user unknown to the image does not have. */
const NEEDS_HOME = new Set(['aws', 'az', 'gcloud', 'gradle', 'helm', 'kubectl', 'mc', 'mvn', 'npm', 'npx', 'yarn']);

/** Variables of programs that write to the home directory when they start: `~/.streamlit`. */
const FRAMEWORK_WITH_HOME = /^STREAMLIT_/;

/** The variables to add for a purpose: those of the image, and a writable home for programs that want one. */
export function variablesFor(
  container: Container,
  { knowledge, commands }: Pick<Basis, 'knowledge' | 'commands'>,
  purpose: Purpose,
): Variable[] {
  const given = namesIn(container);
  const known = knowledge ? applicableEnv(knowledge, purpose, given).map(({ name, value }) => ({ name, value })) : [];
  const ofImage = purpose === 'non-root' ? [...known, ...folderVariables(container, knowledge)] : known;
  const wantsHome =
    purpose === 'read-only-root' &&
    !given.has('HOME') &&
    !ofImage.some(({ name }) => name === 'HOME') &&
    (usesHome(commands) || [...given].some((name) => FRAMEWORK_WITH_HOME.test(name)));
  return wantsHome ? [...ofImage, { name: 'HOME', value: '/tmp' }] : ofImage;
}

/** The arguments to add for a purpose, where the author gives neither a command nor arguments. */
export function argumentsFor(
  container: Container,
  knowledge: ImageKnowledge | undefined,
  purpose: Purpose,
): readonly string[] | undefined {
  const isGiven = path(container.value, 'command') !== undefined || path(container.value, 'args') !== undefined;
  return knowledge && !isGiven ? applicableArgs(knowledge, purpose) : undefined;
}

/** What an image needs to run without root, and cannot be given here; undefined when every need can be met. */
export function unmetNeed(container: Container, knowledge: ImageKnowledge | undefined): string | undefined {
  if (!knowledge) return undefined;
  const given = namesIn(container);
  const env = knowledge.needs.includes('env') ? knowledge.env.filter(({ name }) => !given.has(name)) : [];
  const applied = new Set(applicableEnv(knowledge, 'non-root', given).map(({ name }) => name));
  const missing = env.filter(
    (item) => item.for?.includes('non-root') && !applied.has(item.name) && !item.unless?.some((name) => given.has(name)),
  );
  if (missing.length > 0) return `the environment variable ${missing.map(({ name, value }) => `${name}=${value}`).join(', ')}`;
  const args = knowledge.needs.includes('args') && knowledge.args?.for?.includes('non-root') ? knowledge.args.value : undefined;
  return args && !argumentsFor(container, knowledge, 'non-root') && !holdsAll(container, args)
    ? `the arguments ${args.join(' ')}`
    : undefined;
}

function holdsAll(container: Container, args: readonly string[]): boolean {
  const given = [...itemsAt(container.value, 'command'), ...itemsAt(container.value, 'args')];
  return args.every((argument) => given.includes(argument));
}

function namesIn(container: Container): Set<string> {
  return new Set(itemsAt(container.value, 'env').flatMap((variable) => stringAt(variable, 'name') ?? []));
}

function usesHome(commands: readonly Command[]): boolean {
  return commands.some((command) => NEEDS_HOME.has(commandName(command)));
}
