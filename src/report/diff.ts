/** Unified diffs that `git apply` and `patch -p1` take. */
import type { FileResult } from '../engine/index.ts';
import { commonLines, type CommonRun } from './common-lines.ts';
import { printableLine, type Paint } from './text.ts';

const CONTEXT = 3;

/** The diff of one file with `a/` and `b/` before its path; the empty text when nothing changes. */
export function fileDiff(file: FileResult): string {
  if (file.input === file.output) return '';
  const before = linesOf(file.input);
  const after = linesOf(file.output);
  const hunks = hunksOf(commonLines(before, after), before.length, after.length);
  return [
    `--- ${headerPath('a', file.path)}\n+++ ${headerPath('b', file.path)}\n`,
    ...hunks.map((hunk) => hunkText(hunk, before, after)),
  ].join('');
}

/** The lines of a text with their line ends. */
function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** Lines that were removed and added between two common runs; the ends are exclusive. */
interface Gap {
  readonly before: number;
  readonly beforeEnd: number;
  readonly after: number;
  readonly afterEnd: number;
}

function gapsBetween(runs: readonly CommonRun[], before: number, after: number): Gap[] {
  const gaps: Gap[] = [];
  let [x, y] = [0, 0];
  for (const run of [...runs, { before, after, length: 0 }]) {
    if (run.before > x || run.after > y) gaps.push({ before: x, beforeEnd: run.before, after: y, afterEnd: run.after });
    [x, y] = [run.before + run.length, run.after + run.length];
  }
  return gaps;
}

/** Gaps whose context would touch stand in one hunk. */
function hunksOf(runs: readonly CommonRun[], before: number, after: number): Gap[][] {
  const hunks: Gap[][] = [];
  for (const gap of gapsBetween(runs, before, after)) {
    const last = hunks.at(-1);
    if (last && gap.before - (last.at(-1) as Gap).beforeEnd <= 2 * CONTEXT) last.push(gap);
    else hunks.push([gap]);
  }
  return hunks;
}

function hunkText(gaps: readonly Gap[], before: readonly string[], after: readonly string[]): string {
  const [first, last] = [gaps[0] as Gap, gaps.at(-1) as Gap];
  const lead = Math.min(CONTEXT, first.before);
  const beforeEnd = Math.min(last.beforeEnd + CONTEXT, before.length);
  const lines: string[] = [];
  let at = first.before - lead;
  const show = (sign: string, from: readonly string[], start: number, end: number): void => {
    for (let index = start; index < end; index++) lines.push(shownLine(sign, from[index] as string));
  };
  for (const gap of gaps) {
    show(' ', before, at, gap.before);
    show('-', before, gap.before, gap.beforeEnd);
    show('+', after, gap.after, gap.afterEnd);
    at = gap.beforeEnd;
  }
  show(' ', before, at, beforeEnd);
  const old = range(first.before - lead, beforeEnd);
  return `@@ -${old} +${range(first.after - lead, last.afterEnd + beforeEnd - last.beforeEnd)} @@\n${lines.join('')}`;
}

function shownLine(sign: string, line: string): string {
  return line.endsWith('\n') ? `${sign}${line}` : `${sign}${line}\n\\ No newline at end of file\n`;
}

/** `first,count` with lines counted from 1; without lines the one before them. */
function range(start: number, end: number): string {
  const count = end - start;
  return `${count === 0 ? start : start + 1},${count}`;
}

const NAMED: Readonly<Record<string, string>> = { '\n': '\\n', '\t': '\\t', '\r': '\\r', '"': '\\"', '\\': '\\\\' };

/** Git quotes a path that holds control characters, quotes or backslashes like a C string; a tab ends one with spaces. */
function headerPath(side: 'a' | 'b', path: string): string {
  const full = `${side}/${path.replace(/^\/+/, '')}`;
  const quoted = full.replace(/[\u0000-\u001F\u007F-\u009F"\\]/g, (character) => NAMED[character] ?? octal(character));
  if (quoted !== full) return `"${quoted}"`;
  return full.includes(' ') ? `${full}\t` : full;
}

function octal(character: string): string {
  return Array.from(new TextEncoder().encode(character), (byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
}

/** A diff for people: coloured line by line as git does, and without raw control characters. */
export function paintDiff(diff: string, paint: Paint): string {
  const colourOf = (line: string, index: number): ((text: string) => string) | undefined => {
    if (index < 2) return paint.bold;
    if (line.startsWith('@@')) return paint.cyan;
    if (line.startsWith('+')) return paint.green;
    return line.startsWith('-') ? paint.red : undefined;
  };
  return diff
    .split('\n')
    .map((line, index) => (colourOf(line, index) ?? String)(printableLine(line)))
    .join('\n');
}
