/**
 * Choices of presentation. They are read from a tape of numbers that fast-check generates and shrinks: a 0 is the plainest
 * choice, so that a counterexample loses everything unusual that it does not need. Each question has a name, by which it finds
 * its number: what is cut elsewhere does not change the answer.
 */
import fc from 'fast-check';

const TAPE_LENGTH = 48;

/** A tape; about every other number is 0. */
export const tape: fc.Arbitrary<readonly number[]> = fc.array(fc.oneof(fc.constant(0), fc.nat(0xffff)), {
  minLength: TAPE_LENGTH,
  maxLength: TAPE_LENGTH,
});

export class Choices {
  readonly #tape: readonly number[];
  readonly #name: string;

  constructor(numbers: readonly number[], name = '') {
    this.#tape = numbers;
    this.#name = name;
  }

  /** The same tape for another text, which answers differently. */
  named(name: string): Choices {
    return new Choices(this.#tape, name);
  }

  /** A number from 0 up to `count`, exclusive; 0 is the plainest. */
  pick(question: string, count: number): number {
    const name = this.#name + question;
    const number = this.#tape[mixed(0x811c9dc5, name) % this.#tape.length] ?? 0;
    return number === 0 ? 0 : mixed(number, name) % count;
  }

  /** True in about `percent` of all cases where the tape says anything. */
  chance(question: string, percent: number): boolean {
    const hundredth = this.pick(question, 100);
    return hundredth > 0 && hundredth <= percent;
  }

  /** One of the options; the first is the plainest. */
  of<T>(question: string, options: readonly [T, ...T[]]): T {
    return options[this.pick(question, options.length)] ?? options[0];
  }
}

/** FNV-1a over a text, with a last mix so that neighbouring numbers answer differently. */
function mixed(start: number, text: string): number {
  let hash = Math.imul(start ^ (start >>> 7), 0x9e3779b1) >>> 0;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193) >>> 0;
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b) >>> 0;
  return (hash ^ (hash >>> 13)) >>> 0;
}
