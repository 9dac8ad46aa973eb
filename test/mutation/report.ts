/** What the run says: figures for each file, and every mutant that survived. */
import type { NumberedMutant } from './bundle.ts';
import type { Mutant } from './mutants.ts';

export type Outcome = 'killed' | 'survived' | 'not reached';

const WIDEST_TEXT = 60;

/** A table with one row for each file. */
export function tableOf(mutants: readonly NumberedMutant[], outcomes: ReadonlyMap<number, Outcome>): string {
  const files = [...new Set(mutants.map(({ file }) => file))];
  const rows = [...files.map((file) => mutants.filter((mutant) => mutant.file === file)), mutants].map((group, index) => {
    const count = (outcome: Outcome): number => group.filter(({ id }) => outcomes.get(id) === outcome).length;
    const killed = count('killed');
    const figures = [group.length, killed, count('survived'), count('not reached'), percent(killed, group.length)];
    return [files[index] ?? 'all', ...figures.map(String)];
  });
  const table = [['file', 'mutants', 'killed', 'survived', 'not reached', 'killed %'], ...rows];
  const widths = table[0]?.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0))) ?? [];
  return table
    .map((row) =>
      row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  '),
    )
    .join('\n');
}

/** The folder that a mutant counts for: `src/yaml`, `src/decisions`, `transforms`. */
export function folderOf({ file }: { readonly file: string }): string {
  return file
    .split('/')
    .slice(0, file.startsWith('src/') ? 2 : 1)
    .join('/');
}

/** How many percent of the mutants of each folder were killed. */
export function sharesOf(mutants: readonly NumberedMutant[], outcomes: ReadonlyMap<number, Outcome>): [string, number][] {
  const folders = [...new Set(mutants.map(folderOf))].sort();
  return folders.map((folder) => {
    const own = mutants.filter((mutant) => folderOf(mutant) === folder);
    return [folder, percent(own.filter(({ id }) => outcomes.get(id) === 'killed').length, own.length)];
  });
}

/** The share in percent, rounded down to one decimal: 84.99 is not 85. */
export function percent(part: number, whole: number): number {
  return whole === 0 ? 100 : Math.floor((1000 * part) / whole) / 10;
}

/** One line for a mutant: `file:line:column  original -> mutated`. */
export function lineOf(source: string, { file, start, end, text, isStatement }: Mutant): string {
  const before = source.slice(0, start).split('\n');
  const place = `${file}:${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
  return `${place}  ${short(source.slice(start, end))} -> ${isStatement || text === '' ? '(nothing)' : short(text)}`;
}

function short(text: string): string {
  const joined = text.replace(/\s+/g, ' ').trim();
  return joined.length > WIDEST_TEXT ? `${joined.slice(0, WIDEST_TEXT - 20)} … ${joined.slice(-17)}` : joined;
}
