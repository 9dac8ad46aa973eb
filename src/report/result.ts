/** What a run found: every output format is made from this. */
import type { FileResult, Finding } from '../index.ts';

/** A finding that may be about a file as a whole, such as a path that cannot be read: it then has no line and no column. */
export type Problem = Omit<Finding, 'line' | 'column'> & Partial<Pick<Finding, 'line' | 'column'>>;

export interface RunResult {
  /** What is wrong with paths, configurations and links, in the order in which they were read. */
  readonly problems: readonly Problem[];
  /** The inputs in their order, each with its own findings. */
  readonly files: readonly FileResult[];
}

/** All problems and findings of a run that make it fail. */
export function errorsOf({ problems, files }: RunResult): Problem[] {
  return [...problems, ...files.flatMap((file) => file.findings)].filter(({ severity }) => severity === 'error');
}
