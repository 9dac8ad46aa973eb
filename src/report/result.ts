/** What a run found: every output format is made from this. */
import type { FileResult, Finding } from '../index.ts';

/** A finding that may be about a file as a whole, such as a path that cannot be read: it then has no line and no column. */
export type Problem = Omit<Finding, 'line' | 'column'> &
  Partial<Pick<Finding, 'line' | 'column'>> & {
    /** The template that the document was rendered from, where the text names it. */
    readonly source?: string;
  };

export interface RunResult {
  /** What is wrong with paths, configurations and links, in the order in which they were read. */
  readonly problems: readonly Problem[];
  /** The inputs in their order, each with its own findings. */
  readonly files: readonly FileResult[];
}

/** Everything that a run reports: what is about paths and configurations, then the findings of each file. */
export function problemsOf({ problems, files }: RunResult): Problem[] {
  return [...problems, ...files.flatMap(problemsOfFile)];
}

/** All problems and findings of a run that make it fail. */
export function errorsOf(result: RunResult): Problem[] {
  return problemsOf(result).filter(({ severity }) => severity === 'error');
}

type Sayable = { readonly [K in 'object' | 'container' | 'accepted']?: Problem[K] | undefined } & Pick<Problem, 'message'>;

/** The message of a finding, with the workload and the container that it is about. */
export function sentenceOf({ object, container, message, accepted }: Sayable): string {
  if (accepted !== undefined)
    return sentenceOf({ object, container, message: `accepted${accepted && ` (${accepted})`}: ${message}` });
  if (object === undefined) return message;
  const subject = object.name === '' ? object.kind : `${object.kind} ${object.name}`;
  return `${subject}${!container ? '' : `, container ${container}`}: ${message}`;
}

const SOURCE = /^# Source: ([^/]+\/(?:.*\/)?(?:templates|crds)\/.*\S)/;

/** The findings of a file. Helm writes above each document of a release which template it comes from. */
function problemsOfFile({ input, findings }: FileResult): readonly Problem[] {
  if (findings.length === 0 || !/^# Source: /m.test(input)) return findings;
  const lines = input.split('\n');
  return findings.map((finding) => {
    const source = sourceAt(lines, finding.line);
    return source === undefined ? finding : { ...finding, source };
  });
}

/** The template of the document that holds a line, which counts from 1. */
function sourceAt(lines: readonly string[], line: number): string | undefined {
  for (let index = line - 1; index >= 0; index--) {
    const [, source] = SOURCE.exec(lines[index] ?? '') ?? [];
    if (source !== undefined) return source;
    if (/^---(?:\s|$)/.test(lines[index] ?? '')) return undefined;
  }
  return undefined;
}
