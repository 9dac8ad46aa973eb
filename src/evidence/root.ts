/**
 * What the manifest shows about the needs of a container: commands that only root can run, and writes to the root file
 * system. Evidence is a command at command position, never a word somewhere in an argument.
 */
import { itemsAt, type JsonObject } from '../util/json.ts';
import { commandName, containerCommands, type Command } from '../shell/command-line.ts';
import { fileWrites } from './file-writes.ts';
import { INSTALLERS, KERNEL, ROOT_WORDS, SYSTEM_FILES, type Need, type Usage } from './root-words.ts';

export interface Evidence {
  /** The command with the argument that decided: `chown`, `apk add`, `> /etc/hosts`. */
  readonly word: string;
  /** Relative to the container: `/command/2`. */
  readonly pointer: string;
  /** Installs packages or writes files of the system at start: the root file system must stay writable too. */
  readonly installs: boolean;
  /** What root still needs after `drop: [ALL]`, sorted, without `CAP_`; empty: privileged or unknown, nothing can be dropped. */
  readonly capabilities: readonly string[];
  /** Writes to the root file system, by installing or otherwise; never true for a path on a mounted volume. */
  readonly writesRootFs: boolean;
}

export interface RootFsWrite {
  readonly word: string;
  readonly pointer: string;
  /** The path that must be writable, undefined when the command writes in several places. */
  readonly path: string | undefined;
}

/** Every piece of evidence that the container needs root, in the order of its commands. */
export function allRootEvidence(container: JsonObject): readonly Evidence[] {
  const found = containerCommands(container).flatMap((command) => {
    const writes = fileWrites(command, container);
    const need = needOf(command, ROOT_WORDS, container);
    if (need) {
      const writesRootFs = need.writesRootFs === true || writes.some(({ place }) => place === 'system' || place === 'image');
      return [evidence(quote(command, need), command, { ...need, ...(writesRootFs && { writesRootFs }) })];
    }
    if (commandName(command) === 'chmod') return [];
    return writes.flatMap(({ word, place }) =>
      place === 'kernel' || place === 'system' ? [evidence(word, command, place === 'kernel' ? KERNEL : SYSTEM_FILES)] : [],
    );
  });
  return withoutRepeats(found);
}

/**
 * All evidence in one: the first word with its place, and the needs of all words together.
 *
 * @returns undefined when nothing shows that the container needs root; `capabilities` are empty as soon as one word is
 *   privileged or unknown
 */
export function rootEvidence(container: JsonObject): Evidence | undefined {
  const all = allRootEvidence(container);
  if (!all[0]) return undefined;
  const isKnown = all.every(({ capabilities }) => capabilities.length > 0);
  return {
    ...all[0],
    installs: all.some(({ installs }) => installs),
    capabilities: isKnown ? [...new Set(all.flatMap(({ capabilities }) => capabilities))].sort() : [],
    writesRootFs: all.some(({ writesRootFs }) => writesRootFs),
  };
}

/**
 * Every command that shows that the root file system must stay writable: package managers of the system and of languages
 * (`pip install`, `npm install -g`), and writes to absolute paths outside of `/tmp` and of the mounted volumes.
 */
export function allRootFsWrites(container: JsonObject): readonly RootFsWrite[] {
  const found = containerCommands(container).flatMap((command): readonly RootFsWrite[] => {
    const { pointer } = command;
    const need = needOf(command, ROOT_WORDS, container) ?? needOf(command, INSTALLERS, container);
    if (need?.writesRootFs) return [{ word: quote(command, need), pointer, path: undefined }];
    return fileWrites(command, container).flatMap(({ word, path, place }) =>
      place === 'system' || place === 'image' ? [{ word, pointer, path }] : [],
    );
  });
  return withoutRepeats(found);
}

/** The first command that writes to the root file system, undefined when none is seen. */
export function writesToRootFs(container: JsonObject): RootFsWrite | undefined {
  return allRootFsWrites(container)[0];
}

function needOf<N extends Usage>(command: Command, words: ReadonlyMap<string, N>, container: JsonObject): N | undefined {
  const [first, ...rest] = command.words.map((word) => word.text);
  const need = words.get(first ?? '') ?? words.get(commandName(command));
  if (!need) return undefined;
  if (need.isSubcommand && first === commandName(command) && isFirstArgument(command, container)) return undefined;
  if (need.without && rest.some((word) => need.without!.test(word))) return undefined;
  return (need.with ?? []).every((condition) => rest.some((word) => condition.test(word))) ? need : undefined;
}

/** An image may have an entrypoint that takes the first argument as its sub-command. */
function isFirstArgument(command: Command, container: JsonObject): boolean {
  return command.words[0]?.pointer === '/args/0' && itemsAt(container, 'command').length === 0;
}

/** The name of the command, and its operands and options up to the one that decided. */
function quote(command: Command, need: Usage): string {
  const words = command.words.slice(1).map((word) => word.text);
  const [condition] = need.with ?? [];
  const end = condition ? words.findIndex((word) => condition.test(word)) : -1;
  const operands = words.slice(0, Math.max(end, 0)).filter((word) => /^[a-z]+$/.test(word));
  return [commandName(command), ...operands, ...words.slice(end, end + 1)].join(' ');
}

function evidence(word: string, command: Command, need: Need): Evidence {
  const { capabilities, installs = false, writesRootFs = false } = need;
  return { word, pointer: command.pointer, installs, capabilities, writesRootFs };
}

function withoutRepeats<T extends { readonly word: string; readonly pointer: string }>(items: readonly T[]): readonly T[] {
  const seen = new Map(items.map((item) => [`${item.pointer} ${item.word}`, item]));
  return [...seen.values()];
}
