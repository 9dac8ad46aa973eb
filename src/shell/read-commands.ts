/**
 * The commands that a container runs as far as its manifest shows them: its command line, the text given to a shell, and
 * the commands that are the arguments of other commands (`sudo chown …`, `find … -exec chown …`).
 */
import { itemsAt, member, stringAt, type JsonObject } from '../util/json.ts';
import { commandName, READS_SCRIPT, SHELLS, type Command, type Word } from './command.ts';
import { pathFrom } from './folder.ts';
import { takesNextWord, type ValueOptions } from './options.ts';
import { splitCommands } from './split-commands.ts';
import { WRAPPERS, type Wrapper } from './wrappers.ts';

const ASSIGNMENT = /^[A-Za-z_]\w*=/;
/** Each level of commands inside commands reads its words once more. */
const MAX_DEPTH = 10;
/** The text of a file of the container by its absolute path; undefined when it is not in the inputs. */
export type Scripts = (path: string) => string | undefined;

const HANDLERS = [
  ['lifecycle', 'postStart'],
  ['lifecycle', 'preStop'],
  ['startupProbe'],
  ['livenessProbe'],
  ['readinessProbe'],
] as const;

/**
 * Every command of a container: of `command` and `args`, of its lifecycle hooks and of its exec probes, outer ones before
 * those inside them.
 *
 * Without `command`, `args` are read as a command line too: most entrypoints run the arguments they are given, and shell
 * options as first argument (`-c`) tell that the entrypoint is a shell. What an image runs by itself is not known here. A step of
 * Tekton may have a `script` in the place of a command; the `source` of an Argo Workflow is run by its command.
 *
 * @param scripts the files of the container that are in the inputs; shell scripts among them are read where they are run
 */
export function readCommands(container: JsonObject, scripts: Scripts = () => undefined): readonly Command[] {
  const given = stringAt(container, 'workingDir');
  const folder = given === undefined ? '.' : pathFrom('.', given);
  const handlers = HANDLERS.flatMap((keys) =>
    member(container, keys[0]) === undefined ? [] : lineCommands(wordsAt(container, ...keys, 'exec', 'command'), { folder }),
  );
  return [...mainCommand(container, folder), ...handlers].flatMap((command) => withInner(command, eachOnce(scripts)));
}

/** A script that is run once more adds nothing, so its text is read once. */
function eachOnce(scripts: Scripts): Scripts {
  const read = new Set<string>();
  return (path) => {
    const text = scripts(path);
    if (text === undefined || read.has(path)) return text === undefined ? undefined : '#!/bin/sh';
    read.add(path);
    return text;
  };
}

/** What Tekton puts into a script before it runs: parameters, results and the paths of workspaces. */
const SUBSTITUTION = /\$\((?:artifacts|context|inputs|outputs|params|resources|results|steps?|tasks|workspaces)[.[][^()]*\)/g;

/** The commands of a script of Tekton, which a shell runs unless its first line says otherwise (Tekton, "Running scripts within Steps"). */
function scriptText(script: string, folder: string): readonly Command[] {
  const text = script.replace(SUBSTITUTION, '$PARAM');
  const [, interpreter] = /^\s*#!\s*(.*)/.exec(text) ?? [];
  const words = (interpreter ?? 'sh').split(/\s+/).map((word) => ({ text: word, pointer: '/script' }));
  if (interpreter === undefined || /\b(?:ba|da|a|k|z)?sh\b/.test(interpreter))
    return textCommands({ text, pointer: '/script' }, folder);
  return lineCommands(words, { folder });
}

function mainCommand(container: JsonObject, folder: string): readonly Command[] {
  const script = stringAt(container, 'script');
  if (script !== undefined) return scriptText(script, folder);
  const command = wordsAt(container, 'command');
  const source = stringAt(container, 'source');
  if (source !== undefined && SHELLS.has(command[0]?.text.replace(/^.*\//, '') ?? ''))
    return textCommands({ text: source, pointer: '/source' }, folder);
  const args = wordsAt(container, 'args');
  const isArgument = command.length === 0;
  const isShellText = isArgument && /^-[a-z]*c$/.test(args[0]?.text ?? '') && /\s/.test(args[1]?.text ?? '');
  const shell = isShellText ? [{ text: 'sh', pointer: '/args/0' }] : [];
  return lineCommands([...shell, ...command, ...args], { folder }).map((one) => ({ ...one, isArgument }));
}

function wordsAt(container: JsonObject, ...keys: readonly string[]): readonly Word[] {
  return itemsAt(container, ...keys).flatMap((item, index) =>
    typeof item === 'string' ? [{ text: item, pointer: `/${keys.join('/')}/${index}` }] : [],
  );
}

/** The command itself and every command in it, outer ones first. */
function withInner(command: Command, scripts: Scripts, depth = 0): readonly Command[] {
  if (depth === MAX_DEPTH) return [command];
  const script = scriptCommands(command, scripts);
  const inner = script ?? innerCommands(command);
  const outer = script ? { ...command, runsKnownScript: true } : command;
  return [outer, ...inner.flatMap((one) => withInner(one, scripts, depth + 1))];
}

/** The commands of the shell script that a command runs: itself, or as the argument of a shell; undefined when it is not known. */
function scriptCommands(command: Command, scripts: Scripts): readonly Command[] | undefined {
  const name = commandName(command);
  const isShell = SHELLS.has(name);
  const file = isShell ? scriptOperand(command.words.slice(1)) : READS_SCRIPT.has(name) ? command.words[1] : command.words[0];
  if (!file?.text.includes('/')) return undefined;
  const text = scripts(pathFrom(command.folder, file.text));
  const isShellText = text !== undefined && (/^#!.*\b(?:ba|da|a|k|z)?sh\b/.test(text) || (isShell && !text.startsWith('#!')));
  return isShellText ? textCommands({ text, pointer: file.pointer }, command.folder) : undefined;
}

/** The script that a shell is given; undefined when it gets a text, or reads its input. */
function scriptOperand(words: readonly Word[]): Word | undefined {
  const [first, ...rest] = words;
  if (first === undefined || /^-[^-]*c/.test(first.text)) return undefined;
  return /^[-+]./.test(first.text) ? scriptOperand(rest) : first;
}

function innerCommands(command: Command): readonly Command[] {
  const { input = '', pointer, folder } = command;
  const name = commandName(command);
  const words = command.words.slice(1);
  const wrapper = WRAPPERS.get(name);
  if (SHELLS.has(name)) return shellCommands(words, command);
  if (name === 'eval') return textCommands({ text: words.map((word) => word.text).join(' '), pointer }, folder);
  if (name === 'trap') return textCommands({ text: words[0]?.text ?? '', pointer }, folder);
  if (name === 'find') return findCommands(words, command);
  if (isScript(name, command)) return textCommands({ text: input, pointer }, folder);
  return wrapper ? wrappedCommands(words, wrapper, command) : [];
}

/** The words of a shell's own command line: options, then the text after `-c`, else a script or the standard input. */
function shellCommands(words: readonly Word[], { input = '', pointer, folder }: Command): readonly Command[] {
  let hasText = false;
  let isValue = false;
  for (const word of words) {
    const { text } = word;
    const isOption = /^[-+]./.test(text);
    if (!isValue && !isOption) return hasText ? textCommands(word, folder) : [];
    hasText ||= !isValue && /^-[^-]*c/.test(text);
    isValue = !isValue && (/^[-+][^-]*[oO]$/.test(text) || text === '--rcfile' || text === '--init-file');
  }
  return textCommands({ text: input, pointer }, folder);
}

function wrappedCommands(words: readonly Word[], wrapper: Wrapper, outer: Command): readonly Command[] {
  const { text, after } = wrapper;
  const textOption =
    text === undefined ? -1 : words.findIndex((word) => takesNextWord(word.text, { short: text, long: ['--command'] }));
  const shellText = textOption === -1 ? undefined : words[textOption + 1];
  if (shellText) return textCommands(shellText, outer.folder);
  return lineCommands(after === undefined ? wordsAfterOptions(words, wrapper) : wordsAfter(words, after), outer);
}

function wordsAfter(words: readonly Word[], separator: string): readonly Word[] {
  const index = words.findIndex((word) => word.text === separator);
  return index === -1 ? [] : words.slice(index + 1);
}

/** The words of the command inside: behind the options, the assignments and the operands of the wrapper. */
function wordsAfterOptions(words: readonly Word[], { operands = 0, lookup = '', ...options }: Wrapper): readonly Word[] {
  const end = endOfOptions(words, options);
  const isLookup = words.slice(0, end).some(({ text }) => [...lookup].some((letter) => text.includes(letter)));
  const rest = words.slice(words[end]?.text === '--' ? end + 1 : end);
  const start = rest.findIndex((word) => !ASSIGNMENT.test(word.text));
  return isLookup || start === -1 ? [] : rest.slice(start + operands);
}

/** The index of the first word that is neither an option nor the value of one. */
function endOfOptions(words: readonly Word[], options: ValueOptions): number {
  let index = 0;
  for (let text = words[0]?.text; text?.startsWith('-') && text !== '--'; text = words[index]?.text)
    index += takesNextWord(text, options) ? 2 : 1;
  return index;
}

/** A here-document that becomes a script: it is written in order to be run. */
function isScript(name: string, { input = '', redirects }: Command): boolean {
  return (name === 'cat' || name === 'tee') && (/^#!.*sh\b/.test(input) || redirects.some(({ path }) => path.endsWith('.sh')));
}

function findCommands(words: readonly Word[], outer: Command): readonly Command[] {
  const lines: Word[][] = [];
  let line: Word[] | undefined;
  for (const word of words) {
    const isStart = line === undefined && /^-(?:exec|ok)(?:dir)?$/.test(word.text);
    if (isStart) lines.push((line = []));
    else if (word.text === ';' || word.text === '+') line = undefined;
    else line?.push(word);
  }
  return lines.flatMap((one) => lineCommands(one, outer));
}

function textCommands({ text, pointer }: Word, folder: string): readonly Command[] {
  return splitCommands(text, folder).map(({ words, ...command }) => ({
    ...command,
    words: words.map((word) => ({ text: word, pointer })),
    pointer,
    isArgument: false,
    runsKnownScript: false,
  }));
}

/** A command line as a command. The here-document of the outer command is the standard input of the inner one. */
function lineCommands(words: readonly Word[], outer: Pick<Command, 'folder'> & Partial<Command>): readonly Command[] {
  const { folder, input } = outer;
  const [first] = words;
  return first
    ? [{ words, redirects: [], input, pointer: first.pointer, folder, isArgument: false, runsKnownScript: false }]
    : [];
}
