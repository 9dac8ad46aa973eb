/** One run of the program: read, harden, and print or write. */
import { readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { harden, type FileResult, type Finding, type HardenResult } from '../engine/index.ts';
import { fileDiff, paintDiff } from '../report/diff.ts';
import { findingLine, summaryLines } from '../report/summary.ts';
import { paint, printable, type Paint } from '../report/text.ts';
import { createProgram, usageExitCode, type CliOptions } from './program.ts';
import { findFiles, reasonOf, type FoundFile } from './walk.ts';
import { replaceFile } from './write-file.ts';

interface LoadedFile extends FoundFile {
  readonly bytes: Uint8Array;
}

/** Runs the program with the arguments behind its name; gives the exit code. */
export async function run(args: readonly string[]): Promise<number> {
  let code = 0;
  const program = createProgram(async (paths, options) => {
    const isStream = paths.includes('-') || (paths.length === 0 && !process.stdin.isTTY);
    if (isStream && paths.length > 1) program.error('- is a stream and takes no other paths beside it');
    if (isStream && options.write) program.error('--write needs paths: a stream is written to stdout');
    if (!isStream && paths.length === 0) program.error('name files or folders, or pipe a stream in (--help shows more)');
    code = isStream ? await hardenStream(options) : await hardenFiles(paths, options);
  });
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    const usage = usageExitCode(error);
    if (usage === undefined) throw error;
    return usage;
  }
  return code;
}

async function hardenStream(options: CliOptions): Promise<number> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  const result = harden([{ path: 'stdin', content: Buffer.concat(chunks) }], optionsOf(options));
  const [file] = result.files;
  const hasError = printFindings(result, options);
  if (file && !hasError) process.stdout.write(options.check ? painted(file, options) : file.output);
  printSummary(result, options.check ? 'would change' : 'wrote', options);
  return exitCode(hasError, options, result);
}

async function hardenFiles(paths: readonly string[], options: CliOptions): Promise<number> {
  const { files, problems } = await findFiles(paths);
  for (const { path, message } of problems) complain(path, message, options);
  let hasError = problems.length > 0;
  const loaded: LoadedFile[] = [];
  for (const file of files) {
    try {
      loaded.push({ ...file, bytes: readFileSync(file.real) });
    } catch (error) {
      complain(file.path, reasonOf(error), options);
      hasError = true;
    }
  }
  const result = harden(loaded.map(({ path, bytes }) => ({ path: shownPath(path), content: bytes })), optionsOf(options));
  hasError = printFindings(result, options) || hasError;
  result.files.forEach((file, index) => {
    if (file.input === file.output) return;
    if (!options.write) process.stdout.write(painted(file, options));
    else if (!writeOne(loaded[index] as LoadedFile, file, options)) hasError = true;
  });
  printSummary(result, options.write ? 'wrote' : 'would change', options);
  return exitCode(hasError, options, result);
}

function writeOne(file: LoadedFile, result: FileResult, options: CliOptions): boolean {
  try {
    replaceFile(file.real, file.bytes, Buffer.from(result.output));
    return true;
  } catch (error) {
    complain(file.path, error instanceof Error && 'code' in error ? reasonOf(error) : (error as Error).message, options);
    return false;
  }
}

function optionsOf(options: CliOptions) {
  return {
    ...(options.only ? { only: options.only } : {}),
    ...(options.skip ? { skip: options.skip } : {}),
    settings: { override: options.override ?? false },
  };
}

/** Paths in results: relative to where kharden runs, with slashes, so that a diff applies there. */
function shownPath(path: string): string {
  const shown = relative(process.cwd(), resolve(path));
  return (shown.startsWith('..') ? resolve(path) : shown).replaceAll('\\', '/');
}

function painted(file: FileResult, options: CliOptions): string {
  const diff = fileDiff(file);
  return isColoured(process.stdout, options) ? paintDiff(diff, paint(true)) : diff;
}

/** Prints the errors; true when there are any. */
function printFindings(result: HardenResult, options: CliOptions): boolean {
  const errors = result.files.flatMap((file) => file.findings).filter((finding: Finding) => finding.severity === 'error');
  for (const finding of errors) process.stderr.write(`${findingLine(finding, stderrPaint(options))}\n`);
  return errors.length > 0;
}

function printSummary(result: HardenResult, mode: 'wrote' | 'would change', options: CliOptions): void {
  if (options.quiet) return;
  for (const line of summaryLines(result, mode, options.verbose ?? false, stderrPaint(options))) process.stderr.write(`${line}\n`);
}

function complain(path: string, message: string, options: CliOptions): void {
  process.stderr.write(`${printable(path)}:1:1 ${stderrPaint(options).red('unusable-path')} ${printable(message)}\n`);
}

function stderrPaint(options: CliOptions): Paint {
  return paint(isColoured(process.stderr, options));
}

function isColoured(stream: NodeJS.WriteStream, options: CliOptions): boolean {
  if (options.color !== undefined) return options.color;
  return stream.isTTY === true && !process.env['NO_COLOR'];
}

function exitCode(hasError: boolean, options: CliOptions, result: HardenResult): number {
  if (hasError) return 2;
  return options.check && result.files.some((file) => file.input !== file.output) ? 1 : 0;
}
