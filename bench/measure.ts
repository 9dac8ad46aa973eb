/** Times of things that are compared: all of them in turns, so that a busy moment hits each alike; medians of several rounds. */

export interface Case {
  /** Runs before each measured run, unmeasured. */
  readonly prepare?: () => void;
  readonly run: () => void;
}

/** Milliseconds by name of the case: the medians of `rounds` rounds after one that only warms up. */
export function measure<Name extends string>(rounds: number, cases: Readonly<Record<Name, Case>>): Record<Name, number> {
  const names = Object.keys(cases) as Name[];
  const times = new Map<Name, number[]>(names.map((name) => [name, []]));
  for (let round = 0; round <= rounds; round++) {
    for (const name of names) {
      const { prepare, run } = cases[name];
      prepare?.();
      const start = performance.now();
      run();
      if (round > 0) times.get(name)?.push(performance.now() - start);
    }
  }
  return Object.fromEntries(names.map((name) => [name, median(times.get(name) ?? [])])) as Record<Name, number>;
}

function median(values: readonly number[]): number {
  return [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)] ?? Number.NaN;
}
