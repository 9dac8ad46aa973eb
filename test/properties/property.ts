/** A property: inputs, what must hold of each, and how an input is shown. */
import fc from 'fast-check';
import { program, type Subject } from './subject.ts';

export interface Property<T = unknown> {
  readonly name: string;
  readonly inputs: fc.Arbitrary<T>;
  /** Throws when something does not hold. */
  check(input: T, subject: Subject): void;
  /** The input as a person reads it. */
  show(input: T): string;
}

export interface Verdict {
  readonly cases: number;
  /** The smallest counterexample with its reason and how to see it again; undefined when everything held. */
  readonly failure: string | undefined;
}

export interface Effort {
  readonly seed: number;
  readonly cases: number;
  /** Stop after this time. */
  readonly milliseconds?: number;
  /** False when any counterexample will do. */
  readonly shrinks?: boolean;
}

/** Fixed, so that a failure of `npm test` comes again; `SEED` takes another. */
export const SEED = Number(process.env['SEED'] ?? 20240601);

/** Several properties of the same inputs, tried on each. */
export function together<T>(name: string, properties: readonly [Property<T>, ...Property<T>[]]): Property<T> {
  const [{ inputs, show }] = properties;
  return {
    name,
    inputs,
    show,
    check(input, subject) {
      for (const one of properties) {
        try {
          one.check(input, subject);
        } catch (error) {
          throw new Error(`${one.name}: ${error instanceof Error ? error.message : String(error)}`);
        }
      }
    },
  };
}

/** Tries a property on generated inputs and shrinks the first that fails. */
export function tryProperty<T>(property: Property<T>, effort: Effort, subject: Subject = program): Verdict {
  const { seed, cases, milliseconds, shrinks = true } = effort;
  const result = fc.check(
    fc.property(property.inputs, (input) => property.check(input, subject)),
    {
      seed,
      numRuns: cases,
      endOnFailure: !shrinks,
      ...(milliseconds === undefined ? {} : { interruptAfterTimeLimit: milliseconds, markInterruptAsFailure: false }),
    },
  );
  if (!result.failed) return { cases: result.numRuns, failure: undefined };
  const reason = result.errorInstance instanceof Error ? result.errorInstance.message : String(result.errorInstance);
  const [input] = result.counterexample ?? [];
  const shown = input === undefined ? 'no counterexample: too many inputs were left out' : property.show(input);
  return {
    cases: result.numRuns,
    failure: `${property.name}: ${reason}\nSEED=${seed}, after ${result.numShrinks} steps:\n${shown}`,
  };
}
