/** Writes the files of a run, one after the other, until a signal asks it to stop. */
import { dirname } from 'node:path';
import { reasonOf } from './reason.ts';
import { removeLeftovers, replaceFile, syncFolder } from './write-file.ts';

/** A file to write; `before` is what it held when it was read. */
export interface Replacement {
  readonly path: string;
  readonly before: Uint8Array;
  readonly after: Uint8Array;
}

/** What became of the files, by path. */
export interface Written {
  readonly written: ReadonlySet<string>;
  /** The reasons of those that could not be written. */
  readonly failed: ReadonlyMap<string, string>;
  /** The signal that stopped the run before all files were written. */
  readonly stop: Stop | undefined;
}

interface Stop {
  readonly signal: NodeJS.Signals;
  readonly exitCode: number;
}

const STOPS: readonly Stop[] = [
  { signal: 'SIGHUP', exitCode: 129 },
  { signal: 'SIGINT', exitCode: 130 },
  { signal: 'SIGTERM', exitCode: 143 },
];

/** Replaces files. When one fails the others are still written; after a signal the current file is finished and the rest is left. */
export async function writeFiles(files: readonly Replacement[]): Promise<Written> {
  const written = new Set<string>();
  const failed = new Map<string, string>();
  let stop: Stop | undefined;
  const onSignal = (signal: NodeJS.Signals): void => {
    stop = STOPS.find((one) => one.signal === signal);
  };
  for (const { signal } of STOPS) process.on(signal, onSignal);
  for (const { path, before, after } of files) {
    await turnOfEventLoop();
    if (stop) break;
    try {
      replaceFile(path, before, after);
      written.add(path);
    } catch (error) {
      failed.set(path, reasonOf(error));
    }
  }
  for (const folder of foldersOf(written)) syncFolder(folder);
  for (const { signal } of STOPS) process.off(signal, onSignal);
  return { written, failed, stop };
}

/** Node delivers signals only between two turns of the event loop. */
function turnOfEventLoop(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Removes the temporary files that killed runs left in the folders of these files. */
export function cleanFolders(paths: readonly string[]): void {
  for (const folder of foldersOf(paths)) removeLeftovers(folder);
}

function foldersOf(paths: Iterable<string>): Set<string> {
  return new Set(Array.from(paths, dirname));
}
