/** Runs tests with one mutant on, or with none to learn how long each test takes and which mutants it reaches. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { Script } from 'node:vm';
import { parentPort, workerData } from 'node:worker_threads';
import type { Declared } from './collect.ts';
import type { Switch } from './switch.ts';

/** `tests` are run in this order until one fails; each as long as its limit of steps allows. */
export interface Task {
  readonly mutant: number;
  readonly tests: readonly { readonly index: number; readonly mostSteps: number }[];
}

/** The first test that failed. */
export interface Verdict {
  readonly mutant: number;
  readonly killer: number | undefined;
}

/** The mutants that are reached before any test runs, and the names of the tests. */
export interface Loaded {
  readonly atLoad: Uint8Array;
  readonly names: readonly string[];
}

export interface Profile {
  readonly index: number;
  /** CPU time, so that a busy machine runs the same tests; that of the process, which all parts share. */
  readonly milliseconds: number;
  readonly steps: number;
  readonly reached: Uint8Array;
  readonly error: string | undefined;
}

const { mutants, part, parts } = workerData as { mutants: number; part: number; parts: number };
const mutation: Switch = { active: -1, steps: 0, mostSteps: Infinity, reached: new Uint8Array(mutants) };
(globalThis as unknown as { mutation: Switch }).mutation = mutation;

const filename = fileURLToPath(new URL('./tests.cjs', import.meta.url));
/** Compiled once: a copy costs no more than to run its top level. */
const script = new Script(`(function (require, module) {${readFileSync(filename, 'utf8')}\n})`, { filename });
const require = createRequire(filename);

/** A fresh copy of the tests and of what they test: nothing that one mutant left behind meets the next one. */
function load(): readonly Declared[] {
  const module = { exports: {} as { tests: readonly Declared[] } };
  (script.runInThisContext() as (require: NodeJS.Require, module: object) => void)(require, module);
  return module.exports.tests;
}

async function judge({ mutant, tests: wanted }: Task): Promise<Verdict> {
  Object.assign(mutation, { active: mutant, steps: 0, mostSteps: Infinity });
  let tests: readonly Declared[];
  try {
    tests = load();
  } catch {
    return { mutant, killer: -1 };
  }
  for (const { index, mostSteps } of wanted) {
    Object.assign(mutation, { steps: 0, mostSteps });
    if ((await errorOf(tests[index])) !== undefined) return { mutant, killer: index };
  }
  return { mutant, killer: undefined };
}

async function errorOf(test: Declared | undefined): Promise<string | undefined> {
  try {
    await test?.body();
    return undefined;
  } catch (error) {
    return String(error);
  }
}

/** Profiles every test whose index leaves `part` when divided by `parts`. */
async function profile(): Promise<void> {
  const tests = load();
  parentPort?.postMessage({ atLoad: mutation.reached.slice(), names: tests.map(({ name }) => name) } satisfies Loaded);
  for (const [index, test] of tests.entries()) {
    if (index % parts !== part) continue;
    mutation.reached.fill(0);
    mutation.steps = 0;
    const before = process.cpuUsage();
    const error = await errorOf(test);
    const { user, system } = process.cpuUsage(before);
    const milliseconds = (user + system) / 1000 / parts;
    const { steps, reached } = mutation;
    parentPort?.postMessage({ index, milliseconds, steps, reached: reached.slice(), error } satisfies Profile);
  }
  parentPort?.postMessage('done');
}

parentPort?.on('message', (task: Task | 'profile') => {
  if (task === 'profile') void profile();
  else void judge(task).then((verdict) => parentPort?.postMessage(verdict));
});
