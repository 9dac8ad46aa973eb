/** Values of any shape, with the keys and texts that YAML makes difficult. */
import fc from 'fast-check';
import type { Json, JsonObject } from '../../src/json.ts';

const KEYS = [
  'a', 'b', 'c', 'name', 'image', 'spec', 'items', 'key with space', 'ключ', '😀', 'y', 'true', 'null', '8080', '1e3', '', '~',
  'a/b', 'a~1b', '#x', 'a: b', '-', '- a', '?', '*a', '&a', '!t', '@x', '%y', '"', "'", '{x}', 'toString', 'länge',
];
const TEXTS = [
  '', 'x', 'plain', 'two words', 'four words in here', 'yes', 'NO', 'null', '~', '0755', '0x1F', '1_000', '12:30', '2020-01-01', '.5', '-',
  'a: b', 'a #b', '# a', '- a', ' led', 'trailed ', 'emoji 😀 here', '𝒳', 'żółć', 'tab\there', 'back\\slash', '"quoted"', "it's",
  '{{ x }}', '[a]', '{a}', '*a', '&a', '!a', '%a', '@a', '`a', '|', '>', '---', '...', '=', '<<',
  'a\nb', 'a\nb\n', 'a\n\n', 'a\n\nb\n\n\n', '\na', '  a\nb\n', 'a\n  b\n', 'a\n#c\n', '\n', 'one two three\nfour five six\n',
  '--- a\n--- b\n', 'a\u0085b', 'a\u2028b', '\uFEFFa', 'a\rb', 'a\r\nb', '\u0007', '\u00a0', 'x'.repeat(130),
];

const key = fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...KEYS.slice(0, 7)) }, { weight: 1, arbitrary: fc.constantFrom(...KEYS) });
const scalar: fc.Arbitrary<Json> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...TEXTS) },
  { weight: 1, arbitrary: fc.constantFrom<Json>(null, true, false, 0, 1, -1, 8080, 0.5, 1e21, 255) },
);

/** Maps and lists inside of each other, and scalars; small, so that equal parts are common and aliases can stand for them. */
export const value: fc.Arbitrary<Json> = fc.letrec<{ value: Json; map: JsonObject; list: readonly Json[] }>((tie) => ({
  value: fc.oneof({ maxDepth: 4, withCrossShrink: true }, { weight: 3, arbitrary: scalar }, { weight: 3, arbitrary: tie('map') }, { weight: 2, arbitrary: tie('list') }),
  map: fc.dictionary(key, tie('value'), { maxKeys: 5, noNullPrototype: true }),
  list: fc.array(tie('value'), { maxLength: 4 }),
})).value;

/** A map with something in it: what a document holds. */
export const document: fc.Arbitrary<JsonObject> = fc.dictionary(key, value, { minKeys: 1, maxKeys: 5, noNullPrototype: true });
