/**
 * Kills a run while its pods are up, by SIGKILL and by SIGTERM, and looks what is left on the machine: `npm run test:node:kill -- [CACHE]`.
 * Needs a cache that a run has filled.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { leftovers } from './leftovers.ts';
import { missingOnMachine } from './machine.ts';

const CASE = 'postgres-stateful';
const START_SECONDS = 300;
const PODS_SECONDS = 8;
const END_SECONDS = 20;

const cache = resolve(process.argv[2] ?? join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'kharden-node'));
const missing = await missingOnMachine(cache);
if (!existsSync(join(cache, 'archive.identity'))) missing.push(`no run has filled ${cache}`);
if (missing.length > 0) {
  console.log(`skipped: ${missing.join('; ')}\n0 passed, 0 failed`);
  process.exit(0);
}

let failed = 0;
for (const signal of ['SIGKILL', 'SIGTERM'] as const) {
  const left = await killRun(signal);
  for (const what of left) console.log(`FAILED ${signal} leaves ${what}`);
  if (left.length > 0) failed++;
}
console.log(`${2 - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

/** Starts a run, kills it when its pods are up, and waits for what is left to go. */
async function killRun(signal: NodeJS.Signals): Promise<string[]> {
  const path = fileURLToPath(new URL('run.ts', import.meta.url));
  const run = spawn(process.execPath, ['--import', 'tsx', path, '--cache', cache, CASE], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const isReady = await new Promise<boolean>((done) => {
    run.stdout.on('data', (part) => String(part).includes('the node is ready') && done(true));
    run.on('exit', () => done(false));
    setTimeout(() => done(false), START_SECONDS * 1000).unref();
  });
  if (!isReady) {
    run.kill('SIGKILL');
    return ['no node that came up'];
  }
  await sleep(PODS_SECONDS * 1000);
  if (leftovers(cache).length === 0) return ['nothing of a node that was up, so the test sees nothing'];
  const killed = Date.now();
  run.kill(signal);
  for (const end = killed + END_SECONDS * 1000; Date.now() < end && leftovers(cache).length > 0; await sleep(100));
  console.log(`${signal}: the node is gone after ${((Date.now() - killed) / 1000).toFixed(1)} s`);
  return leftovers(cache);
}
