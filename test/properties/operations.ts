/** Random RFC 6902 operations that fit a value. */
import fc from 'fast-check';
import { isArray, isObject, type Json } from '../../src/util/json.ts';
import { compareFields } from '../../src/kubernetes/field-order.ts';
import type { Edit, Op } from '../../src/patch/index.ts';
import { formatPointer } from '../../src/patch/pointer.ts';
import type { Subject } from './subject.ts';
import { value } from './values.ts';

/** What to do, before it is known with which value. */
export interface Wish {
  readonly kind: 'add' | 'replace' | 'remove';
  readonly place: number;
  readonly key: string;
  readonly value: Json;
}

export const wishes: fc.Arbitrary<readonly Wish[]> = fc.array(
  fc.record({
    kind: fc.constantFrom('add', 'replace', 'remove'),
    place: fc.nat(1000),
    key: fc.constantFrom('new', 'a', 'b', 'name', 'spec', 'y', 'é 😀', 'with space', '8080'),
    value,
  }),
  { minLength: 1, maxLength: 4 },
);

/** The operations that the wishes come to, without those that disagree with an earlier one, and their edit. */
export function operationsFor(
  root: Json,
  given: readonly Wish[],
  { compose }: Subject,
): { readonly ops: readonly Op[]; readonly edit: Edit | undefined } {
  const places = [...placesIn(root, [])];
  let ops: readonly Op[] = [];
  let edit: Edit | undefined;
  for (const wish of given) {
    const more = [...ops, operation(places[wish.place % places.length] ?? { tokens: [], value: root }, wish)];
    try {
      edit = compose(root, more, compareFields);
      ops = more;
    } catch (error) {
      if (!(error instanceof Error)) throw error;
    }
  }
  return { ops, edit };
}

interface Place {
  readonly tokens: readonly string[];
  readonly value: Json;
}

function* placesIn(value: Json, tokens: readonly string[]): Generator<Place> {
  yield { tokens, value };
  for (const [key, inner] of isObject(value) || isArray(value) ? Object.entries(value) : []) {
    yield* placesIn(inner as Json, [...tokens, key]);
  }
}

function operation({ tokens, value }: Place, { kind, place, key, value: wished }: Wish): Op {
  const path = formatPointer(tokens) as `/${string}`;
  if (kind === 'remove' && tokens.length > 0) return { op: 'remove', path, was: value };
  if (kind === 'replace' && tokens.length > 0) return { op: 'replace', path, was: value, value: wished };
  const token = isArray(value) ? (place % 3 === 0 ? String(place % (value.length + 1)) : '-') : key;
  const inner = !isArray(value) && place % 4 === 0 ? ['deep'] : [];
  return { op: 'add', path: formatPointer([...tokens, token, ...inner]) as `/${string}`, value: wished };
}
