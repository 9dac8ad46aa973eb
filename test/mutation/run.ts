/**
 * Mutation testing: changes the sources from the patches to the engine in thousands of small ways, one at a time, and counts
 * how many of the changes a test or the type checker notices. `npm run test:mutation [-- --sample N] [--workers N] [FILE…]`.
 */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { allMutants, bundle, type NumberedMutant } from './bundle.ts';
import { Plan } from './plan.ts';
import { profileTests, runTasks } from './pool.ts';
import { folderOf, percent, sharesOf, tableOf, type Outcome } from './report.ts';
import { sampleOf, shuffled } from './sample.ts';
import { refusedByTypes } from './types.ts';

const LEAST_PERCENT = 85;
/** The aim less 2.5 standard errors of 300 mutants: a sample can miss the aim by so much, and still be of sources that reach it. */
const LEAST_PERCENT_OF_SAMPLE = 79;
const NO_MUTANT = -1;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { sample: { type: 'string' }, workers: { type: 'string' } },
});
const workers = Number(values.workers ?? availableParallelism());

const all = allMutants();
const named = all.filter(({ file }) => positionals.length === 0 || positionals.some((part) => file.includes(part)));
const mutants = values.sample === undefined ? named : sampleOf(named, Number(values.sample), folderOf);
if (mutants.length === 0) throw new Error('there is nothing to mutate');

await bundle(all);
const { loaded, profiles } = await profileTests(all.length, workers);
const failed = profiles.filter(({ error }) => error !== undefined);
for (const { index, error } of failed) console.error(`${loaded.names[index]}: ${error}`);
if (failed.length > 0) throw new Error('tests fail without any mutant');

const plan = new Plan(all, loaded, profiles);
const killers = new Set<number>();
const outcomes = await judgeAll();
for (const { id } of refusedByTypes(mutants.filter(({ id }) => outcomes.get(id) !== 'killed'))) outcomes.set(id, 'killed');
const killed = [...outcomes.values()].filter((outcome) => outcome === 'killed').length;
for (const mutant of mutants) {
  const outcome = outcomes.get(mutant.id);
  if (outcome !== 'killed') console.log(`${outcome}: ${mutant.line}`);
}
await checkKillers();
const score = percent(killed, mutants.length);
const isEnough = score >= (values.sample === undefined ? LEAST_PERCENT : LEAST_PERCENT_OF_SAMPLE);
console.log(`\n${tableOf(mutants, outcomes)}\n`);
for (const [folder, share] of sharesOf(mutants, outcomes)) console.log(`${String(share).padStart(5)} %  ${folder}`);
console.log(`mutants killed: ${killed} of ${mutants.length} (${score} %)`);
if (values.sample !== undefined) console.log(isEnough ? '1 passed, 0 failed' : '0 passed, 1 failed');
process.exitCode = isEnough ? 0 : 1;

async function judgeAll(): Promise<Map<number, Outcome>> {
  const found = new Map<number, Outcome>();
  let killed = 0;
  const queue: NumberedMutant[] = [];
  // In no order of the files, so that the share of the killed is one of all sources from the beginning.
  for (const mutant of shuffled(mutants)) {
    if (plan.isReached(mutant)) queue.push(mutant);
    else found.set(mutant.id, 'not reached');
  }
  const next = () => {
    const mutant = queue.pop();
    return mutant && plan.taskOf(mutant);
  };
  const done = ({ mutant: id, killer }: { mutant: number; killer: number | undefined }): void => {
    const mutant = all[id];
    if (mutant && killer !== undefined) plan.noteKill(mutant, killer);
    if (killer !== undefined && killer >= 0) killers.add(killer);
    found.set(id, killer === undefined ? 'survived' : 'killed');
    if (killer !== undefined) killed++;
    if (process.stderr.isTTY) process.stderr.write(`\r${found.size} of ${mutants.length} `);
    else if (found.size % 500 === 0) console.error(`${found.size} of ${mutants.length}, ${killed} killed by tests`);
  };
  await Promise.all(Array.from({ length: workers }, () => runTasks(all.length, next, done)));
  return found;
}

/** Every test that killed a mutant must still pass without one: files that it reads may have changed during the run. */
async function checkKillers(): Promise<void> {
  const tasks = [{ mutant: NO_MUTANT, tests: [...killers].map((index) => ({ index, mostSteps: Infinity })) }];
  await runTasks(
    all.length,
    () => tasks.pop(),
    ({ killer }) => {
      if (killer !== undefined) throw new Error(`fails without any mutant now: ${loaded.names[killer] ?? 'loading the tests'}`);
    },
  );
}
