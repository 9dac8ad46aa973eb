/** What would change in short: the paths of the files, or how many lines of each. */
import type { FileResult } from '../../index.ts';
import type { FormatContext } from '../format.ts';
import { hunksOf } from '../hunks.ts';
import type { RunResult } from '../result.ts';
import { plural, printable, type Paint } from '../text.ts';
import { columnsOf } from './wrap.ts';

/** The path of each file that differs, one a line. */
export function listDifferent({ files }: RunResult): string[] {
  return files.filter(({ edits }) => edits.length > 0).map(({ path }) => `${printable(path)}\n`);
}

interface Count {
  readonly path: string;
  readonly added: number;
  readonly removed: number;
}

/** How many lines of each file differ, as `git diff --stat` shows it. */
export function statLines({ files }: RunResult, { paint, width }: Pick<FormatContext, 'paint' | 'width'>): string[] {
  const counts = files.filter(({ edits }) => edits.length > 0).map(countOf);
  if (counts.length === 0) return [];
  const most = counts.reduce((highest, { added, removed }) => Math.max(highest, added + removed), 0);
  const digits = String(most).length;
  const longest = counts.reduce((widest, { path }) => Math.max(widest, columnsOf(path)), 0);
  const room = Math.max(SHORTEST, width - longest - digits - 5);
  const lines = counts.map(({ path, added, removed }) => {
    const name = path + ' '.repeat(longest - columnsOf(path));
    const number = String(added + removed).padStart(digits);
    return ` ${name} | ${number} ${graph(added, removed, Math.min(1, room / most), paint)}\n`;
  });
  const sum = (count: (one: Count) => number): number => counts.reduce((total, one) => total + count(one), 0);
  const total = [
    plural(counts.length, 'file'),
    `${plural(
      sum(({ added }) => added),
      'line',
    )} added`,
    `${sum(({ removed }) => removed)} removed`,
  ];
  return [...lines, ` ${total.join(', ')}\n`];
}

const SHORTEST = 10;

function countOf({ path, input, edits }: FileResult): Count {
  const lines = hunksOf(input, edits).flatMap((hunk) => hunk.lines);
  const count = (sign: string): number => lines.filter((line) => line.startsWith(sign)).length;
  return { path: printable(path), added: count('+'), removed: count('-') };
}

/** Signs in the proportion of the lines; at least one where there is a line. */
function graph(added: number, removed: number, scale: number, paint: Paint | undefined): string {
  const signs = (sign: string, count: number): string => sign.repeat(Math.min(count, Math.ceil(count * scale)));
  const [plus, minus] = [signs('+', added), signs('-', removed)];
  return paint ? paint.green(plus) + (minus === '' ? '' : paint.red(minus)) : plus + minus;
}
