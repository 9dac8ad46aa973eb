/**
 * The one door to uvu. uvu exits 0 when a suite was never run, when a hook threw or when `.only` was left in, so this
 * file counts what was declared against what ran, offers no `.only` and no hooks, and compares bytes, never dedented text.
 */
(globalThis as { UVU_DEFER?: number }).UVU_DEFER = 1;
const { suite: uvuSuite, exec } = await import('uvu');

export type Test = (name: string, body: () => void | Promise<void>) => void;

let declared = 0;
let passed = 0;
let skipped = 0;
let isMeasured = false;
/** CPU time of each suite in milliseconds, the worker threads of this process included. */
const costs = new Map<string, number>();

/** Declares a suite: `define` is called at once and registers the tests with the function it is given. */
export function suite(name: string, define: (test: Test) => void): void {
  const inner = uvuSuite(name);
  define((title, body) => {
    declared++;
    inner(title, () =>
      measured(name, async () => {
        await body();
        passed++;
      }),
    );
  });
  inner.run();
}

/** Says that a suite cannot run here, and what it lacks: it counts as skipped, neither as passed nor as failed. */
export function skipSuite(name: string, missing: string): void {
  skipped++;
  console.log(`skipped: ${name}: ${missing}`);
}

/** Keeps account of the CPU time from now on: to ask for it takes as long as many a test. */
export function measureCosts(): void {
  isMeasured = true;
}

/** Runs a function and adds the CPU time that it takes to the account of `name`, if there is one. */
export async function measured(name: string, run: () => unknown): Promise<void> {
  if (!isMeasured) {
    await run();
    return;
  }
  const before = process.cpuUsage();
  try {
    await run();
  } finally {
    const { user, system } = process.cpuUsage(before);
    costs.set(name, (costs.get(name) ?? 0) + (user + system) / 1000);
  }
}

/** One line for each account, the dearest first: its CPU time in milliseconds, rounded, and its name. */
export function costLines(): string[] {
  const sorted = [...costs].sort(([, left], [, right]) => right - left);
  return sorted.map(([name, milliseconds]) => `${String(Math.round(milliseconds)).padStart(7)} ms  ${name}`);
}

/** How many tests and skipped suites have been declared so far: a test file that adds none is an error of the runner. */
export function declaredTests(): number {
  return declared + skipped;
}

/** Opens uvu's queue: call once, before the first suite. */
export function openQueue(): void {
  (globalThis as { UVU_QUEUE?: unknown[][] }).UVU_QUEUE = [[null]];
}

/** Runs every declared test, prints what was skipped and `N passed, N failed`, and sets the exit code. */
export async function runAll(): Promise<void> {
  await exec(false);
  const failed = declared - passed;
  if (skipped > 0) console.log(`${skipped} skipped`);
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
}

export * as assert from './assert.ts';
