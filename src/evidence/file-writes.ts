/** Which files the commands of a container write, and where in the container they are. */
import { argumentsOf, commandName, type Command } from '../shell/command.ts';
import { isUnknown, pathFrom } from '../shell/folder.ts';
import { readArguments, type Arguments, type ValueOptions } from '../shell/options.ts';
import { isWithin } from '../kubernetes/volumes.ts';
import { placeOf, type Place } from './place.ts';
import { quote } from './quote.ts';
import { WRITERS, type Writer } from './writers.ts';

export interface FileWrite {
  /** As a person would say it: `> /etc/hosts`, `mkdir /www`, `npm ci`. */
  readonly word: string;
  /** As seen from the root, or from the working directory of the image. */
  readonly path: string;
  readonly place: Place;
}

/** A path that a command names, or its working directory. */
interface Target {
  /** What is said of it. */
  readonly word: string;
  /** As seen from the root, from the working directory of the image, or unknown. */
  readonly path: string;
  readonly creates: boolean;
}

const OUTPUT = /^(?:&?>>?|>\||<>|>&)$/;
/** `2>&1` and `>&-` name a file descriptor, `-` is the standard output. */
const DESCRIPTOR = /^(?:\d*-|\d+)$/;
/** A folder that no image has (Filesystem Hierarchy Standard 3.0, 3.2). */
const NEW_AT_ROOT =
  /^\/(?!(?:bin|boot|dev|etc|home|lib\w*|media|mnt|opt|proc|root|run|sbin|srv|sys|tmp|usr|var|app)(?:\/|$))[\w.-]+$/;
/** `https://host/x`, `host:/x`, `rsync://host/x`. */
const REMOTE = /^[\w.@-]+:/;

/**
 * The files that a command writes by redirection or by its own arguments, also those that it writes to its working
 * directory. Where paths lead that begin with a variable is not known, and they are left out. Whether a file exists already
 * is not known either.
 *
 * @param mounts where the volumes of the container are mounted, in normal form
 */
export function fileWrites(command: Command, mounts: readonly string[]): readonly FileWrite[] {
  const writers = WRITERS.get(commandName(command)) ?? [];
  return [...redirectTargets(command), ...writers.flatMap((writer) => writerTargets(command, writer))]
    .filter(({ path }) => !isUnknown(path))
    .map(({ word, path, creates }) => ({ word, path, place: placeOf(path, creates, mounts) }));
}

/** Folders at the root of the file system that the commands make for themselves: `mkdir -p /www`. */
export function madeFolders(commands: readonly Command[], mounts: readonly string[]): readonly string[] {
  const making = commands.filter((command) => commandName(command) === 'mkdir');
  if (making.length === 0) return [];
  const made = making.flatMap((command) => (WRITERS.get('mkdir') ?? []).flatMap((writer) => writerTargets(command, writer)));
  const atRoot = new Set(made.map(({ path }) => path.split('/').slice(0, 2).join('/')));
  return [...atRoot].filter((path) => NEW_AT_ROOT.test(path) && !mounts.some((mount) => isWithin(path, mount)));
}

function redirectTargets({ redirects, folder }: Command): readonly Target[] {
  return redirects
    .filter(({ op, path }) => OUTPUT.test(op) && !(op === '>&' && DESCRIPTOR.test(path)))
    .map(({ op, path }) => target(`${op} `, pathFrom(folder, path), true));
}

function writerTargets(command: Command, writer: Writer): readonly Target[] {
  const { targets = {}, creates = false, here } = writer;
  const given = readArguments(argumentsOf(command), optionsOf(writer));
  const decides = decisiveArgument(command, writer, given);
  if (!decides) return [];
  const head = quote(command, decides);
  const named = given.values.filter(({ name }) => isOneOf(name, targets));
  if (named.length > 0) {
    const files = named.filter(({ value }) => value !== '-');
    return files.map(({ name, value }) => target(withOption(head, name), pathFrom(command.folder, value), creates));
  }
  const operands = namingOperands(writer, given).filter(
    (path) => path !== '-' && !REMOTE.test(path) && !isUncertain(command, path),
  );
  const lead = writer.operands === 'last' || writer.operands === 'rest' ? `${head} … ` : `${head} `;
  if (operands.length > 0) return operands.map((path) => target(lead, pathFrom(command.folder, path), creates));
  const isHere = here === 'always' || (here === 'with-operands' && given.operands.length > 0);
  return isHere ? [{ word: head, path: command.folder, creates }] : [];
}

/** A test for the argument that makes the command write; undefined when the command does not write. */
function decisiveArgument(
  command: Command,
  writer: Writer,
  { operands: [first = ''] }: Arguments,
): ((argument: string) => boolean) | undefined {
  const { subcommand, first: start, with: condition, without } = writer;
  const words = argumentsOf(command);
  if (start && !start.test(words[0] ?? '')) return undefined;
  if (subcommand && !subcommand.test(first)) return undefined;
  if (without && words.some((word) => without.test(word))) return undefined;
  if (condition && !words.some((word) => condition.test(word))) return undefined;
  return subcommand ? (word) => word === first : (word) => (start ?? condition)?.test(word) === true;
}

function namingOperands({ operands: kind, subcommand }: Writer, { operands }: Arguments): readonly string[] {
  const plain = subcommand ? operands.slice(1) : operands;
  if (kind === 'all') return plain;
  if (kind === 'rest') return plain.slice(1);
  if (kind === 'second') return plain.slice(1, 2);
  return kind === 'last' && plain.length > 1 ? plain.slice(-1) : [];
}

/** The entrypoint of an image may read the arguments as its own: then a relative path is no sign of a file. */
function isUncertain({ isArgument }: Command, path: string): boolean {
  return isArgument && !path.startsWith('/');
}

function optionsOf({ targets = {}, values = {} }: Writer): ValueOptions {
  return {
    short: `${targets.short ?? ''}${values.short ?? ''}`,
    long: [...(targets.long ?? []), ...(values.long ?? [])],
  };
}

function isOneOf(name: string, { short = '', long = [] }: ValueOptions): boolean {
  return long.includes(name) || (name.length === 2 && short.includes(name.slice(1)));
}

/** The quoted command with the option that names a file, unless the quote ends with it: `tar xzf -C `, `tar -czf `, `dd of=`. */
function withOption(head: string, name: string): string {
  const isThere = /^-[^-]/.test(name) && new RegExp(` -[a-zA-Z]*${name.slice(1)}$`).test(head);
  if (isThere) return `${head} `;
  return name.startsWith('-') ? `${head} ${name} ` : `${head} ${name}=`;
}

function target(lead: string, path: string, creates: boolean): Target {
  return { word: `${lead}${path}`, path, creates };
}
