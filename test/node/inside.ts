/**
 * Runs in the namespaces of the node: starts it, runs the cases and writes what came out:
 *
 *     node --import tsx test/node/inside.ts CACHE RUN RESULTS [WORD...]
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formsOf, manifestOf, readCases, type Case } from './case.ts';
import { serveNames } from './cluster/dns.ts';
import { startNode } from './cluster/parts.ts';
import { partEnvironment } from './cluster/settings.ts';
import { provideVolumes } from './cluster/volumes.ts';
import type { Form } from './form.ts';
import { runTrial, type Outcome } from './trial.ts';

/** What came out of a case, by form, of those in which it runs. */
export type Outcomes = Partial<Record<Form, Outcome>>;

/** More cases at once than the node has room for would wait for each other. */
const AT_ONCE = 5;

const [cache = '', run = '', results = '', ...words] = process.argv.slice(2);
const places = { cache, run };
Object.assign(process.env, partEnvironment(places), { KUBECONFIG: join(run, 'kubeconfig'), HOME: run });
mkdirSync(run, { recursive: true });

const started = Date.now();
const tell = (line: string): void => console.log(`${String(Math.round((Date.now() - started) / 1000)).padStart(5)} s  ${line}`);
const identity = readFileSync(join(cache, 'archive.identity'), 'utf8');
await startNode(places, { folder: join(cache, 'archive'), identity });
tell('the node is ready');
void provideVolumes(run);
serveNames();

const outcomes: Record<string, Outcomes> = {};
const waiting = readCases(words);
await Promise.all(Array.from({ length: AT_ONCE }, worker));
process.exit(0);

async function worker(): Promise<void> {
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    outcomes[next.name] = await runCase(next);
    writeFileSync(results, JSON.stringify(outcomes, undefined, 1));
  }
}

/** The forms of a case, side by side. */
async function runCase(subject: Case): Promise<Outcomes> {
  const found: Outcomes = {};
  await Promise.all(
    formsOf(subject).map(async (form) => {
      try {
        found[form] = await runTrial(subject, form, manifestOf(subject, form, cache));
      } catch (error) {
        const detail = error instanceof Error ? (error.stack ?? '') : String(error);
        found[form] = { state: 'not up', seconds: 0, detail, warnings: [] };
      }
    }),
  );
  const said = formsOf(subject).flatMap((form) => (found[form] ? [`${form} ${found[form].state} ${found[form].seconds} s`] : []));
  tell(`${subject.name}: ${said.join(', ')}`);
  return found;
}
