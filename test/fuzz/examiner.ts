/** Examines mutants in a thread, so that one that hangs or runs out of memory is found out like any other fault. */
import { build } from 'esbuild';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Mutant } from './mutants.ts';

/** What a thread says about a mutant; after `isGone` it says nothing more. */
interface Answer {
  readonly complaint: string | undefined;
  readonly isGone?: true;
}

export class Examiner {
  readonly #limit: number;
  #worker: Promise<Worker> | undefined;

  /** @param limit how long one mutant may take, in milliseconds */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** What is wrong with the way in which kharden treats a mutant, or undefined. */
  async examine(mutant: Mutant): Promise<string | undefined> {
    const worker = await (this.#worker ??= started());
    const { complaint, isGone } = await new Promise<Answer>((resolve) => {
      const timer = setTimeout(() => answer({ complaint: `takes longer than ${this.#limit} ms`, isGone: true }), this.#limit);
      const answer = (given: Answer): void => {
        clearTimeout(timer);
        resolve(given);
      };
      worker.once('error', (error) => answer({ complaint: `ends the thread: ${String(error)}`, isGone: true }));
      worker.once('message', answer);
      worker.postMessage(mutant);
    });
    worker.removeAllListeners('message').removeAllListeners('error');
    if (isGone) await this.close();
    return complaint;
  }

  async close(): Promise<void> {
    await (await this.#worker)?.terminate();
    this.#worker = undefined;
  }
}

let bundle: Promise<string> | undefined;

/** `worker.ts` with all that it imports: a thread starts from it many times faster than from the sources. */
async function bundled(): Promise<string> {
  const entry = fileURLToPath(new URL('worker.ts', import.meta.url));
  const { outputFiles } = await build({ entryPoints: [entry], bundle: true, platform: 'node', write: false, logLevel: 'silent' });
  return outputFiles[0]?.text ?? '';
}

async function started(): Promise<Worker> {
  const worker = new Worker(await (bundle ??= bundled()), { eval: true });
  await new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject));
  worker.removeAllListeners('error');
  return worker;
}
