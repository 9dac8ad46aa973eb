/** An audit for people: each workload with its level and score before and after hardening, and its findings. */
import { auditOf, type Audit, type AuditedWorkload } from '../audit.ts';
import type { FormatContext } from '../format.ts';
import { LEVELS, numbersOf } from '../numbers.ts';
import type { Problem, RunResult } from '../result.ts';
import { paint as colours, plural, printable } from '../text.ts';
import { findingLines, type Layout } from './findings.ts';
import { wrap } from './wrap.ts';

/** Prints an audit: the messages of warnings, and the ids of what is good to know. */
export function printAudit(result: RunResult, context: FormatContext): Iterable<string> {
  return printed(result, context, false);
}

/** Prints an audit with the message of every finding, also of those that are accepted. */
export function printWholeAudit(result: RunResult, context: FormatContext): Iterable<string> {
  return printed(result, context, true);
}

function* printed(result: RunResult, { paint = colours(false), width }: FormatContext, isWhole: boolean): Iterable<string> {
  const layout = { paint, width };
  const audit = auditOf(result);
  for (const workload of audit.workloads) yield textOf([...workloadLines(workload, layout, isWhole), '']);
  const others = audit.others.filter(({ severity, accepted }) => severity !== 'error' && (isWhole || accepted === undefined));
  if (others.length > 0) yield textOf([...findingLines(others, layout), '']);
  yield textOf(totalLines(result, audit, layout));
}

function textOf(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}

function workloadLines(workload: AuditedWorkload, layout: Layout, isWhole: boolean): string[] {
  const { object, path, line, findings } = workload;
  const { paint, width } = layout;
  const name = object.namespace === undefined ? object.name : `${object.namespace}/${object.name}`;
  const heading = printable(`${`${object.kind} ${name}`.trimEnd()}, ${path}:${line}`);
  const open = findings.filter(({ accepted }) => isWhole || accepted === undefined);
  const shown = open.filter(({ severity }) => isWhole || severity === 'warning');
  const ids = [...new Set(open.filter((one) => !shown.includes(one)).map(({ id }) => id))];
  return [
    ...wrap(heading, width).map(paint.bold),
    `  ${standingText(workload, layout)}`,
    ...shown.flatMap((finding) => findingBlock(finding, layout)),
    ...(ids.length === 0 ? [] : wrap(`info: ${ids.join(', ')}`, width, '  ')),
  ];
}

/** `privileged 53 -> baseline 93, 12 changes`; one of the two where hardening changes nothing. */
function standingText({ before, after, changes }: AuditedWorkload, { paint }: Layout): string {
  const colourOf = ({ score, level }: typeof before): ((text: string) => string) =>
    score === 100 ? paint.green : level === 'privileged' ? paint.red : paint.yellow;
  const text = (standing: typeof before): string => colourOf(standing)(`${standing.level} ${standing.score}`);
  if (changes === 0) return `${text(before)}, nothing to harden`;
  return `${text(before)} -> ${text(after)}, ${plural(changes, 'change')}`;
}

function findingBlock(
  { id, severity, line, column = 1, container, message, accepted }: Problem,
  { paint, width }: Layout,
): string[] {
  const place = line === undefined ? '' : `${line}:${column}  `;
  const colour = severity === 'warning' ? paint.yellow : paint.cyan;
  const words = `${container === undefined ? '' : `container ${container}: `}${
    accepted === undefined ? '' : `accepted${accepted && ` (${accepted})`}: `
  }${message}`;
  return [`  ${place}${colour(severity)}  ${id}`, ...wrap(printable(words), width, '      ')];
}

function totalLines(result: RunResult, { workloads, average, accepted }: Audit, { paint, width }: Layout): string[] {
  const { levels, known } = numbersOf(result);
  const counts = LEVELS.filter((level) => levels.before[level] + levels.after[level] > 0).map(
    (level) => `${level} ${levels.before[level]} -> ${levels.after[level]}`,
  );
  const apart = [
    ...(accepted > 0 ? [`${plural(accepted, 'finding is', 'findings are')} accepted.`] : []),
    ...(known > 0 ? [`${plural(known, 'finding is', 'findings are')} in the baseline and not listed.`] : []),
  ];
  const total = `${paint.bold('kharden')}: ${plural(workloads.length, 'workload')}`;
  if (!average) return [total, ...apart];
  return [
    `${total}, average score ${average.before} -> ${average.after}`,
    `Pod Security level: ${counts.join(', ')}`,
    ...apart,
    ...wrap(SCORE, width),
  ];
}

const SCORE =
  'Score: how many of the controls of the Pod Security Standard restricted hold, in percent, before and after hardening.';
