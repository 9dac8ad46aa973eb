/** One run of the program, from its arguments to its exit code. What hardens is loaded only when it is needed. */
import type { Command } from 'commander';
import { printable } from '../report/text.ts';
import { createProgram, usageExitCode, type CliOptions } from './program.ts';
import { reasonOf } from './files/reason.ts';
import { checkReportFile, createReport, type Report } from './report-file.ts';
import type { Shell } from './shells.ts';

/** Runs the program with the arguments behind its name; gives the exit code. */
export async function run(args: readonly string[]): Promise<number> {
  let code = 0;
  const report = createReport();
  const actions = {
    async harden(paths: readonly string[], options: CliOptions) {
      checkReport(program, options);
      const mistake = usageMistake(paths, options);
      if (mistake !== undefined) program.error(mistake);
      const { createOutput, hardenFiles, hardenStream, unknownTransform } = await import('./actions.ts');
      const unknown = unknownTransform(options);
      if (unknown !== undefined) program.error(unknown);
      const output = createOutput(options, report);
      code = isStream(paths) ? await hardenStream(options, output) : await hardenFiles(paths, options, output);
    },
    async init() {
      const { createOutput, writeInitialConfig } = await import('./actions.ts');
      code = writeInitialConfig(createOutput({}, report));
    },
    async completion(shell: Shell) {
      const { completionFor } = await import('./actions.ts');
      process.stdout.write(completionFor(shell, program));
    },
  };
  const program: Command = createProgram(actions, (message) => report.note(() => [message]));
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    const usage = usageExitCode(error);
    if (usage === undefined) {
      report.note(() => [`kharden: internal error: ${error instanceof Error ? error.message : String(error)}`]);
      throw error;
    }
    code = usage;
  } finally {
    if (!finishReport(report, program.opts<CliOptions>())) code = 2;
  }
  return code;
}

function isStream(paths: readonly string[]): boolean {
  return paths.includes('-') || (paths.length === 0 && !process.stdin.isTTY);
}

function usageMistake(paths: readonly string[], options: CliOptions): string | undefined {
  if (options.write && options.check) return '--write changes files and --check only looks: name one of them';
  if (paths.includes('')) return 'an empty path names no file: check the variable that it comes from';
  if (isStream(paths)) {
    if (paths.length > 1) return '- is a stream and takes no other paths beside it';
    return options.write ? '--write needs paths: a stream is written to stdout' : undefined;
  }
  return paths.length === 0 ? 'name files or folders, or pipe a stream in (--help shows more)' : undefined;
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

function finishReport(report: Report, { reportFile }: CliOptions): boolean {
  try {
    if (reportFile) report.appendTo(reportFile);
    return true;
  } catch (error) {
    process.stderr.write(`kharden: --report-file ${printable(reportFile ?? '')}: ${printable(reasonOf(error))}\n`);
    return false;
  }
}
