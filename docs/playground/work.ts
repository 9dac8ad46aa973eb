/** What the worker of the playground does: it hardens, and writes what the page shows of it. */
import { harden, type FileResult, type HardenOptions, type Input } from '../../src/index.ts';
import { fileDiff } from '../../src/report/diff.ts';
import { fileView } from '../../src/report/html/file-view.ts';
import { glossaryView } from '../../src/report/html/glossary-view.ts';
import { headline } from '../../src/report/html/numbers-view.ts';
import { numbersOf } from '../../src/report/numbers.ts';

/** What the page asks for. */
export interface Task {
  readonly inputs: readonly Input[];
  readonly options: HardenOptions;
}

/** What the page shows of a run; texts with `html` in their name are HTML, in which everything of the user is escaped. */
export interface Outcome {
  readonly headline: string;
  readonly files: readonly { readonly path: string; readonly output: string; readonly html: string }[];
  /** The changes of all files for `git apply`; empty when nothing changes. */
  readonly patch: string;
  /** What the ids of the changes and findings mean; empty without any. */
  readonly glossaryHtml: string;
}

/** Answers each task that the page sends with its outcome, or with what is wrong with it. */
export function serve(): void {
  addEventListener('message', ({ data }: MessageEvent<Task>) => postMessage(answerTo(data)));
}

function answerTo({ inputs, options }: Task): Outcome | Error {
  try {
    return outcomeOf(harden(inputs, options).files);
  } catch (error) {
    return error as Error;
  }
}

function outcomeOf(files: readonly FileResult[]): Outcome {
  const ids = files.flatMap(({ changes, findings }) => [
    ...changes.map(({ transform }) => transform),
    ...findings.map(({ id }) => id),
  ]);
  return {
    headline: `${headline(numbersOf({ problems: [], files }))}.`,
    files: files.map((file, index) => ({ path: file.path, output: file.output, html: viewOf(file, index) })),
    patch: files.map(fileDiff).join(''),
    glossaryHtml: ids.length === 0 ? '' : glossaryView([...new Set(ids)]),
  };
}

function viewOf(file: FileResult, index: number): string {
  const report = { path: file.path, file, problems: file.findings };
  return [...fileView(report, { key: `file-${index}`, context: Number.POSITIVE_INFINITY })].join('');
}
