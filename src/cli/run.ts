/** One run of the program: read, harden, and print or write. */
import type { Command } from 'commander';
import { writeFileSync } from 'node:fs';
import { CONFIG_NAMES, initialConfig } from '../config/index.ts';
import { harden, type FileResult, type Input } from '../engine/index.ts';
import { load, type Group, type LoadedFile } from './load.ts';
import { mergeOptions } from './options.ts';
import { complain, complainAll, exitCode, painted, printFindings, printSummary, shownPath } from './print.ts';
import { createProgram, usageExitCode, type CliOptions } from './program.ts';
import { checkReportFile, note, writeReport } from './report-file.ts';
import { hardenStream } from './stream.ts';
import { findFiles, reasonOf } from './walk.ts';
import { replaceFile } from './write-file.ts';

/** Runs the program with the arguments behind its name; gives the exit code. */
export async function run(args: readonly string[]): Promise<number> {
  let code = 0;
  const program = createProgram({
    async harden(paths, options) {
      checkReport(program, options);
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
    if (usage === undefined) {
      note(`kharden: internal error: ${error instanceof Error ? error.message : String(error)}`);
      throw error;
    }
    code = usage;
  } finally {
    if (!finishReport(program.opts<CliOptions>())) code = 2;
  }
  return code;
}

/** A report that cannot be written is found out before anything is changed. */
function checkReport(program: Command, { reportFile }: CliOptions): void {
  try {
    if (reportFile) checkReportFile(reportFile);
  } catch (error) {
    program.setOptionValue('reportFile', undefined);
    program.error(`--report-file ${reportFile}: ${reasonOf(error)}`);
  }
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

function finishReport({ reportFile }: CliOptions): boolean {
  try {
    if (reportFile) writeReport(reportFile);
    return true;
  } catch (error) {
    process.stderr.write(`kharden: --report-file ${reportFile}: ${reasonOf(error)}\n`);
    return false;
  }
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
