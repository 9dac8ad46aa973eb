/** What an image runs: its entrypoint and command, with the scripts that these are read as far as their commands show. */
import { commandName, type Command } from '../../shell/command.ts';
import { pathFrom } from '../../shell/folder.ts';
import { readCommands } from '../../shell/read-commands.ts';
import { withVariables } from '../../shell/variables.ts';
import type { JsonObject } from '../../util/json.ts';
import type { FileTree, FoundFile } from '../image/file-tree.ts';
import type { ImageConfig } from '../image/image.ts';

export interface Program {
  /** The container that runs the image as it is, as a manifest would write it. */
  readonly container: JsonObject;
  readonly commands: readonly Command[];
  /** The scripts among them, by their paths. */
  readonly scripts: ReadonlyMap<string, string>;
  /** The files of the image that the commands start. */
  readonly executables: readonly FoundFile[];
  /** The first word, found in the image; undefined when it is not there. */
  readonly first: FoundFile | undefined;
}

/** PATH where an image sets none (containerd, `oci.WithDefaultPathEnv`). */
const DEFAULT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
/** Folders of scripts that entrypoints run one after the other: `/docker-entrypoint.d`. */
const SCRIPT_FOLDER = /(?<![\w.])\/[\w./-]*\.d(?=[/"'\s]|$)/gm;
const MOST_SCRIPTS = 50;

/**
 * Reads what an image runs.
 *
 * @param home the home folder of the user that it starts as
 */
export function readProgram(config: ImageConfig, tree: FileTree, home: string | undefined): Program {
  const env = config.env.map((line) => ({ name: line.split('=', 1)[0] ?? '', value: line.slice(line.indexOf('=') + 1) }));
  const values = new Map(env.map(({ name, value }) => [name, value]));
  const folders = (values.get('PATH') ?? DEFAULT_PATH).split(':');
  const find = (word: string, folder: string): FoundFile | undefined => findProgram(word, folder, folders, tree);
  const { entrypoint, command, workingDir } = config;
  const line = [...entrypoint, ...command];
  const container = { name: 'image', image: 'image', command: withPath(line, workingDir, find), env, workingDir };
  const scripts = new Map<string, string>();
  const textOf = (path: string): string | undefined => {
    const found = tree.find(path);
    const text = found?.node.text;
    if (found === undefined || text === undefined) return undefined;
    scripts.set(found.path, text);
    return withVariables(text, values, home);
  };
  const read = (words: readonly string[]): readonly Command[] =>
    readCommands({ command: withPath(words, workingDir, find), workingDir }, textOf);
  const commands = [...read(line)];
  // An entrypoint hands the command on with `exec "$@"`.
  if (entrypoint.length > 0 && scripts.size > 0) commands.push(...read(command));
  for (const path of scriptsInFolders([...scripts.values()], tree)) commands.push(...read([path]));
  const executables = new Map(
    commands.flatMap(({ words: [word], folder }) => {
      const found = word && find(word.text, folder);
      return found ? [[found.path, found] as const] : [];
    }),
  );
  return { container, commands, scripts, executables: [...executables.values()], first: find(line[0] ?? '', workingDir) };
}

/** The first word as a path, so that the script behind it is read. */
function withPath(
  words: readonly string[],
  folder: string,
  find: (word: string, folder: string) => FoundFile | undefined,
): string[] {
  const [first = '', ...rest] = words;
  const found = first.includes('/') ? undefined : find(first, folder);
  return words.length === 0 ? [] : [found?.path ?? first, ...rest];
}

function findProgram(word: string, folder: string, folders: readonly string[], tree: FileTree): FoundFile | undefined {
  if (word === '' || word.includes('$')) return undefined;
  const paths = word.includes('/') ? [pathFrom(folder, word)] : folders.map((one) => `${one}/${word}`);
  return paths.map((path) => tree.find(path)).find((found) => found?.node.kind === 'file');
}

function scriptsInFolders(texts: readonly string[], tree: FileTree): string[] {
  const folders = new Set(texts.flatMap((text) => [...text.matchAll(SCRIPT_FOLDER)].map(([path]) => path)));
  const found = [...folders].flatMap((path) => {
    const inside = tree.find(path)?.node.inside ?? new Map<string, never>();
    return [...inside.keys()].filter((name) => name.endsWith('.sh') || name.endsWith('.bash')).map((name) => `${path}/${name}`);
  });
  return found.sort().slice(0, MOST_SCRIPTS);
}

/** Programs that start and watch others, by what they are called. */
const INITS = new Map([
  ['tini', 'tini'],
  ['tini-static', 'tini'],
  ['dumb-init', 'dumb-init'],
  ['catatonit', 'catatonit'],
  ['supervisord', 'supervisord'],
  ['s6-svscan', 's6'],
  ['runsvdir', 'runit'],
  ['runit', 'runit'],
]);

/** The init that an image starts with: s6 by the folder that its overlay has (just-containers/s6-overlay, README). */
export function initOf({ commands }: Program, tree: FileTree): string | undefined {
  const [first] = commands;
  if (
    first?.words[0]?.text === '/init' &&
    (tree.find('/etc/s6-overlay') || tree.find('/package/admin/s6-overlay') || tree.find('/etc/s6'))
  )
    return 's6-overlay';
  const found = commands.map(commandName).find((name) => INITS.has(name));
  return found === undefined ? undefined : INITS.get(found);
}
