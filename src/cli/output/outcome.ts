/** What a command did, as data: `print.ts` prints it, and it gives the exit code. */
import type { FormatContext } from '../../report/format.ts';
import type { Problem, RunResult } from '../../report/result.ts';
import type { Mode } from '../../report/terminal/summary.ts';

export interface Outcome {
  readonly exitCode: number;
  /** The text for stdout, in parts. */
  readonly stdout: (context: FormatContext) => Iterable<string>;
  /** What was found, for stderr. */
  readonly result: RunResult;
  /** What the summary says of the files; undefined for a run that got to none. */
  readonly mode: Mode | undefined;
  /** True when the summary names the files that changed, because stdout does not. */
  readonly namesFiles: boolean;
  /** Messages about the run itself, printed last. */
  readonly remarks: readonly string[];
}

/** The outcome of a run that has nothing to do. */
export const NOTHING: Outcome = {
  exitCode: 0,
  stdout: () => [],
  result: { problems: [], files: [] },
  mode: undefined,
  namesFiles: false,
  remarks: [],
};

/** An outcome that is a message. */
export function remark(exitCode: number, message: string): Outcome {
  return { ...NOTHING, exitCode, remarks: [message] };
}

/** An outcome that is a text for stdout. */
export function text(stdout: string): Outcome {
  return { ...NOTHING, stdout: () => [stdout] };
}

/** An outcome without any file, because of problems. */
export function refused(exitCode: number, problems: readonly Problem[]): Outcome {
  return { ...NOTHING, exitCode, result: { problems, files: [] } };
}
