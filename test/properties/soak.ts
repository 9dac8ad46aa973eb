/** The properties as a part of the soak: each in turn with new seeds, until the time is over. */
import type { SoakPart } from '../soak.ts';
import { everyFile, everyPod, restricted } from './invariants.ts';
import { tryProperty, type Effort, type Verdict } from './property.ts';
import { printed, spliced } from './splicer.ts';

const SLICE = 5000;

type Trial = (effort: Effort) => Verdict;

const TRIALS: Readonly<Record<string, Trial>> = {
  [printed.name]: (effort) => tryProperty(printed, effort),
  [spliced.name]: (effort) => tryProperty(spliced, effort),
  [everyFile.name]: (effort) => tryProperty(everyFile, effort),
  [everyPod.name]: (effort) => tryProperty(everyPod, effort),
  [restricted.name]: (effort) => tryProperty(restricted, effort),
};

export const properties: SoakPart = {
  name: 'properties',
  run(deadline, seed) {
    const cases = new Map(Object.keys(TRIALS).map((name) => [name, 0]));
    const failures = new Map<string, string>();
    for (let round = 0; performance.now() < deadline && failures.size < cases.size; round++) {
      for (const [name, trial] of Object.entries(TRIALS)) {
        const milliseconds = Math.min(SLICE, deadline - performance.now());
        if (failures.has(name) || milliseconds <= 0) continue;
        const verdict = trial({ seed: seed + round, cases: 1_000_000, milliseconds });
        cases.set(name, (cases.get(name) ?? 0) + verdict.cases);
        if (verdict.failure !== undefined) failures.set(name, verdict.failure);
      }
    }
    return [...cases].map(([name, count]) => ({ name, cases: count, failure: failures.get(name) }));
  },
};
