/** The fuzzer: breaks manifests and sees whether kharden keeps its promises. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { Examiner } from './examiner.ts';
import { minimize } from './minimize.ts';
import { FIXTURES, manifestsIn, mutantsOf, type Mutant } from './mutants.ts';
import { linesOf } from './mutate.ts';

export interface FuzzOptions {
  /** Manifests to break; the project's own fixtures by default. */
  readonly folder?: string;
  /** When to stop, on the clock of `performance.now()`. */
  readonly deadline: number;
  readonly seed: number;
  /** How many mutants at most. */
  readonly count?: number;
  /** How many milliseconds one mutant may take. */
  readonly limit?: number;
}

export interface FuzzOutcome {
  readonly passed: number;
  readonly failed: number;
}

const MINIMIZE_FOR = 60_000;

/** Examines mutants until the deadline; a faulty one is printed, made as small as possible, with the file that holds it. */
export async function run({
  folder = FIXTURES,
  deadline,
  seed,
  count = Infinity,
  limit = 10_000,
}: FuzzOptions): Promise<FuzzOutcome> {
  const examiner = new Examiner(limit);
  const known = new Set<string>();
  let number = 0;
  let failed = 0;
  for (const mutant of mutantsOf(manifestsIn(folder), seed)) {
    if (number >= count || performance.now() >= deadline) break;
    number++;
    const complaint = await examiner.examine(mutant);
    if (complaint === undefined) continue;
    failed++;
    const kind = kindOf(complaint);
    if (!known.has(kind)) show(await smallest(mutant, kind, examiner), complaint, `seed ${seed}, mutant ${number}`);
    known.add(kind);
  }
  await examiner.close();
  return { passed: number - failed, failed };
}

/** Complaints that are alike but for places and numbers. */
function kindOf(complaint: string): string {
  return complaint.replace(/\d+/g, '0').slice(0, 60);
}

async function smallest(mutant: Mutant, kind: string, examiner: Examiner): Promise<Mutant> {
  const mutantOf = (lines: readonly string[]): Mutant => ({ ...mutant, bytes: Buffer.from(lines.join(''), 'latin1') });
  const lines = linesOf(Buffer.from(mutant.bytes).toString('latin1'));
  const fits = async (some: readonly string[]): Promise<boolean> =>
    kindOf((await examiner.examine(mutantOf(some))) ?? '') === kind;
  return mutantOf(await minimize(lines, fits, performance.now() + MINIMIZE_FOR));
}

function show({ path, bytes, options }: Mutant, complaint: string, origin: string): void {
  const file = join(mkdtempSync(join(tmpdir(), 'kharden-fuzz-')), `input${extname(path)}`);
  writeFileSync(file, bytes);
  console.log(`FAILED ${origin}, of ${path}: ${complaint}\n  ${file} with ${JSON.stringify(options)}`);
  for (const line of linesOf(Buffer.from(bytes).toString('latin1')).slice(0, 60)) console.log(`  ${JSON.stringify(line)}`);
}
