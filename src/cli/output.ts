/** What a run says: results on stdout, everything else on stderr and in the report. */
import type { ConfigError } from '../config/index.ts';
import type { FileResult, Finding, HardenResult } from '../index.ts';
import { fileDiff, paintDiff } from '../report/diff.ts';
import { findingLine, summaryLines } from '../report/summary.ts';
import { paint, printable, printableLines, type Paint } from '../report/text.ts';
import { shownPath } from './files/paths.ts';
import type { CliOptions } from './program.ts';
import type { Report } from './report-file.ts';
import type { PathProblem } from './files/walk.ts';

/** Where a run says things. Every problem and finding is one line. */
export interface Output {
  /** Says what is wrong with paths; true when one of them is an error. */
  pathProblems(problems: readonly PathProblem[]): boolean;
  /** Says what is wrong with configurations; true when there is anything. */
  configErrors(errors: readonly ConfigError[]): boolean;
  /** Says that a file could not be written. */
  notWritten(path: string, reason: string): void;
  /** Says the findings that are errors; true when there are any. */
  findings(result: HardenResult): boolean;
  summary(result: HardenResult, mode: 'wrote' | 'would change'): void;
  /** Says a line about the run itself. */
  remark(message: string): void;
  /** Prints the diff of a file. */
  diff(file: FileResult): void;
  /** Prints a hardened stream. */
  document(text: string): void;
}

/** The output of a run. A terminal gets no raw control characters, and neither does a diff that is wanted in colour. */
export function createOutput({ color, quiet, verbose }: CliOptions, report: Report): Output {
  const isTerminal = process.stdout.isTTY === true;
  const stdoutPaint = paint(isColoured(process.stdout, color));
  const stderrPaint = paint(isColoured(process.stderr, color));
  const plain = paint(false);
  const say = (line: (colours: Paint) => string): void => {
    report.note(() => [line(plain)]);
    process.stderr.write(`${line(stderrPaint)}\n`);
  };
  const sayProblem = (place: string, id: string, message: string): void =>
    say((colours) => `${printable(place)}: ${colours.red(id)} ${printable(message)}`);
  return {
    pathProblems(problems) {
      const errors = problems.filter(({ isNote }) => !isNote);
      for (const { path, message } of errors) sayProblem(path, 'unusable-path', message);
      for (const { path, message } of quiet ? [] : problems.filter(({ isNote }) => isNote)) {
        say((colours) => `${printable(path)}: ${colours.cyan('skipped-link')} ${printable(message)}`);
      }
      return errors.length > 0;
    },
    configErrors(errors) {
      for (const { path, line, column, message } of errors) {
        const place = `${printable(shownPath(path))}:${line}:${column}`;
        say((colours) => `${place} ${colours.red('invalid-config')} ${printable(message)}`);
      }
      return errors.length > 0;
    },
    notWritten: (path, reason) => sayProblem(path, 'not-written', reason),
    findings(result) {
      const errors = result.files.flatMap((file) => file.findings).filter((finding: Finding) => finding.severity === 'error');
      for (const finding of errors) say((colours) => findingLine(finding, colours));
      return errors.length > 0;
    },
    summary(result, mode) {
      report.note(() => summaryLines(result, mode, true, plain));
      if (quiet) return;
      for (const line of summaryLines(result, mode, verbose ?? false, stderrPaint)) process.stderr.write(`${line}\n`);
    },
    remark: (message) => say(() => `kharden: ${message}`),
    diff(file) {
      const diff = fileDiff(file);
      process.stdout.write(isTerminal || color ? paintDiff(diff, stdoutPaint) : diff);
    },
    document(text) {
      process.stdout.write(isTerminal ? printableLines(text) : text);
    },
  };
}

function isColoured(stream: NodeJS.WriteStream, color: boolean | undefined): boolean {
  return color ?? (stream.isTTY === true && !process.env['NO_COLOR'] && process.env['TERM'] !== 'dumb');
}
