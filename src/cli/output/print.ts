/** Prints what a command did: results on stdout, everything else on stderr. */
import type { FormatContext } from '../../report/format.ts';
import { problemsOf } from '../../report/result.ts';
import { findingLine, type Layout } from '../../report/terminal/findings.ts';
import { errorLines, summaryLines, totalLines } from '../../report/terminal/summary.ts';
import { USUAL_WIDTH } from '../../report/terminal/wrap.ts';
import { paint, printable } from '../../report/text.ts';
import type { CliOptions } from '../arguments/options.ts';
import type { Outcome } from './outcome.ts';

/** Prints an outcome: the results, the summary unless `--quiet` is given, errors, then the remarks. */
export function printOutcome(
  { result, mode, namesFiles, stdout, remarks }: Outcome,
  { color, quiet, verbose }: CliOptions,
): void {
  const layout = { paint: paint(isColoured(process.stderr, color)), width: widthOf(process.stderr) };
  for (const text of stdout(contextOf(color))) process.stdout.write(text);
  if (mode && !quiet) printLines(summaryLines(result, { mode, namesFiles, isVerbose: verbose ?? false }, layout));
  printLines([...errorLines(result, layout), ...remarks.map(remarkLine)]);
}

const PLAIN: Layout = { paint: paint(false), width: Infinity };

/** The lines of an outcome for the report: every finding in one line, without colour, then the summary. */
export function reportLines({ result, mode, remarks }: Outcome): string[] {
  const findings = problemsOf(result).map((finding) => findingLine(finding, PLAIN.paint));
  return [...findings, ...(mode ? totalLines(result, mode, PLAIN) : []), ...remarks.map(remarkLine)];
}

function remarkLine(message: string): string {
  return `kharden: ${printable(message)}`;
}

function printLines(lines: readonly string[]): void {
  if (lines.length > 0) process.stderr.write(`${lines.join('\n')}\n`);
}

/** Output for a terminal, and output in colour, is for people, so that it has no control characters of files. */
function contextOf(color: boolean | undefined): FormatContext {
  const isForPeople = process.stdout.isTTY === true || color === true;
  return {
    paint: isForPeople ? paint(isColoured(process.stdout, color)) : undefined,
    width: widthOf(process.stdout),
    // Read only when a format asks for it, because it fails when the folder no longer exists.
    get workingDirectory() {
      return process.cwd();
    },
    environment: process.env,
  };
}

const NARROWEST = 40;

/** The width of a terminal; what is no terminal, such as a log, is as wide as most terminals are. */
function widthOf(stream: NodeJS.WriteStream): number {
  return stream.isTTY && stream.columns ? Math.max(NARROWEST, stream.columns) : USUAL_WIDTH;
}

function isColoured(stream: NodeJS.WriteStream, color: boolean | undefined): boolean {
  return color ?? (stream.isTTY === true && !process.env['NO_COLOR'] && process.env['TERM'] !== 'dumb');
}
