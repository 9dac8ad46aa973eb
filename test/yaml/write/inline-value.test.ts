import type { Json } from '../../../src/util/json.ts';
import { isParsed, parseYaml, splice, applyTextEdits } from '../../../src/yaml/index.ts';
import { assert, suite } from '../../harness.ts';

/** The text `a: TAG old` with a new value. */
function withValue(tag: string, old: string, value: Json): string {
  const text = `a: ${tag} ${old}\nb: c\n`;
  const parsed = parseYaml(text);
  if (!isParsed(parsed)) throw new Error(parsed.message);
  return applyTextEdits(text, splice(parsed, { kind: 'object', keys: new Map([['a', { kind: 'set', value }]]) }));
}

/** Tags of YAML 1.1 with values that they fit, as they are written, and one that they do not. */
const TAGS: readonly (readonly [tag: string, old: string, fitting: Json, text: string, other: Json])[] = [
  ['!!str', 'x', 'z', 'z', 1],
  ['!!int', '1', 2, '2', 1.5],
  ['!!float', '1.5', 2.5, '2.5', 'x'],
  ['!!bool', 'true', false, 'false', 'x'],
  ['!!null', '~', null, 'null', 1],
  ['!!map', '{}', { b: 1 }, '', 'x'],
  ['!!seq', '[]', [1], '\\[1\\]', 'x'],
];

suite('yaml/write/inline-value', (test) => {
  for (const [tag, old, fitting, text, other] of TAGS) {
    test(`${tag} stays where it fits`, () => {
      const kept = withValue(tag, old, fitting);
      assert.match(kept, new RegExp(`^a: ${tag}(?:\\n| ${text}\\nb: c\\n$)`));
      assert.not(withValue(tag, old, other).includes('!'));
      assert.match(withValue(tag, old, other), /^a: (?:x|1|1\.5)\nb: c\n$/);
    });
  }

  test('quotes stay', () => {
    assert.is(withValue('!!str', '"x"', 'y'), 'a: !!str "y"\nb: c\n');
    assert.is(withValue('!!str', "'x'", "it's"), "a: !!str 'it''s'\nb: c\n");
    assert.is(withValue('!!str', '"x"', 1), 'a: 1\nb: c\n');
  });
});
