/** Worker threads that run tests with mutants; one that hangs or dies is replaced. */
import { Worker } from 'node:worker_threads';
import { folder } from './bundle.ts';
import type { Loaded, Profile, Task, Verdict } from './worker.ts';

/** The steps of a test are limited already; this is for a mutant that hangs where no mutant is asked for. */
const MOST_MILLISECONDS = 60_000;
/** Each task loads its own copy of the program, which stays in memory. */
const MOST_TASKS = 150;

/** What tests print about a mutant is not shown. */
function start(mutants: number, part = 0, parts = 1): Worker {
  const worker = new Worker(`${folder}/worker.js`, {
    workerData: { mutants, part, parts },
    resourceLimits: { maxOldGenerationSizeMb: 2048 },
    stdout: true,
    stderr: true,
  });
  worker.stdout.resume();
  worker.stderr.resume();
  return worker;
}

/** What each test takes and reaches when no mutant is on. */
export async function profileTests(mutants: number, parts: number): Promise<{ loaded: Loaded; profiles: Profile[] }> {
  const profiles: Profile[] = [];
  const loads: Loaded[] = [];
  const run = (part: number): Promise<void> =>
    new Promise((resolve, reject) => {
      const worker = start(mutants, part, parts);
      worker.on('error', reject);
      worker.on('message', (message: Profile | Loaded | 'done') => {
        if (message === 'done') resolve(worker.terminate().then(() => undefined));
        else if ('names' in message) loads.push(message);
        else profiles.push(message);
      });
      worker.postMessage('profile');
    });
  await Promise.all(Array.from({ length: parts }, (_, part) => run(part)));
  const [loaded] = loads;
  if (!loaded) throw new Error('no test was loaded');
  return { loaded, profiles };
}

/** Runs tasks one after the other in one worker at a time until `next` has no more. */
export async function runTasks(mutants: number, next: () => Task | undefined, done: (verdict: Verdict) => void): Promise<void> {
  for (let task = next(); task; ) {
    const worker = start(mutants);
    for (let tasks = 0; task && tasks < MOST_TASKS; tasks++, task = next()) {
      const verdict = await ask(worker, task);
      done(verdict ?? { mutant: task.mutant, killer: -1 });
      if (!verdict) {
        task = next();
        break;
      }
    }
    await worker.terminate();
  }
}

/** The verdict on a mutant, undefined when its worker died or took too long. */
function ask(worker: Worker, task: Task): Promise<Verdict | undefined> {
  return new Promise((resolve) => {
    const finish = (verdict?: Verdict): void => {
      clearTimeout(timer);
      worker.off('message', finish).off('error', die).off('exit', die);
      resolve(verdict);
    };
    const die = (): void => finish();
    const timer = setTimeout(die, MOST_MILLISECONDS);
    worker.on('message', finish).on('error', die).on('exit', die);
    worker.postMessage(task);
  });
}
