/** The summary for people: what was found, what changed, what it rests on, and how much better it is. */
import type { AppliedChange, FileResult } from '../../index.ts';
import { LEVELS, numbersOf, type Numbers } from '../numbers.ts';
import { errorsOf, problemsOf, type RunResult } from '../result.ts';
import { plural, printable } from '../text.ts';
import { findingLines, someFindingLines, type Layout } from './findings.ts';
import { wrap } from './wrap.ts';

/** What a run does with files that need a change. */
export type Mode = 'wrote' | 'would change';

/** How much a summary tells. */
export interface SummaryOptions {
  readonly mode: Mode;
  /** True to name the files that changed, because nothing else does. */
  readonly namesFiles: boolean;
  /** True for every finding, instead of a few of each kind. */
  readonly isVerbose: boolean;
}

/** The lines of the errors, which are shown by every run, with their number at the end. */
export function errorLines(result: RunResult, layout: Layout): string[] {
  const errors = errorsOf(result);
  if (errors.length === 0) return [];
  return [
    ...findingLines(errors, layout),
    `${layout.paint.bold('kharden')}: ${layout.paint.red(plural(errors.length, 'error'))}`,
  ];
}

/** The lines of the summary: the findings that are no errors, then what changed. */
export function summaryLines(result: RunResult, { mode, namesFiles, isVerbose }: SummaryOptions, layout: Layout): string[] {
  const findings = problemsOf(result).filter(
    ({ severity, accepted }) => severity !== 'error' && (isVerbose || accepted === undefined),
  );
  const changed = result.files.filter((file) => file.input !== file.output);
  return [
    ...(isVerbose ? findingLines : someFindingLines)(findings, layout),
    ...(namesFiles ? changed.map((file) => fileLine(file, mode)) : []),
    ...totalLines(result, mode, layout),
    ...(changed.length > 0 ? wrap(isVerbose ? WHAT : WHY, layout.width) : []),
  ];
}

const WHY = 'Why: --verbose gives the reason beside each change, kharden explain <id> what may break and how to opt out.';
const WHAT = 'kharden explain <id> tells what may break and how to opt out.';

function fileLine({ path, changes }: FileResult, mode: Mode): string {
  return `${mode} ${printable(path)} (${plural(changes.length, 'change')})`;
}

/** What changed, and how often each transform changed something, for a report of one line each. */
export function totalLines(result: RunResult, mode: Mode, { paint, width }: Layout): string[] {
  const numbers = numbersOf(result);
  const changes = result.files.filter(({ edits }) => edits.length > 0).flatMap((file) => file.changes);
  const done = `${mode} ${plural(numbers.changedFiles, 'file')} with ${plural(numbers.changes, 'change')}`;
  return [
    `${paint.bold('kharden')}: ${plural(numbers.files, 'file')}, ${plural(numbers.workloads, 'workload')}; ${done}`,
    ...[...countBy(changes.map(({ transform }) => transform))].map(([id, count]) => `  ${String(count).padStart(5)}  ${id}`),
    ...levelLines(numbers),
    ...knownLines(numbers),
    ...guessLines(changes).flatMap((line) => wrap(line, width)),
  ];
}

/** How many workloads meet each level of the Pod Security Standards, before and after. */
function levelLines({ levels: { before, after } }: Numbers): string[] {
  const counts = LEVELS.filter((level) => before[level] + after[level] > 0).map(
    (level) => `${level} ${before[level]} -> ${after[level]}`,
  );
  return counts.length === 0 ? [] : [`Pod Security level: ${counts.join(', ')}`];
}

/** How many findings are not listed, because the baseline holds them. */
function knownLines({ known }: Numbers): string[] {
  return known === 0 ? [] : [`${plural(known, 'finding is', 'findings are')} in the baseline and not listed.`];
}

/** How many images the summary names that nothing is known about. */
const SHOWN_IMAGES = 5;

/** What rests on nothing known, and the ways out. */
function guessLines(changes: readonly AppliedChange[]): string[] {
  const unsure = changes.filter(({ safety }) => safety === 'may-break');
  if (unsure.length === 0) return [];
  const images = [...new Set(unsure.flatMap(({ guess }) => guess ?? []))];
  const rest = images.length - SHOWN_IMAGES;
  const names = images.slice(0, SHOWN_IMAGES).map(printable).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
  const others = unsure.filter(({ guess }) => guess === undefined);
  const ids = [...new Set(others.map(({ transform }) => transform))].join(', ');
  const what = [
    ...(images.length > 0 ? [`${plural(images.length, 'image')} that nothing is known about (${names})`] : []),
    ...(others.length > 0 ? [`${plural(others.length, 'assumption')} that nothing in the files confirms (${ids})`] : []),
  ];
  return [
    `${plural(unsure.length, 'change')} may break a workload: ${unsure.length === 1 ? 'it rests' : 'they rest'} on ${what.join(', and on ')}.`,
    'Try these workloads first, let kharden know the images (kharden learn, their Dockerfiles, or images in .kharden.yaml), opt out with kharden.dev/skip, or leave all such changes out with --safe-only.',
  ];
}

function countBy(ids: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}
