/** What the user asked for, and what is wrong with it. */
import { folderFormat, type Formats } from '../../report/formats/index.ts';
import type { Shell } from '../completion/shells.ts';
import type { CliOptions } from './options.ts';

export interface Request {
  readonly options: CliOptions;
  /** Undefined when nothing is left to do: the help or the version is printed, or the arguments are wrong. */
  readonly task: Task | undefined;
  /** What commander says is wrong with the arguments. */
  readonly mistake?: string;
}

export type Task =
  | { readonly name: 'version'; readonly version: string }
  | { readonly name: 'harden'; readonly paths: readonly string[] }
  | { readonly name: 'audit'; readonly paths: readonly string[]; readonly writeBaseline: string | true | undefined }
  | { readonly name: 'init' }
  | { readonly name: 'explain'; readonly id: string | undefined }
  | { readonly name: 'list' }
  | { readonly name: 'learn'; readonly words: readonly string[]; readonly learning: LearnOptions }
  | { readonly name: 'completion'; readonly shell: Shell };

/** The options of `kharden learn`. */
export interface LearnOptions {
  readonly output?: string;
  readonly imagePlatform?: string;
  readonly plainHttp?: boolean;
  readonly as?: string;
  readonly live?: boolean;
}

/** True when the manifests come from stdin. */
export function isStream(paths: readonly string[]): boolean {
  return paths.includes('-') || (paths.length === 0 && !process.stdin.isTTY);
}

/** What is wrong with the arguments; undefined when nothing is. */
export function mistakeIn({ task, options, mistake }: Request, formats: Formats): string | undefined {
  if (task?.name === 'learn') return mistakeInLearning(task.words, task.learning, options);
  if (task?.name === 'audit') return mistakeInAudit(task, options) ?? mistakeInPaths(task.paths, { ...options, check: true });
  if (task?.name !== 'harden') return mistake;
  return mistakeInOptions(options) ?? mistakeInOut(options, formats) ?? mistakeInPaths(task.paths, options);
}

function mistakeInLearning(
  words: readonly string[],
  { output, imagePlatform, as, live }: LearnOptions,
  options: CliOptions,
): string | undefined {
  if (live && words.length === 0) return '--live needs the pods: kubectl get pods -A -o json | kharden learn --live -';
  if (words.includes('-') && !live) return 'learn reads images and files with manifests, not stdin';
  if (words.includes('')) return 'an empty word names no image: check the variable that it comes from';
  if (as !== undefined && words.length !== 1) return '--as is the name of one image: name that one alone';
  if (options.check && output === '-') return '--check compares images with a file: name it, or leave --output out';
  if (imagePlatform !== undefined && !/^[a-z0-9]+\/[a-z0-9_]+(?:\/[a-z0-9]+)?$/.test(imagePlatform))
    return `--image-platform ${imagePlatform}: write it as linux/arm64`;
  return undefined;
}

function mistakeInAudit({ paths, writeBaseline }: Extract<Task, { name: 'audit' }>, options: CliOptions): string | undefined {
  const { write, check, diff, stat, listDifferent, out, format, failOn } = options;
  const shown = Object.entries({
    '--write': write,
    '--diff': diff,
    '--stat': stat,
    '--list-different': listDifferent,
    '--out': out,
  });
  const [wrong] = shown.find(([, given]) => given !== undefined && given !== false) ?? [];
  if (wrong !== undefined) return `${wrong} is about changes, and audit makes none: leave it out`;
  if (check) return 'audit checks nothing by itself: --fail-on says on which findings it fails';
  if (writeBaseline === undefined) return undefined;
  if (writeBaseline === '') return 'an empty --write-baseline names no file: check the variable that it comes from';
  if (isStream(paths)) return '--write-baseline is about files, and stdin is none: name files or folders';
  const [other] = Object.entries({ '--format': format, '--fail-on': failOn }).find(([, given]) => given !== undefined) ?? [];
  return other === undefined ? undefined : `${other} is about a report, and --write-baseline prints none: use one of them`;
}

function mistakeInOptions(options: CliOptions): string | undefined {
  const { write, check, format } = options;
  const [first, second] = waysToShow(options);
  if (first && second) return `${first} and ${second} both say what stdout shows: use one of them`;
  if (options.failOn && !check) return '--fail-on says when a check or an audit fails, and this is none: add --check';
  if (write && check) return '--write changes files and --check only reports: use one of them';
  if (write && format !== undefined)
    return '--format applies to what would change, and --write changes the files: use one of them';
  return undefined;
}

/** What is wrong with the folder for a format that is written into one. */
function mistakeInOut({ out, format, check, changed }: CliOptions, formats: Formats): string | undefined {
  const isFolder = folderFormat(formats, format) !== undefined;
  if (out === undefined) return isFolder ? `--format ${format} is written into a folder: name it with --out` : undefined;
  if (out === '') return 'an empty --out names no folder: check the variable that it comes from';
  if (!isFolder) return '--out is the folder for --format kustomize, and the rest goes to stdout: use > there';
  if (check) return '--out writes files and --check only reports: use one of them';
  if (changed !== undefined) return '--changed leaves files out, and the folder of --out is for all of them: use one of them';
  return undefined;
}

/** The options that say how changes are shown. */
function waysToShow({ diff, stat, listDifferent, format }: CliOptions): string[] {
  const given = { '--diff': diff, '--stat': stat, '--list-different': listDifferent, '--format': format !== undefined };
  return Object.entries(given).flatMap(([name, isGiven]) => (isGiven ? [name] : []));
}

function mistakeInPaths(paths: readonly string[], options: CliOptions): string | undefined {
  const { write, check } = options;
  const [way] = waysToShow(options);
  if (options.baseline !== undefined && isStream(paths) && options.stdinFilename === undefined)
    return '--baseline is about files, and stdin is none: name it with --stdin-filename';
  if (options.usage?.includes('')) return 'an empty --usage names no file: check the variable that it comes from';
  if (options.usage?.includes('-') && isStream(paths)) return '--usage - reads stdin, where the manifests come from: name a file';
  if (options.stdinFilename === '') return 'an empty --stdin-filename names no file: check the variable that it comes from';
  if (options.changed !== undefined && paths.includes('-'))
    return '--changed asks git about files, and stdin is none: use one of them';
  if (paths.includes('')) return 'an empty path names no file: check the variable that it comes from';
  if (!isStream(paths) && options.stdinFilename !== undefined)
    return '--stdin-filename names what comes from stdin, and paths are read from files: use one of them';
  if (!isStream(paths)) return paths.length === 0 ? 'name files or folders, or pipe a stream in (--help shows more)' : undefined;
  if (paths.length > 1) return '- stands for stdin and cannot be combined with other paths: use one of them';
  if (write) return '--write needs paths: a stream goes to stdout without it';
  if (way !== undefined && !check && options.out === undefined)
    return `${way} needs --check here: without it a stream goes to stdout hardened`;
  return undefined;
}
