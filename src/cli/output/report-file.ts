/** The report: the lines of a run, appended to a file for hosts that hide stderr, as Helm does. */
import { closeSync, openSync, writeSync } from 'node:fs';

/**
 * Appends lines in one write, so that the reports of runs at the same time do not mix; without lines it only opens the file.
 *
 * @throws the error of the file system when the file cannot be written
 */
export function appendLines(path: string, lines: readonly string[]): void {
  const file = openSync(path, 'a');
  try {
    writeSync(file, lines.map((line) => `${line}\n`).join(''));
  } finally {
    closeSync(file);
  }
}
