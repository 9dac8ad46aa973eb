/** The worker of the playground, from the side of the page. */
import type { Outcome, Task } from './work.ts';

/** What hardens while the page answers. */
export interface Work {
  /** Begins a task, in place of the one that may still go on. */
  begin(task: Task): void;
  /** Gives up the task that goes on: its outcome does not come any more. */
  stop(): void;
}

/**
 * Sets up a worker that runs the script of the page.
 *
 * @param script the text of the script
 * @param show called with the outcome of a task, or with what is wrong
 */
export function setUpWork(script: string, show: (outcome: Outcome | Error) => void): Work {
  const address = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
  let worker: Worker | undefined;
  let isBusy = false;
  const start = (): Worker => {
    const started = new Worker(address);
    const end = (outcome: Outcome | Error): void => {
      if (worker !== started) return;
      isBusy = false;
      show(outcome);
    };
    started.addEventListener('message', ({ data }: MessageEvent<Outcome | Error>) => end(data));
    started.addEventListener('error', ({ message }) => {
      end(new Error(`This was not hardened, because ${message || 'the browser lets the page start no worker'}.`));
      worker = undefined;
    });
    return started;
  };
  const stop = (): void => {
    if (!isBusy) return;
    worker?.terminate();
    worker = undefined;
    isBusy = false;
  };
  return {
    begin(task) {
      stop();
      worker ??= start();
      isBusy = true;
      worker.postMessage(task);
    },
    stop,
  };
}
