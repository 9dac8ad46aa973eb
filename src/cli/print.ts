/** What a run prints: findings and summaries on stderr, diffs on stdout. All that goes to stderr is noted for the report. */
import { relative, resolve } from 'node:path';
import type { ConfigError } from '../config/index.ts';
import type { FileResult, Finding, HardenResult } from '../engine/index.ts';
import { fileDiff, paintDiff } from '../report/diff.ts';
import { findingLine, summaryLines } from '../report/summary.ts';
import { paint, printable, type Paint } from '../report/text.ts';
import type { CliOptions } from './program.ts';
import { note } from './report-file.ts';
import type { PathProblem } from './walk.ts';

/** Paths in results: relative to where kharden runs, with slashes, so that a diff applies there. */
export function shownPath(path: string): string {
  const shown = relative(process.cwd(), resolve(path));
  return (shown.startsWith('..') ? resolve(path) : shown).replaceAll('\\', '/');
}

/** The diff of a file, coloured for a terminal. */
export function painted(file: FileResult, options: CliOptions): string {
  const diff = fileDiff(file);
  return isColoured(process.stdout, options) ? paintDiff(diff, paint(true)) : diff;
}

/** Prints the errors; true when there are any. */
export function printFindings(result: HardenResult, options: CliOptions): boolean {
  const errors = result.files.flatMap((file) => file.findings).filter((finding: Finding) => finding.severity === 'error');
  for (const finding of errors) say((colours) => findingLine(finding, colours), options);
  return errors.length > 0;
}

/** Prints the summary; the report gets it also when stderr does not. */
export function printSummary(result: HardenResult, mode: 'wrote' | 'would change', options: CliOptions): void {
  note(...summaryLines(result, mode, true, paint(false)));
  if (options.quiet) return;
  for (const line of summaryLines(result, mode, options.verbose ?? false, stderrPaint(options))) process.stderr.write(`${line}\n`);
}

/** Prints what is wrong with paths and configurations; true when there is anything. */
export function complainAll(problems: readonly PathProblem[], errors: readonly ConfigError[], options: CliOptions): boolean {
  for (const { path, message } of problems) complain(path, message, options);
  for (const { path, line, column, message } of errors) {
    say((colours) => `${printable(shownPath(path))}:${line}:${column} ${colours.red('invalid-config')} ${printable(message)}`, options);
  }
  return problems.length + errors.length > 0;
}

/** Prints what is wrong with a path. */
export function complain(path: string, message: string, options: CliOptions): void {
  say((colours) => `${printable(path)}:1:1 ${colours.red('unusable-path')} ${printable(message)}`, options);
}

/** Prints a line to stderr and notes it. */
export function tell(line: string): void {
  note(line);
  process.stderr.write(`${line}\n`);
}

function say(line: (colours: Paint) => string, options: CliOptions): void {
  note(line(paint(false)));
  process.stderr.write(`${line(stderrPaint(options))}\n`);
}

function stderrPaint(options: CliOptions): Paint {
  return paint(isColoured(process.stderr, options));
}

function isColoured(stream: NodeJS.WriteStream, options: CliOptions): boolean {
  if (options.color !== undefined) return options.color;
  return stream.isTTY === true && !process.env['NO_COLOR'];
}

/** 2 for errors, 1 when a check found something to change, else 0. */
export function exitCode(hasError: boolean, options: CliOptions, result: HardenResult): number {
  if (hasError) return 2;
  return options.check && result.files.some((file) => file.input !== file.output) ? 1 : 0;
}
