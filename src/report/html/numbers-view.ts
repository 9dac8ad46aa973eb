/** The numbers of a run, and its workloads with the worst first. */
import type { Standing, WorkloadResult } from '../../index.ts';
import { LEVELS, type Numbers } from '../numbers.ts';
import { plural } from '../text.ts';
import { code, escaped } from './escape.ts';

/** One sentence about a run. */
export function headline({ files, changedFiles, changes, findings }: Numbers): string {
  const nothing = findings.error > 0 ? 'Nothing hardened' : 'Nothing to harden';
  const done = changedFiles === 0 ? nothing : `${plural(changes, 'change')} in ${changedFiles} of ${plural(files, 'file')}`;
  return `${done}, ${plural(findings.error, 'error')}, ${plural(findings.warning, 'warning')}`;
}

/** The numbers as a list, and the levels before and after as a table. */
export function numbersView({ files, changedFiles, workloads, changes, findings, levels }: Numbers): string {
  const tile = (name: string, value: number, of = ''): string =>
    `<div><dt>${name}</dt><dd>${value}${of && ` <span class="quiet">${of}</span>`}</dd></div>`;
  const tiles = [
    tile('Files that change', changedFiles, `of ${files}`),
    tile('Workloads', workloads),
    tile('Changes', changes),
    tile('Errors', findings.error),
    tile('Warnings', findings.warning),
    tile('Notes', findings.info),
  ];
  const rows = LEVELS.map(
    (level) => `<tr><th scope="row">${level}</th><td>${levels.before[level]}</td><td>${levels.after[level]}</td></tr>`,
  );
  return `<dl class="numbers">${tiles.join('')}</dl>
<table class="levels"><caption>Workloads by Pod Security level</caption>
<thead><tr><th scope="col">Level</th><th scope="col">Now</th><th scope="col">Hardened</th></tr></thead>
<tbody>${rows.join('')}</tbody></table>\n`;
}

/** A workload with the place of its file on the page. */
export interface PlacedWorkload {
  readonly workload: WorkloadResult;
  readonly path: string;
  /** The id of the section of the file; undefined where there is none. */
  readonly section: string | undefined;
}

/** How many workloads stand open; the others are folded. */
const OPEN = 20;

/** The workloads as a table: those at the lowest level after hardening first, then those that miss most. */
export function workloadsView(workloads: readonly PlacedWorkload[]): string {
  if (workloads.length === 0) return '<p>There are no workloads that were judged.</p>\n';
  const sorted = workloads.toSorted((left, right) => badness(right.workload) - badness(left.workload));
  const rest = sorted.slice(OPEN);
  const folded =
    rest.length === 0 ? '' : `<details><summary>${rest.length} more</summary>${table(rest, 'The other workloads')}</details>\n`;
  return table(sorted.slice(0, OPEN), 'Workloads, the worst first') + folded;
}

function badness({ before, after }: WorkloadResult): number {
  const one = ({ level, unmet }: Standing): number => LEVELS.indexOf(level) * 100 + unmet.length;
  return one(after) * 1000 + one(before);
}

function table(workloads: readonly PlacedWorkload[], caption: string): string {
  return `<table class="workloads"><caption>${caption}</caption>
<thead><tr><th scope="col">Workload</th><th scope="col">Now</th><th scope="col">Hardened</th><th scope="col">Still not met</th></tr></thead>
<tbody>\n${workloads.map(row).join('\n')}\n</tbody></table>\n`;
}

function row({ workload: { object, line, before, after }, path, section }: PlacedWorkload): string {
  const name = `${escaped(`${object.kind} ${object.name}`.trimEnd())}${object.namespace === undefined ? '' : ` <span class="quiet">in ${escaped(object.namespace)}</span>`}`;
  const place = code(`${path}:${line}`);
  const linked = section === undefined ? place : `<a href="#${section}">${place}</a>`;
  const unmet = after.unmet.map((control) => code(control.replace(/^.*\//, ''))).join(', ');
  return `<tr><th scope="row">${name}<br>${linked}</th>${cell('Now', level(before))}${cell('Hardened', level(after))}${cell('Still not met', unmet || 'nothing')}</tr>`;
}

function level({ level: name }: Standing): string {
  return `<span class="level ${name}">${name}</span>`;
}

/** A cell with the words of its column, which narrow pages show beside it. */
function cell(column: string, content: string): string {
  return `<td data-column-title="${column}">${content}</td>`;
}
