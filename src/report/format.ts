/** What an output format is. `formats/index.ts` lists all of them. */
import type { Problem, RunResult } from './result.ts';
import type { Paint } from './text.ts';

export type Format = TextFormat | FolderFormat;

/** One way to print the result of a run on stdout. */
export interface TextFormat extends Named {
  /** Loads what prints it, which a run in another format does without. */
  load(): Promise<Print>;
}

/** One way to write the result of a run as the files of a folder, which `--out` names. */
export interface FolderFormat extends Named {
  /** All files that it may write, in the order in which they are written. What a run has none of is removed. */
  readonly fileNames: readonly string[];
  /** What every file begins with; without it a file is the user's own. */
  readonly marker: string;
  /** Files that mean something else together with these: a folder that has one is not written to. */
  readonly rivals: readonly string[];
  /** Loads what composes it. */
  loadFolder(): Promise<(result: RunResult) => FolderContent>;
}

/** What a format makes of a run for a folder. */
export interface FolderContent {
  /** The texts by name. */
  readonly files: ReadonlyMap<string, string>;
  /** What could not be expressed. */
  readonly problems: readonly Problem[];
  /** What is in it, in words. */
  readonly summary: string;
}

interface Named {
  /** What the user writes after `--format`. */
  readonly id: string;
  /** One line for `--help`, the man page and the documentation: begins with a small letter, has no full stop. */
  readonly description: string;
  /** Loads what prints an audit, which is about findings and not about changes; a format without it is about changes alone. */
  audit?(): Promise<Print>;
}

/** The text for stdout, in parts that are written one after the other; each line has its line end. */
export type Print = (result: RunResult, context: FormatContext) => Iterable<string>;

/** Where a format is printed. */
export interface FormatContext {
  /** How to colour text that a person reads; undefined when a program reads it, which must get every byte as it is. */
  readonly paint: Paint | undefined;
  /** How many columns there are for text that a person reads. */
  readonly width: number;
  /** The absolute path of the folder that the paths in the result are relative to. */
  readonly workingDirectory: string;
  /** The environment variables. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}
