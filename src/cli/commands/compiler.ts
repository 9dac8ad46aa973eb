/** How eagerly V8 optimizes the program. */

/** What is worth it: with less, V8 optimizes next to nothing. */
const MUCH = 10_000;
/** In bytes of bytecode that a function runs through. */
const BUDGET = '--interrupt-budget=1000000';
/** V8's own default in Node 20. */
const DEFAULT_BUDGET = '--interrupt-budget=67584';

let isExpected = false;

/**
 * Makes V8 optimize later, before a run on so many bytes. Before Node 22 it has one optimizing compiler, a slow one: it took a
 * quarter of the CPU of a run. Not from the start: with another flag V8 refuses the code of Node itself that it has in store.
 */
export async function expectWork(bytes: number): Promise<void> {
  if (isExpected || bytes < MUCH || Number(process.versions.node.split('.')[0]) >= 22) return;
  isExpected = true;
  const { setFlagsFromString } = await import('node:v8');
  setFlagsFromString(BUDGET);
  // Before bin/load.js keeps the compiled code: V8 refuses what it compiled with other flags.
  process.prependOnceListener('exit', () => setFlagsFromString(DEFAULT_BUDGET));
}
