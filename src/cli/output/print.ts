/** Prints what a command did: results on stdout, everything else on stderr. */
import type { FormatContext } from '../../report/format.ts';
import { errorLines, summaryLines } from '../../report/summary.ts';
import { paint, printable } from '../../report/text.ts';
import type { CliOptions } from '../arguments/options.ts';
import type { Outcome } from './outcome.ts';

/** Prints an outcome: errors, the results, the summary unless `--quiet` is given, then the remarks. */
export function printOutcome({ result, mode, stdout, remarks }: Outcome, { color, quiet, verbose }: CliOptions): void {
  const colours = paint(isColoured(process.stderr, color));
  printLines(errorLines(result, colours));
  for (const text of stdout(contextOf(color))) process.stdout.write(text);
  if (mode && !quiet) printLines(summaryLines(result, mode, verbose ?? false, colours));
  printLines(remarks.map(remarkLine));
}

/** The lines of an outcome for the report: every finding, without colour. */
export function reportLines({ result, mode, remarks }: Outcome): string[] {
  const colours = paint(false);
  const summary = mode ? summaryLines(result, mode, true, colours) : [];
  return [...errorLines(result, colours), ...summary, ...remarks.map(remarkLine)];
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
    // Read only when a format asks for it, because it fails when the folder no longer exists.
    get workingDirectory() {
      return process.cwd();
    },
    environment: process.env,
  };
}

function isColoured(stream: NodeJS.WriteStream, color: boolean | undefined): boolean {
  return color ?? (stream.isTTY === true && !process.env['NO_COLOR'] && process.env['TERM'] !== 'dumb');
}
