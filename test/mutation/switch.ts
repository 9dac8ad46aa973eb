/** The switch of the mutants; it is set before the build with the mutants is loaded. */
export interface Switch {
  /** The number of the mutant that is on; -1 for none. */
  active: number;
  /** Counts the questions, and ends a loop that a mutant made endless. */
  steps: number;
  mostSteps: number;
  /** 1 for each mutant whose place was reached. */
  readonly reached: Uint8Array;
}

const settings = (globalThis as unknown as { mutation: Switch }).mutation;

/** Each place of a mutant asks this: is it mine that is on? */
export function $(id: number): boolean {
  settings.reached[id] = 1;
  if (++settings.steps > settings.mostSteps) throw new Error('the mutant does not come to an end');
  return id === settings.active;
}
