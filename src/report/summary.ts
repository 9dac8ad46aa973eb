/** The summary for people: what was found, what changed, what was left alone and why. */
import type { FileResult, Finding, HardenResult } from '../index.ts';
import { printable, type Paint } from './text.ts';

/** One line, `path:line:col id message`, with the workload and container that it is about. */
export function findingLine(finding: Finding, paint: Paint): string {
  const { object, container } = finding;
  const about = object ? `${object.kind} ${object.name}${container === undefined ? '' : `, container ${container}`}: ` : '';
  const id = finding.severity === 'error' ? paint.red(finding.id) : paint.cyan(finding.id);
  return `${printable(finding.path)}:${finding.line}:${finding.column} ${id} ${printable(about + finding.message)}`;
}

/** What the summary shows of the findings that are no errors: a few of each kind, or all. */
const SHOWN_OF_EACH = 5;

/** The lines of the summary, without errors: those are printed by themselves. */
export function summaryLines(result: HardenResult, mode: 'wrote' | 'would change', isVerbose: boolean, paint: Paint): string[] {
  const changed = result.files.filter((file) => file.input !== file.output);
  const workloads = result.files.reduce((sum, file) => sum + file.workloads, 0);
  const counts = countBy(changed.flatMap((file) => file.changes.map((change) => change.transform)));
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  return [
    ...leftAlone(result.files, isVerbose, paint),
    `${paint.bold('kharden')}: ${plural(result.files.length, 'file')}, ${plural(workloads, 'workload')}; ${mode} ` +
      `${plural(changed.length, 'file')} with ${plural(total, 'change')}`,
    ...[...counts].map(([transform, count]) => `  ${String(count).padStart(5)}  ${transform}`),
  ];
}

function leftAlone(files: readonly FileResult[], isVerbose: boolean, paint: Paint): string[] {
  const findings = files.flatMap((file) => file.findings).filter((finding) => finding.severity !== 'error');
  const byId = groupById(findings);
  return [...byId].flatMap(([id, group]) => {
    const shown = isVerbose ? group : group.slice(0, SHOWN_OF_EACH);
    const rest = group.length - shown.length;
    const more = rest > 0 ? [paint.dim(`… and ${rest} more ${id} (--verbose shows all)`)] : [];
    return [...shown.map((finding) => findingLine(finding, paint)), ...more];
  });
}

function groupById(findings: readonly Finding[]): Map<string, Finding[]> {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const group = groups.get(finding.id);
    if (group) group.push(finding);
    else groups.set(finding.id, [finding]);
  }
  return groups;
}

function countBy(ids: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
