import type { Json } from '../../../../src/util/json.ts';
import { goScalar } from '../../../../src/yaml/read/package/go-schema.ts';
import { isParsed, parseYaml } from '../../../../src/yaml/index.ts';
import { assert, suite } from '../../../harness.ts';

function read(text: string): Json | undefined {
  const parsed = parseYaml(text);
  return isParsed(parsed) ? parsed.value : undefined;
}

/** As Go's parser reads them; a text stands for itself where no value is given. */
const READ: readonly (readonly [text: string, value?: Json])[] = [
  ['true', true],
  ['Yes', true],
  ['off', false],
  ['n', false],
  ['~', null],
  ['Null', null],
  ['0', 0],
  ['-0', 0],
  ['7', 7],
  ['-7', -7],
  ['+7', 7],
  ['1_000', 1000],
  ['+1_0', 10],
  ['_1'],
  ['0400', 256],
  ['-010', -8],
  ['0_400', 256],
  ['08', 8],
  ['0o17', 15],
  ['0O17', 15],
  ['0x1F', 31],
  ['0X1f', 31],
  ['-0x1F', -31],
  ['0x'],
  ['0xG'],
  ['0b101', 5],
  ['0B11', 3],
  ['0b2'],
  ['0o8'],
  ['1a'],
  ['a1'],
  ['1.5', 1.5],
  ['1.', 1],
  ['.5', 0.5],
  ['-.5', -0.5],
  ['+.5', 0.5],
  ['.'],
  ['1e3', 1000],
  ['1E+3', 1000],
  ['1e-3', 0.001],
  ['1.5e3', 1500],
  ['.5e1', 5],
  ['1e'],
  ['e3'],
  ['1_0.5', 10.5],
  ['.1_0', 0.1],
  ['1__0.5', 10.5],
  ['.1__0'],
  ['._1'],
  ['1.2.3'],
  ['1e999'],
  ['.inf'],
  ['.nan'],
  ['12:30'],
  ['1:30:00'],
  ['2024-01-01'],
  ['100m'],
  ['64Mi'],
  ['a.5'],
  ['!!str 12', '12'],
  ['!!int "12"', 12],
  ['"12"', '12'],
  ["'true'", 'true'],
  ['=', '='],
];

suite('yaml/read/package/go-schema', (test) => {
  for (const [text, value = text] of READ)
    test(`${text} is read as ${JSON.stringify(value)}`, () => assert.is(read(text), value));

  test('scalars alone are read as with the package', () => {
    const words = ['null', 'true', 'yes', 'on', 'y', 'false', 'no', 'off', 'n'].flatMap(spellings);
    const plain = READ.map(([text]) => text).filter((text) => !/[!"']/.test(text));
    for (const text of ['~', ...words, ...plain]) assert.is(goScalar(text), read(text), text);
  });
});

/** A word with each of its letters small and large. */
function spellings(word: string): readonly string[] {
  const [first = '', ...rest] = word;
  const ends = rest.length > 0 ? spellings(rest.join('')) : [''];
  return [...new Set([first, first.toUpperCase()])].flatMap((letter) => ends.map((end) => letter + end));
}
