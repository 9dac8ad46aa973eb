/**
 * The commands that a container runs as far as its manifest shows them: its command line, the text given to a shell, and
 * the commands that are the arguments of other commands (`sudo chown …`, `find … -exec chown …`).
 */
import { itemsAt, type JsonObject } from '../util/json.ts';
import { splitCommands, type Redirect } from './shell.ts';

export interface Word {
  readonly text: string;
  /** Where the word is written, relative to the container: `/command/2`. */
  readonly pointer: string;
}

export interface Command {
  /** The first one is at command position; empty when a redirection stands alone. */
  readonly words: readonly Word[];
  readonly redirects: readonly Redirect[];
  /** The body of a here-document. */
  readonly input: string | undefined;
  /** Where the command begins. */
  readonly pointer: string;
}

/** How a command that runs another command is called. */
interface Wrapper {
  /** Short options that take the next word as their value. */
  readonly short?: string;
  /** Long options that take the next word as their value. */
  readonly long?: readonly string[];
  /** How many words stand before the command. */
  readonly operands?: number;
  /** The command begins after this word. */
  readonly after?: string;
  /** A short option whose value is shell text. */
  readonly text?: string;
  /** With one of these short options, nothing is run. */
  readonly lookup?: string;
}

const USER_OPTIONS = ['--user', '--group', '--other-user', '--host', '--prompt', '--chdir', '--chroot', '--role', '--type'];
const SETPRIV_OPTIONS = ['--reuid', '--regid', '--ruid', '--euid', '--rgid', '--egid', '--groups', '--inh-caps'];
const CAPABILITY_OPTIONS = ['--ambient-caps', '--bounding-set', '--securebits', '--pdeathsig'];

const WRAPPERS: ReadonlyMap<string, Wrapper> = new Map(
  Object.entries<Wrapper>({
    builtin: {},
    busybox: {},
    catatonit: {},
    chpst: { short: 'uUbenmdofcrtp/' },
    chroot: { operands: 1 },
    command: { lookup: 'vV' },
    'docker-entrypoint.sh': {},
    doas: { short: 'uC' },
    'dumb-init': { short: 'r', long: ['--rewrite'] },
    'entrypoint.sh': {},
    env: { short: 'uC', long: ['--unset', '--chdir'] },
    exec: { short: 'a' },
    flock: { short: 'wE', operands: 1, text: 'c' },
    gosu: { operands: 1 },
    ionice: { short: 'cnpP' },
    nice: { short: 'n', long: ['--adjustment'] },
    nohup: {},
    nsenter: { short: 'tSG', long: ['--target'] },
    python: { after: '-m' },
    runuser: { short: 'ugGs', long: USER_OPTIONS, text: 'c' },
    's6-setuidgid': { operands: 1 },
    setpriv: { long: [...SETPRIV_OPTIONS, ...CAPABILITY_OPTIONS] },
    setsid: {},
    setuidgid: { operands: 1 },
    stdbuf: { short: 'ioe' },
    su: { operands: Infinity, text: 'c' },
    'su-exec': { operands: 1 },
    sudo: { short: 'ughpCcDRrTtU', long: USER_OPTIONS },
    time: { short: 'fo' },
    timeout: { short: 'sk', long: ['--signal', '--kill-after'], operands: 1 },
    tini: { short: 'pe' },
    toybox: {},
    unshare: { short: 'RwSG' },
    'wait-for-it': { after: '--' },
    'wait-for-it.sh': { after: '--' },
    xargs: { short: 'IEdLnPsa', long: ['--max-args', '--max-procs', '--max-lines', '--delimiter', '--arg-file'] },
  }),
);

const SHELLS = new Set(['sh', 'bash', 'ash', 'dash', 'zsh', 'ksh', 'mksh']);
const ASSIGNMENT = /^[A-Za-z_]\w*=/;
/** Each level of commands inside commands reads its words once more. */
const MAX_DEPTH = 10;
const HANDLERS = [
  ['lifecycle', 'postStart'],
  ['lifecycle', 'preStop'],
  ['startupProbe'],
  ['livenessProbe'],
  ['readinessProbe'],
] as const;

const known = new WeakMap<JsonObject, readonly Command[]>();

/**
 * Every command of a container: of `command` and `args`, of its lifecycle hooks and of its exec probes.
 *
 * Without `command`, `args` are read as a command line too: most entrypoints run the arguments they are given, and shell
 * options as first argument (`-c`) tell that the entrypoint is a shell. What an image runs by itself is not known here. A
 * container is asked by several transforms and read once.
 */
export function containerCommands(container: JsonObject): readonly Command[] {
  const commands = known.get(container) ?? readCommands(container);
  known.set(container, commands);
  return commands;
}

function readCommands(container: JsonObject): readonly Command[] {
  const argv = [...wordsAt(container, 'command'), ...wordsAt(container, 'args')];
  const isShellText = argv[0]?.pointer === '/args/0' && /^-[a-z]*c$/.test(argv[0].text) && /\s/.test(argv[1]?.text ?? '');
  const lines: (readonly Word[])[] = [isShellText ? [{ text: 'sh', pointer: '/args/0' }, ...argv] : argv];
  for (const handler of HANDLERS) lines.push(wordsAt(container, ...handler, 'exec', 'command'));
  return lines.flatMap((words) => lineCommands(words).flatMap((command) => expand(command)));
}

/** The name by which a command is known: `chown` for `/bin/chown`, `pip` for `pip3.11`; empty without words. */
export function commandName(command: Command): string {
  const text = command.words[0]?.text ?? '';
  return text.slice(text.lastIndexOf('/') + 1).replace(/^(pip|python)[\d.]+$/, '$1');
}

function wordsAt(container: JsonObject, ...keys: readonly string[]): readonly Word[] {
  return itemsAt(container, ...keys).flatMap((item, index) =>
    typeof item === 'string' ? [{ text: item, pointer: `/${keys.join('/')}/${index}` }] : [],
  );
}

/** The command itself and every command in it, outer ones first. */
function expand(command: Command, depth = 0): readonly Command[] {
  if (depth === MAX_DEPTH) return [command];
  return [command, ...innerCommands(command).flatMap((inner) => expand(inner, depth + 1))];
}

function innerCommands(command: Command): readonly Command[] {
  const name = commandName(command);
  const words = command.words.slice(1);
  const wrapper = WRAPPERS.get(name);
  if (SHELLS.has(name)) return shellCommands(words, command);
  if (name === 'eval') return textCommands(words.map((word) => word.text).join(' '), command.pointer);
  if (name === 'trap') return textCommands(words[0]?.text ?? '', command.pointer);
  if (name === 'find') return findCommands(words, command);
  if (isScript(name, command)) return textCommands(command.input ?? '', command.pointer);
  return wrapper ? wrappedCommands(words, wrapper, command) : [];
}

/** The words of a shell's own command line: options, then the text after `-c`, else a script or the standard input. */
function shellCommands(words: readonly Word[], command: Command): readonly Command[] {
  let hasText = false;
  for (let index = 0; index < words.length; index++) {
    const { text, pointer } = words[index]!;
    if (!/^[-+]./.test(text)) return hasText ? textCommands(text, pointer) : [];
    if (/^[-+][^-]*[oO]$/.test(text) || text === '--rcfile' || text === '--init-file') index++;
    hasText ||= /^-[^-]*c/.test(text);
  }
  return command.input === undefined ? [] : textCommands(command.input, command.pointer);
}

function wrappedCommands(words: readonly Word[], wrapper: Wrapper, outer: Command): readonly Command[] {
  const { short = '', long = [], operands = 0, after, text, lookup } = wrapper;
  const textOption = text === undefined ? -1 : words.findIndex((word) => takesValue(word.text, text, ['--command']));
  const shellText = textOption === -1 ? undefined : words[textOption + 1];
  if (shellText) return textCommands(shellText.text, shellText.pointer);
  if (after !== undefined) {
    const start = words.findIndex((word) => word.text === after) + 1;
    return start === 0 ? [] : lineCommands(words.slice(start), outer);
  }
  let index = 0;
  for (; words[index]?.text.startsWith('-') && words[index]?.text !== '--'; index++) {
    const option = words[index]!.text;
    if (lookup !== undefined && [...lookup].some((letter) => option.includes(letter))) return [];
    if (takesValue(option, short, long)) index++;
  }
  if (words[index]?.text === '--') index++;
  while (ASSIGNMENT.test(words[index]?.text ?? '')) index++;
  return lineCommands(words.slice(index + operands), outer);
}

/** True when the value of the option is the next word: `-u` and `-nu`, but neither `-u1000` nor `--user=1000`. */
function takesValue(option: string, short: string, long: readonly string[]): boolean {
  if (option.startsWith('--')) return long.includes(option);
  if (!option.startsWith('-')) return false;
  const letter = [...option.slice(1)].findIndex((character) => short.includes(character));
  return letter !== -1 && letter === option.length - 2;
}

/** A here-document that becomes a script: it is written in order to be run. */
function isScript(name: string, { input = '', redirects }: Command): boolean {
  return (name === 'cat' || name === 'tee') && (/^#!.*sh\b/.test(input) || redirects.some(({ path }) => path.endsWith('.sh')));
}

function findCommands(words: readonly Word[], outer: Command): readonly Command[] {
  const commands: Command[] = [];
  for (let index = 0; index < words.length; index++) {
    if (!/^-(?:exec|execdir|ok|okdir)$/.test(words[index]!.text)) continue;
    const start = index + 1;
    while (index < words.length && words[index]!.text !== ';' && words[index]!.text !== '+') index++;
    for (const command of lineCommands(words.slice(start, index), outer)) commands.push(command);
  }
  return commands;
}

function textCommands(text: string, pointer: string): readonly Command[] {
  return splitCommands(text).map(({ words, redirects, input }) => ({
    words: words.map((word) => ({ text: word, pointer })),
    redirects,
    input,
    pointer,
  }));
}

/** The here-document of the outer command is the standard input of the inner one. */
function lineCommands(words: readonly Word[], outer?: Command): readonly Command[] {
  return words[0] ? [{ words, redirects: [], input: outer?.input, pointer: words[0].pointer }] : [];
}
