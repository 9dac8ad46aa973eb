/** Answers each mutant with what is wrong about it, in a thread of its own: one that hangs can be ended. */
import { parentPort } from 'node:worker_threads';
import { complaintAbout } from './complaint.ts';
import type { Mutant } from './mutants.ts';

parentPort?.on('message', ({ path, bytes, options }: Mutant) =>
  parentPort?.postMessage({ complaint: complaintAbout(path, bytes, options) }),
);
parentPort?.postMessage('ready');
