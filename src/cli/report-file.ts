/** The report: what a run says, appended to a file for hosts that hide stderr, as Helm 4 does. */
import { closeSync, openSync, writeSync } from 'node:fs';

const lines: string[] = [];

/** Keeps lines for the report. */
export function note(...added: readonly string[]): void {
  lines.push(...added);
}

/** Throws when the report could not be written later. */
export function checkReportFile(path: string): void {
  closeSync(openSync(path, 'a'));
}

/** Appends everything noted in one write, so that the reports of runs at the same time do not mix. */
export function writeReport(path: string): void {
  const file = openSync(path, 'a');
  try {
    writeSync(file, lines.map((line) => `${line}\n`).join(''));
  } finally {
    closeSync(file);
    lines.length = 0;
  }
}
