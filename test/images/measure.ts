/**
 * Prints how much of what manifests run the image knowledge covers, and which images are missing: `npm run images:coverage -- PATH…`.
 * A path is a folder of manifests, or a table of images (`image<TAB>…<TAB>uses`, the first line being a title).
 */
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isParsed, parseYaml, splitStream } from '../../src/yaml/index.ts';
import { readWorkloads, valuesIn } from '../objects.ts';
import { coverageOf, FLOOR, imagesOf, judge, type Use, type Verdict } from './coverage.ts';

function imagesOfPath(path: string): string[] {
  return path.endsWith('.tsv') ? imagesInTable(readFileSync(path, 'utf8')) : imagesBelow(path);
}

function imagesBelow(path: string): string[] {
  if (statSync(path).isDirectory()) return readdirSync(path).flatMap((name) => imagesBelow(join(path, name)));
  return /\.(?:ya?ml|json)$/.test(path) ? imagesInManifests(readFileSync(path, 'utf8')) : [];
}

function imagesInTable(text: string): string[] {
  const rows = text.trim().split('\n').slice(1);
  return rows.flatMap((row) => {
    const [image = '', ...cells] = row.split('\t');
    return Array<string>(Number(cells.at(-1))).fill(image);
  });
}

function imagesInManifests(text: string): string[] {
  return splitStream(text).flatMap(({ start, end }) => {
    const parsed = parseYaml(text.slice(start, end));
    return isParsed(parsed) ? valuesIn(parsed.value).flatMap((object) => readWorkloads(object).flatMap(imagesOf)) : [];
  });
}

function print(uses: readonly Use[]): void {
  const { counts, share } = coverageOf(uses);
  const rows = new Map<string, number>();
  for (const { image, verdict, why } of uses) {
    const row = `${verdict}\t${image.replace(/[:@][^/]*$/, '')}\t${why}`;
    rows.set(row, (rows.get(row) ?? 0) + 1);
  }
  const shown: readonly Verdict[] = ['unknown', 'unread', 'private', 'placeholder'];
  for (const verdict of shown) {
    const found = [...rows].filter(([row]) => row.startsWith(`${verdict}\t`)).sort(([, left], [, right]) => right - left);
    for (const [row, number] of found) console.log(`${String(number).padStart(5)}  ${row.replaceAll('\t', '  ')}`);
  }
  console.log(
    Object.entries(counts)
      .map(([verdict, number]) => `${number} ${verdict}`)
      .join(', '),
  );
  console.log(`${(100 * share).toFixed(1)} % of the uses that can be known are known; the floor is ${100 * FLOOR} %`);
  process.exitCode = share >= FLOOR ? 0 : 1;
}

const paths = process.argv.slice(2);
if (paths.length === 0) {
  console.error('usage: npm run images:coverage -- PATH…');
  process.exit(2);
}
print(paths.flatMap(imagesOfPath).map(judge));
