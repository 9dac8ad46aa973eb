/** What an output format is. `formats/index.ts` lists all of them. */
import type { RunResult } from './result.ts';
import type { Paint } from './text.ts';

/** One way to print the result of a run on stdout. */
export interface Format {
  /** What the user writes after `--format`. */
  readonly id: string;
  /** One line for `--help`, the man page and the documentation: begins with a small letter, has no full stop. */
  readonly description: string;
  /** Loads what prints it, which a run in another format does without. */
  load(): Promise<Print>;
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
