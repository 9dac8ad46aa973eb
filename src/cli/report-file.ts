/** The report: what a run says, appended to a file for hosts that hide stderr, as Helm 4 does. */
import { closeSync, openSync, writeSync } from 'node:fs';

export interface Report {
  /** Keeps lines for the report; they are made when it is written, because most runs have none. */
  note(lines: () => readonly string[]): void;
  /** Appends everything noted in one write, so that the reports of runs at the same time do not mix. */
  appendTo(path: string): void;
}

/** An empty report. */
export function createReport(): Report {
  const parts: (() => readonly string[])[] = [];
  const text = (): string => parts.flatMap((lines) => lines().map((line) => `${line}\n`)).join('');
  return {
    note: (lines) => void parts.push(lines),
    appendTo: (path) => withFile(path, (file) => void writeSync(file, text())),
  };
}

/** Throws when a report could not be written later. */
export function checkReportFile(path: string): void {
  withFile(path, () => {});
}

function withFile(path: string, use: (file: number) => void): void {
  const file = openSync(path, 'a');
  try {
    use(file);
  } finally {
    closeSync(file);
  }
}
