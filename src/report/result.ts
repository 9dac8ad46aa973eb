/** What a run found: every output format is made from this. */
import type { FileResult, Finding } from '../index.ts';
import { memo } from '../util/memo.ts';

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
const problemsOfFile = memo(({ input, findings }: FileResult): readonly Problem[] => {
  if (findings.length === 0 || !/^# Source: /m.test(input)) return findings;
  const sources = sourcesOf(input);
  return findings.map((finding) => {
    const source = sources[Math.min(finding.line, sources.length) - 1];
    return source === undefined ? finding : { ...finding, source };
  });
});

/** For each line the template of the document that holds it. */
function sourcesOf(text: string): readonly (string | undefined)[] {
  let source: string | undefined;
  return text.split('\n').map((line) => {
    const found = SOURCE.exec(line)?.[1];
    if (found !== undefined || /^---(?:\s|$)/.test(line)) source = found;
    return source;
  });
}
