/** Which files the commands of a container write, and where in the container they are. */
import { itemsAt, stringAt, type JsonObject } from '../util/json.ts';
import { commandName, type Command } from '../shell/command-line.ts';
import { isWithin, normalPath } from '../kubernetes/volumes.ts';

export interface FileWrite {
  /** As a person would say it: `> /etc/hosts`, `mkdir /www`. */
  readonly word: string;
  /** Absolute, in normal form. */
  readonly path: string;
  readonly place: Place;
}

/**
 * `kernel`: interfaces of the kernel and devices; `system`: folders that belong to root in every image; `image`: any
 * other place of the root file system; `writable`: a mounted volume, `/tmp`, or what is writable for everybody.
 */
export type Place = 'kernel' | 'system' | 'image' | 'writable';

/** Where a command names the files that it writes. */
interface Writer {
  /** All operands, or the last one of several. */
  readonly operands?: 'all' | 'last';
  /** The values of these options. */
  readonly options?: readonly string[];
  /** Makes files that were not there, also directly below the root. */
  readonly creates?: true;
  /** Writes only when an argument matches. */
  readonly with?: RegExp;
}

const WRITERS: ReadonlyMap<string, Writer> = new Map(
  Object.entries<Writer>({
    chgrp: { operands: 'all' },
    chmod: { operands: 'all' },
    chown: { operands: 'all' },
    cp: { operands: 'last' },
    curl: { options: ['-o', '--output', '--output-dir'] },
    dd: { options: ['of='] },
    git: { operands: 'last', with: /^clone$/ },
    install: { operands: 'last' },
    keytool: { options: ['-keystore'], with: /^-(?:import|delete|gen)/ },
    ln: { operands: 'last' },
    mkdir: { operands: 'all', creates: true },
    mkfifo: { operands: 'all', creates: true },
    mv: { operands: 'all' },
    npm: { options: ['--prefix'], with: /^(?:install|i|ci|add)$/ },
    openssl: { options: ['-out', '-keyout'] },
    pip: { options: ['-t', '--target', '--prefix', '--root'], with: /^install$/ },
    rsync: { operands: 'last' },
    sed: { operands: 'last', with: /^(?:-[a-zA-Z]*i|--in-place)/ },
    tar: { options: ['-C', '--directory'], with: /^(?:-?(?=[a-zA-Z]*x)[a-zA-Z]+|--extract|--get)$/ },
    tee: { operands: 'all', creates: true },
    touch: { operands: 'all', creates: true },
    truncate: { operands: 'all', creates: true },
    unzip: { options: ['-d'] },
    wget: { options: ['-O', '-P', '--output-document', '--directory-prefix'] },
  }),
);

const OUTPUT = /^(?:&?>>?|>\||<>|>&)$/;
const KERNEL = /^\/(?:proc\/sys|proc\/sysrq-trigger|sys)(?:\/|$)/;
const DEVICES = /^\/dev\/(?!(?:null|zero|full|u?random|tty|ptmx|std\w+|log|termination-log|fd|pts|shm|mqueue|tcp|udp)(?:\/|$))/;
const FOR_EVERYBODY = /^\/(?:dev|proc|tmp)(?:\/|$)/;
const SYSTEM = /^\/(?:$|(?:etc|usr|bin|sbin|lib|lib32|lib64|boot|root)(?:\/|$))/;
/** The folder itself is a variable. */
const UNKNOWN = /^(?!\/)|^\/+\$/;

/**
 * The files that a command writes by redirection or by its own arguments. Only absolute paths count: where relative ones
 * and those that begin with a variable lead is not known. Whether a file exists already is not known either.
 *
 * @param container whose `volumeMounts` tell which paths are on volumes
 */
export function fileWrites(command: Command, container: JsonObject): readonly FileWrite[] {
  const writer = WRITERS.get(commandName(command));
  const targets = [
    ...command.redirects.flatMap(({ op, path }) => (OUTPUT.test(op) ? [{ by: op, path, creates: true }] : [])),
    ...(writer ? operandsOf(command, writer) : []).map((path) => ({ by: commandName(command), path, ...writer })),
  ];
  return targets
    .filter(({ path }) => !UNKNOWN.test(path))
    .map(({ by, path, creates = false }) => {
      const normal = normalPath(path);
      return { word: `${by} ${normal}`, path: normal, place: placeOf(normal, creates, mountPaths(container)) };
    });
}

const known = new WeakMap<JsonObject, readonly string[]>();

/** Where volumes are mounted, in normal form; asked for by every command of a container. */
function mountPaths(container: JsonObject): readonly string[] {
  const paths =
    known.get(container) ??
    itemsAt(container, 'volumeMounts').flatMap((mount) => {
      const path = stringAt(mount, 'mountPath');
      return path === undefined ? [] : [normalPath(path)];
    });
  known.set(container, paths);
  return paths;
}

function operandsOf(command: Command, { operands, options = [], with: condition }: Writer): readonly string[] {
  const words = command.words.slice(1).map((word) => word.text);
  if (condition && !words.some((word) => condition.test(word))) return [];
  const named = words.flatMap((word, index) => options.flatMap((option) => optionValue(option, word, words[index + 1]) ?? []));
  const plain = words.filter((word) => !word.startsWith('-'));
  if (operands === 'all') return [...named, ...plain];
  return operands === 'last' && plain.length > 1 ? [...named, ...plain.slice(-1)] : named;
}

/** `-o /x`, `-o/x`, `-qo /x`, `--output /x`, `--output=/x` and `of=/x`. */
function optionValue(option: string, word: string, next: string | undefined): string | undefined {
  if (option.endsWith('=')) return word.startsWith(option) ? word.slice(option.length) : undefined;
  if (word === option) return next;
  if (word.startsWith(`${option}=`)) return word.slice(option.length + 1);
  if (option.length > 2 || !/^-[a-zA-Z]/.test(word) || !word.includes(option[1]!)) return undefined;
  return word.slice(word.indexOf(option[1]!) + 1) || next;
}

function placeOf(path: string, creates: boolean, mounts: readonly string[]): Place {
  if (KERNEL.test(path) || DEVICES.test(path)) return 'kernel';
  if (FOR_EVERYBODY.test(path) || mounts.some((mount) => isWithin(path, mount))) return 'writable';
  const isTopLevel = path.lastIndexOf('/') === 0;
  return SYSTEM.test(path) || (creates && isTopLevel) ? 'system' : 'image';
}
