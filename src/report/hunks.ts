/** From text edits to the hunks of a unified diff. The edits are known exactly, so no search for common lines is needed. */
import type { TextEdit } from '../index.ts';

/** A hunk as the `diff` package takes it: lines with their signs, counted from 1. */
export interface Hunk {
  readonly oldStart: number;
  readonly oldLines: number;
  readonly newStart: number;
  readonly newLines: number;
  readonly lines: string[];
}

/** Whole lines that change; `to` is exclusive, both count from 0. */
interface LineChange {
  readonly from: number;
  readonly to: number;
  readonly lines: readonly string[];
}

const CONTEXT = 3;

/** The hunks of `edits`, which are sorted and do not overlap, with `context` lines around each. */
export function hunksOf(text: string, edits: readonly TextEdit[], context = CONTEXT): Hunk[] {
  const lines = linesOf(text);
  const groups: LineChange[][] = [];
  for (const change of lineChanges(text, lines, edits)) {
    const last = groups.at(-1);
    if (last && change.from - (last.at(-1) as LineChange).to <= 2 * context) last.push(change);
    else groups.push([change]);
  }
  let shift = 0;
  return groups.map((group) => {
    const hunk = toHunk(lines, group, { shift, context });
    shift += hunk.newLines - hunk.oldLines;
    return hunk;
  });
}

/** The lines of a text with their line ends. */
function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function lineChanges(text: string, lines: readonly string[], edits: readonly TextEdit[]): LineChange[] {
  const starts = [0];
  for (const line of lines) starts.push((starts.at(-1) as number) + line.length);
  const found: LineChange[] = [];
  // Text that is added after a last line without a line end continues that line.
  const lastLine = text.endsWith('\n') || text === '' ? lines.length : lines.length - 1;
  let line = 0;
  for (let index = 0; index < edits.length; ) {
    const first = edits[index] as TextEdit;
    while (line < lastLine && (starts[line + 1] as number) <= first.start) line++;
    let to = endLine(first, starts, line);
    let printed = text.slice(starts[line], first.start) + first.text;
    let offset = first.end;
    for (index++; index < edits.length && (edits[index] as TextEdit).start <= (starts[to] as number); index++) {
      const next = edits[index] as TextEdit;
      printed += text.slice(offset, next.start) + next.text;
      offset = next.end;
      to = endLine(next, starts, to);
    }
    found.push(trimmed(lines, line, to, linesOf(printed + text.slice(offset, starts[to]))));
  }
  return found;
}

/** The line after an edit, at least `from`; whole lines that are inserted before a line do not change it. */
function endLine({ start, end, text }: TextEdit, starts: readonly number[], from: number): number {
  let line = from;
  while (line < starts.length - 1 && (starts[line] as number) < end) line++;
  if (starts[line] !== end) return line;
  const isWholeLines = start === end && text.endsWith('\n');
  return end > start || isWholeLines || line === starts.length - 1 ? line : line + 1;
}

/** Leaves out the lines at both ends that stay the same. */
function trimmed(lines: readonly string[], from: number, to: number, after: readonly string[]): LineChange {
  let head = 0;
  while (from + head < to && head < after.length && lines[from + head] === after[head]) head++;
  let tail = 0;
  while (to - tail > from + head && after.length - tail > head && lines[to - tail - 1] === after[after.length - tail - 1]) tail++;
  return { from: from + head, to: to - tail, lines: after.slice(head, after.length - tail) };
}

function toHunk(
  lines: readonly string[],
  group: readonly LineChange[],
  { shift, context }: { readonly shift: number; readonly context: number },
): Hunk {
  const first = Math.max(0, (group[0] as LineChange).from - context);
  const end = Math.min(lines.length, (group.at(-1) as LineChange).to + context);
  const shown: string[][] = [];
  let at = first;
  let added = 0;
  for (const { from, to, lines: after } of group) {
    shown.push(signed(' ', lines.slice(at, from)), signed('-', lines.slice(from, to)), signed('+', after));
    added += after.length - (to - from);
    at = to;
  }
  shown.push(signed(' ', lines.slice(at, end)));
  const oldLines = end - first;
  return { oldStart: first + 1, oldLines, newStart: first + shift + 1, newLines: oldLines + added, lines: shown.flat() };
}

function signed(sign: string, lines: readonly string[]): string[] {
  return lines.flatMap((line) =>
    line.endsWith('\n') ? [sign + line.slice(0, -1)] : [sign + line, '\\ No newline at end of file'],
  );
}
