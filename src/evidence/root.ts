/**
 * What the manifest shows about the needs of a container: commands that only root can run, and writes to the root file
 * system. Evidence is a command at command position, never a word somewhere in an argument.
 */
import { argumentsOf, commandName, type Command } from '../shell/command.ts';
import { fileWrites } from './file-writes.ts';
import type { Place } from './place.ts';
import { quote } from './quote.ts';
import { INSTALLERS, KERNEL, ROOT_WORDS, SYSTEM_FILES, type Need, type Usage } from './root-words.ts';

export interface Evidence {
  /** The command with the argument that decided: `chown`, `apk add`, `> /etc/hosts`. */
  readonly word: string;
  /** Relative to the container: `/command/2`. */
  readonly pointer: string;
  /** Installs packages or makes users, which runs scripts that may need anything. */
  readonly installs: boolean;
  /** What root still needs after `drop: [ALL]`, without `CAP_`; undefined: privileged or unknown, nothing can be dropped. */
  readonly capabilities: readonly string[] | undefined;
}

export interface RootFsWrite {
  /** `pip install`, `> /etc/hosts`, `npm ci`. */
  readonly word: string;
  /** Relative to the container: `/command/2`. */
  readonly pointer: string;
}

/**
 * Every piece of evidence that a container needs root, in the order of its commands.
 *
 * @param mounts where its volumes are mounted, in normal form
 * @param ownsImage true when the folders of the image belong to the user that it starts as; else they belong to root
 */
export function rootEvidence(commands: readonly Command[], mounts: readonly string[], ownsImage: boolean): readonly Evidence[] {
  return commands.length === 0 ? [] : withoutRepeats(commands.flatMap((command) => evidenceOf(command, mounts, ownsImage)));
}

/**
 * Every command that shows that the root file system must stay writable: package managers of the system and of languages
 * (`pip install`, `npm install -g`), and writes to places outside of `/tmp` and of the mounted volumes, also to the working
 * directory.
 *
 * @param mounts where the volumes of the container are mounted, in normal form
 */
export function rootFsWrites(commands: readonly Command[], mounts: readonly string[]): readonly RootFsWrite[] {
  return commands.length === 0 ? [] : withoutRepeats(commands.flatMap((command) => rootFsWritesOf(command, mounts)));
}

const PLACE_NEEDS: Readonly<Partial<Record<Place, Need>>> = { kernel: KERNEL, system: SYSTEM_FILES };
const PLACE_NEEDS_OF_ROOT = { ...PLACE_NEEDS, image: SYSTEM_FILES };

function evidenceOf(command: Command, mounts: readonly string[], ownsImage: boolean): readonly Evidence[] {
  const usage = usageOf(command, ROOT_WORDS);
  if (usage) return [evidence(quoteUsage(command, usage), command, usage)];
  if (commandName(command) === 'chmod') return [];
  const needs: typeof PLACE_NEEDS = ownsImage ? PLACE_NEEDS : PLACE_NEEDS_OF_ROOT;
  const installer = ownsImage ? undefined : usageOf(command, INSTALLERS);
  if (installer) return [evidence(quoteUsage(command, installer), command, SYSTEM_FILES)];
  return fileWrites(command, mounts).flatMap(({ word, place }) => {
    const need = needs[place];
    return need ? [evidence(word, command, need)] : [];
  });
}

function rootFsWritesOf(command: Command, mounts: readonly string[]): readonly RootFsWrite[] {
  const { pointer } = command;
  const usage = usageOf(command, ROOT_WORDS) ?? usageOf(command, INSTALLERS);
  if (usage?.writesRootFs) return [{ word: quoteUsage(command, usage), pointer }];
  return fileWrites(command, mounts)
    .filter(({ place }) => place === 'system' || place === 'image')
    .map(({ word }) => ({ word, pointer }));
}

/** The row of a table that fits a command with its arguments. */
function usageOf<U extends Usage>(command: Command, table: ReadonlyMap<string, U>): U | undefined {
  const path = command.words[0]?.text ?? '';
  const name = commandName(command);
  const usage = table.get(path) ?? table.get(name);
  if (!usage || (usage.isSubcommand && command.isArgument && path === name)) return undefined;
  const { without, with: conditions = [] } = usage;
  const words = argumentsOf(command);
  if (without && words.some((word) => without.test(word))) return undefined;
  return conditions.every((condition) => words.some((word) => condition.test(word))) ? usage : undefined;
}

function quoteUsage(command: Command, { with: [condition] = [] }: Usage): string {
  return quote(command, (word) => condition?.test(word) === true);
}

function evidence(word: string, { pointer }: Command, { capabilities, installs }: Need): Evidence {
  return { word, pointer, installs: installs === true, capabilities };
}

function withoutRepeats<T extends RootFsWrite>(items: readonly T[]): readonly T[] {
  const seen = new Map(items.map((item) => [`${item.pointer} ${item.word}`, item]));
  return [...seen.values()];
}
