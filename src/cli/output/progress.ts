/** A bar on stderr for runs that take long, on a terminal only; it is gone before anything else is printed. */

/** How long a run takes before the bar appears, and how often it moves, in milliseconds. */
const APPEARS_AFTER = 700;
const MOVES_EVERY = 100;
const LENGTH = 30;

/** Shows how far a run is. */
export interface Progress {
  /** @param share what is done, from 0 to 1 */
  show(share: number): void;
  /** Takes the bar away. */
  end(): void;
}

/** The progress of a run; shows nothing when stderr is no terminal or when only errors are wanted. */
export function startProgress(isQuiet: boolean, now: () => number = Date.now): Progress {
  const { stderr } = process;
  if (isQuiet || stderr.isTTY !== true || process.env['TERM'] === 'dumb') return { show() {}, end() {} };
  let next = now() + APPEARS_AFTER;
  let isShown = false;
  return {
    show(share) {
      if (now() < next) return;
      next = now() + MOVES_EVERY;
      isShown = true;
      const done = Math.round(share * LENGTH);
      stderr.write(`\r[${'#'.repeat(done)}${'.'.repeat(LENGTH - done)}] ${String(Math.floor(share * 100)).padStart(3)} %`);
    },
    end() {
      if (isShown) stderr.write('\r\u001B[K');
      isShown = false;
    },
  };
}
