/**
 * Tests that find more the longer they run: `npm run test:soak -- [--minutes 30] [--seed 1] [FOLDER]`. Each part gets an equal
 * share of the time; FOLDER holds the manifests that are broken, by default the project's own.
 */
import { parseArgs } from 'node:util';
import { fuzzer } from './fuzz/soak.ts';
import { properties } from './properties/soak.ts';

/** One line of the report; `failure` holds the smallest counterexample. */
export interface SoakResult {
  readonly name: string;
  readonly cases: number;
  readonly failure: string | undefined;
}

/** A test without an end. */
export interface SoakPart {
  readonly name: string;
  /** Runs until `performance.now()` reaches the deadline, or until it fails. */
  run(deadline: number, seed: number, folder: string | undefined): readonly SoakResult[] | Promise<readonly SoakResult[]>;
}

const PARTS: readonly SoakPart[] = [properties, fuzzer];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { minutes: { type: 'string', default: '3' }, seed: { type: 'string' } },
});
const minutes = Number(values.minutes);
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
if (!(minutes > 0) || !Number.isInteger(seed)) {
  console.error('usage: npm run test:soak -- [--minutes N] [--seed N] [FOLDER]');
  process.exit(2);
}

console.log(`${minutes} minutes, --seed ${seed}`);
const results: SoakResult[] = [];
for (const [index, part] of PARTS.entries()) {
  const share = (minutes * 60_000) / PARTS.length;
  const started = performance.now();
  const found = await part.run(started + share, seed + index, positionals[0]);
  for (const { name, cases, failure } of found) {
    console.log(`${String(cases).padStart(9)}  ${part.name}: ${name}`);
    if (failure !== undefined) console.log(`FAILED ${failure}`);
  }
  results.push(...found);
}
const failed = results.filter(({ failure }) => failure !== undefined).length;
console.log(`${results.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 && results.length > 0 ? 0 : 1;
