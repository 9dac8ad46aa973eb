/** The summary for people: what was found, what changed, what was left alone and why. */
import type { AppliedChange, FileResult } from '../index.ts';
import { errorsOf, type Problem, type RunResult } from './result.ts';
import { printable, type Paint } from './text.ts';

/** What a run does with files that need a change. */
export type Mode = 'wrote' | 'would change';

/** One line, `path:line:column id message`; without line and column when the problem is about the file as a whole. */
export function findingLine(finding: Problem, paint: Paint): string {
  const { path, line, column, id, severity } = finding;
  const place = line === undefined ? `${path}:` : `${path}:${line}:${column ?? 1}`;
  const colour = severity === 'error' ? paint.red : paint.cyan;
  return `${printable(place)} ${colour(id)} ${printable(sentenceOf(finding))}`;
}

/** The message of a finding, with the workload and the container that it is about. */
export function sentenceOf({ object, container, message }: Problem): string {
  if (object === undefined) return message;
  const subject = object.name === '' ? object.kind : `${object.kind} ${object.name}`;
  return `${subject}${!container ? '' : `, container ${container}`}: ${message}`;
}

/** The lines of the errors, which are shown by every run. */
export function errorLines(result: RunResult, paint: Paint): string[] {
  return errorsOf(result).map((error) => findingLine(error, paint));
}

/** How many findings of each id the summary shows, unless it shows all. */
const SHOWN_OF_EACH = 5;

/** The lines of the summary: the findings that are no errors, then what changed. */
export function summaryLines({ problems, files }: RunResult, mode: Mode, isVerbose: boolean, paint: Paint): string[] {
  const findings = [...problems, ...files.flatMap((file) => file.findings)].filter(({ severity }) => severity !== 'error');
  return [...findingLines(findings, isVerbose, paint), ...totalLines(files, mode, paint)];
}

function findingLines(findings: readonly Problem[], isVerbose: boolean, paint: Paint): string[] {
  return [...groupById(findings)].flatMap(([id, group]) => {
    const shown = isVerbose ? group : group.slice(0, SHOWN_OF_EACH);
    const rest = group.length - shown.length;
    const more = rest > 0 ? [paint.dim(`… and ${rest} more ${id} (--verbose shows all)`)] : [];
    return [...shown.map((finding) => findingLine(finding, paint)), ...more];
  });
}

function groupById(findings: readonly Problem[]): Map<string, Problem[]> {
  const groups = new Map<string, Problem[]>();
  for (const finding of findings) {
    const group = groups.get(finding.id);
    if (group) group.push(finding);
    else groups.set(finding.id, [finding]);
  }
  return groups;
}

/** How many files changed, and how often each transform changed something. */
function totalLines(files: readonly FileResult[], mode: Mode, paint: Paint): string[] {
  const changed = files.filter((file) => file.input !== file.output);
  const workloads = files.reduce((sum, file) => sum + file.workloads, 0);
  const changes = changed.flatMap((file) => file.changes);
  const done = `${mode} ${plural(changed.length, 'file')} with ${plural(changes.length, 'change')}`;
  return [
    `${paint.bold('kharden')}: ${plural(files.length, 'file')}, ${plural(workloads, 'workload')}; ${done}`,
    ...[...countBy(changes.map(({ transform }) => transform))].map(([id, count]) => `  ${String(count).padStart(5)}  ${id}`),
    ...guessLines(changes),
  ];
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
    'Try these workloads first, describe the images under images in .kharden.yaml, opt out with kharden.dev/skip, or leave all such changes out with --safe-only.',
  ];
}

function countBy(ids: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}

function plural(count: number, noun: string, several = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : several}`;
}
