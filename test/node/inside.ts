/**
 * Runs in the namespaces of the node: starts it, runs the cases and writes what came out, a line of JSON for each form:
 *
 *     node --import tsx test/node/inside.ts CACHE RUN RESULTS [WORD...]
 */
import { appendFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { formsOf, manifestOf, readCases, type Case, type Manifest } from './case.ts';
import { serveNames } from './cluster/dns.ts';
import { startNode } from './cluster/parts.ts';
import { watchPods } from './cluster/pods.ts';
import { partEnvironment } from './cluster/settings.ts';
import { provideVolumes } from './cluster/volumes.ts';
import type { Form } from './form.ts';
import { runTrial, type Outcome } from './trial.ts';

/** What came out of a case in a form. */
export interface Ran {
  readonly name: string;
  readonly form: Form;
  /** Undefined when the case could not be made. */
  readonly manifest?: Manifest;
  readonly outcome: Outcome;
}

/** More trials that begin at once would wait for each other. One that waits for long, most of all for what must not come, makes room. */
const AT_ONCE = 12;
const BEGINNING_SECONDS = 20;
const MOST_AT_ONCE = 32;

const [cache = '', run = '', results = '', ...words] = process.argv.slice(2);
const places = { cache, run };
Object.assign(process.env, partEnvironment(places), { KUBECONFIG: join(run, 'kubeconfig'), HOME: run });
mkdirSync(run, { recursive: true });

const started = Date.now();
const tell = (line: string): void => console.log(`${String(Math.round((Date.now() - started) / 1000)).padStart(5)} s  ${line}`);
const identity = readFileSync(join(cache, 'archive.identity'), 'utf8');
await startNode(places, { folder: join(cache, 'archive'), identity });
tell('the node is ready');
void watchPods();
void provideVolumes(run);
serveNames();

// What must not work takes longest, as it is waited for, and comes first.
const waiting = readCases(words)
  .flatMap((subject) => formsOf(subject).map((form) => ({ subject, form })))
  .sort((left, right) => Number(isFutile(right)) - Number(isFutile(left)));
const running = new Set<Promise<void>>();
await Promise.all(Array.from({ length: AT_ONCE }, worker));
await Promise.all(running);
process.exit(0);

function isFutile({ subject, form }: { subject: Case; form: Form }): boolean {
  return subject.group === 'controls' || (subject.breaks.length > 0 && form === 'tried');
}

async function worker(): Promise<void> {
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const trial = runForm(next.subject, next.form).finally(() => running.delete(trial));
    running.add(trial);
    await Promise.race([trial, sleep(BEGINNING_SECONDS * 1000)]);
    while (running.size >= MOST_AT_ONCE) await Promise.race(running);
  }
}

async function runForm(subject: Case, form: Form): Promise<void> {
  const ran = await ranAs(subject, form);
  appendFileSync(results, `${JSON.stringify(ran)}\n`);
  tell(`${subject.name} ${form}: ${ran.outcome.state}, ${ran.outcome.seconds} s`);
}

async function ranAs(subject: Case, form: Form): Promise<Ran> {
  const { name } = subject;
  let manifest: Manifest | undefined;
  try {
    manifest = await manifestOf(subject, form, cache);
    return { name, form, manifest, outcome: await runTrial(subject, form, manifest) };
  } catch (error) {
    const detail = error instanceof Error ? (error.stack ?? '') : String(error);
    return { name, form, ...(manifest && { manifest }), outcome: { state: 'not up', seconds: 0, detail, warnings: [] } };
  }
}
