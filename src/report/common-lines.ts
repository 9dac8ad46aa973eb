/**
 * Which lines two texts have in common, by the algorithm of Myers. It takes the square of the number of differences, far too
 * long for a stream of hundreds of documents; so it starts anew after each long common run, where an edit has ended.
 */

/** A stretch of equal lines: from `before` in the first text, from `after` in the second. */
export interface CommonRun {
  readonly before: number;
  readonly after: number;
  readonly length: number;
}

/** What a search found, and the point up to which it went. */
interface Reached {
  readonly before: number;
  readonly after: number;
  readonly runs: readonly CommonRun[];
}

const LONG_RUN = 12;
/** So many differences end a search too; the next one starts at the farthest point that was reached. */
const MOST_DIFFERENCES = 1000;

/** The common runs of two lists of lines, in order; every line between two of them was removed or added. */
export function commonLines(before: readonly string[], after: readonly string[]): CommonRun[] {
  const numbers = new Map<string, number>();
  const numberOf = (line: string): number => {
    const known = numbers.get(line) ?? numbers.size;
    numbers.set(line, known);
    return known;
  };
  const left = Int32Array.from(before, numberOf);
  const right = Int32Array.from(after, numberOf);
  const runs: CommonRun[] = [];
  for (let x = 0, y = 0; x < left.length && y < right.length; ) {
    const reached = search(left.subarray(x), right.subarray(y));
    for (const run of reached.runs) append(runs, { before: run.before + x, after: run.after + y, length: run.length });
    x += reached.before;
    y += reached.after;
  }
  return runs;
}

function append(runs: CommonRun[], run: CommonRun): void {
  const last = runs.at(-1);
  const isNext = last && last.before + last.length === run.before && last.after + last.length === run.after;
  if (isNext) runs[runs.length - 1] = { ...last, length: last.length + run.length };
  else runs.push(run);
}

/** `rows[d]` holds for every diagonal (x - y) from -d to d how far x gets with d differences. */
function search(left: Int32Array, right: Int32Array): Reached {
  const rows: Int32Array[] = [];
  for (let differences = 0; ; differences++) {
    const row = new Int32Array(2 * differences + 1);
    let farthest = { x: 0, y: 0 };
    for (let diagonal = -differences; diagonal <= differences; diagonal += 2) {
      const start = startOf(rows, differences, diagonal);
      let x = start;
      while (x < left.length && x - diagonal < right.length && left[x] === right[x - diagonal]) x++;
      row[diagonal + differences] = x;
      const y = x - diagonal;
      if (x > left.length || y > right.length) continue;
      const isEnd = x === left.length && y === right.length;
      if (isEnd || x - start >= LONG_RUN) return traceBack([...rows, row], x, y);
      if (x + y > farthest.x + farthest.y) farthest = { x, y };
    }
    rows.push(row);
    if (differences >= MOST_DIFFERENCES) return traceBack(rows, farthest.x, farthest.y);
  }
}

/** Where x starts on a diagonal after one more difference: an added line leads there from above, a removed one from below. */
function startOf(rows: readonly Int32Array[], differences: number, diagonal: number): number {
  if (differences === 0) return 0;
  if (isAdded(rows, differences, diagonal)) return xOn(rows, differences - 1, diagonal + 1);
  return xOn(rows, differences - 1, diagonal - 1) + 1;
}

function isAdded(rows: readonly Int32Array[], differences: number, diagonal: number): boolean {
  if (Math.abs(diagonal) === differences) return diagonal < 0;
  return xOn(rows, differences - 1, diagonal - 1) < xOn(rows, differences - 1, diagonal + 1);
}

function xOn(rows: readonly Int32Array[], differences: number, diagonal: number): number {
  return rows[differences]?.[diagonal + differences] ?? 0;
}

function traceBack(rows: readonly Int32Array[], before: number, after: number): Reached {
  const runs: CommonRun[] = [];
  for (let differences = rows.length - 1, x = before, diagonal = before - after; differences >= 0; differences--) {
    const start = startOf(rows, differences, diagonal);
    if (x > start) runs.unshift({ before: start, after: start - diagonal, length: x - start });
    if (differences === 0) break;
    const added = isAdded(rows, differences, diagonal);
    x = added ? start : start - 1;
    diagonal += added ? 1 : -1;
  }
  return { before, after, runs };
}
