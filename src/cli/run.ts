/** One run of the program: read, harden, and print or write. */
import { writeFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { CONFIG_NAMES, initialConfig, type ConfigError } from '../config/index.ts';
import { harden, type FileResult, type Finding, type HardenResult, type Input } from '../engine/index.ts';
import { fileDiff, paintDiff } from '../report/diff.ts';
import { findingLine, summaryLines } from '../report/summary.ts';
import { paint, printable, type Paint } from '../report/text.ts';
import { load, loadConfigFor, type Group, type LoadedFile } from './load.ts';
import { mergeOptions } from './options.ts';
import { createProgram, usageExitCode, type CliOptions } from './program.ts';
import { findFiles, reasonOf, type PathProblem } from './walk.ts';
import { replaceFile } from './write-file.ts';

/** Runs the program with the arguments behind its name; gives the exit code. */
export async function run(args: readonly string[]): Promise<number> {
  let code = 0;
  const program = createProgram({
    async harden(paths, options) {
      const isStream = paths.includes('-') || (paths.length === 0 && !process.stdin.isTTY);
      if (isStream && paths.length > 1) program.error('- is a stream and takes no other paths beside it');
      if (isStream && options.write) program.error('--write needs paths: a stream is written to stdout');
      if (!isStream && paths.length === 0) program.error('name files or folders, or pipe a stream in (--help shows more)');
      code = isStream ? await hardenStream(options) : await hardenFiles(paths, options);
    },
    init() {
      code = writeInitialConfig();
    },
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
  const { config, problems, configErrors } = loadConfigFor(process.cwd(), options.config);
  if (complainAll(problems, configErrors, options) || !config) return 2;
  const result = harden([{ path: 'stdin', content: Buffer.concat(chunks) }], mergeOptions(config, options));
  const [file] = result.files;
  const hasError = printFindings(result, options);
  if (file && !hasError) process.stdout.write(options.check ? painted(file, options) : file.output);
  printSummary(result, options.check ? 'would change' : 'wrote', options);
  return exitCode(hasError, options, result);
}

async function hardenFiles(paths: readonly string[], options: CliOptions): Promise<number> {
  const found = await findFiles(paths);
  const { groups, problems, configErrors } = load(found.files, options.config);
  let hasError = complainAll([...found.problems, ...problems], configErrors, options);
  const done = groups.flatMap((group) => hardenGroup(group, options));
  const result = { files: done.map(({ result }) => result) };
  hasError = printFindings(result, options) || hasError;
  for (const { file, result: one } of done) {
    if (one.input === one.output) continue;
    if (!options.write) process.stdout.write(painted(one, options));
    else if (!writeOne(file, one, options)) hasError = true;
  }
  printSummary(result, options.write ? 'wrote' : 'would change', options);
  return exitCode(hasError, options, result);
}

/** Hardens the files of one root; results name each file as the user sees it from here. */
function hardenGroup({ config, files, facts }: Group, options: CliOptions): { file: LoadedFile; result: FileResult }[] {
  const inputs = files.map(({ inRoot, bytes }): Input => ({ path: inRoot, content: bytes }));
  const results = harden([...inputs, ...facts], mergeOptions(config, options)).files;
  return files.map((file, index) => {
    const result = results[index] as FileResult;
    const path = shownPath(file.path);
    return { file, result: { ...result, path, findings: result.findings.map((finding) => ({ ...finding, path })) } };
  });
}

/** Writes the file to begin with; never over one that is there. */
function writeInitialConfig(): number {
  const [name] = CONFIG_NAMES;
  try {
    writeFileSync(name, initialConfig(), { flag: 'wx' });
    process.stderr.write(`kharden: wrote ${name}\n`);
    return 0;
  } catch (error) {
    const isThere = (error as NodeJS.ErrnoException).code === 'EEXIST';
    process.stderr.write(`kharden: ${name}: ${isThere ? 'is there already: edit it' : reasonOf(error)}\n`);
    return 2;
  }
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

/** Prints what is wrong with paths and configurations; true when there is anything. */
function complainAll(problems: readonly PathProblem[], errors: readonly ConfigError[], options: CliOptions): boolean {
  for (const { path, message } of problems) complain(path, message, options);
  for (const { path, line, column, message } of errors) {
    process.stderr.write(`${printable(shownPath(path))}:${line}:${column} ${stderrPaint(options).red('invalid-config')} ${printable(message)}\n`);
  }
  return problems.length + errors.length > 0;
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
