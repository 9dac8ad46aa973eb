import type { Json } from '../../../../src/util/json.ts';
import { isParsed, parseYaml } from '../../../../src/yaml/index.ts';
import { scalarText } from '../../../../src/yaml/write/print/scalar.ts';
import { assert, suite } from '../../../harness.ts';

function read(text: string): Json | undefined {
  const parsed = parseYaml(text);
  return isParsed(parsed) ? parsed.value : undefined;
}

/** What is written for a text in double and in single quotes. */
const WRITTEN: readonly (readonly [value: Json, double: string, single?: string])[] = [
  ['text', 'text'],
  ['a/b:c@d.e-f+g=h_1', 'a/b:c@d.e-f+g=h_1'],
  ['/tmp', '/tmp'],
  ['.hidden', '.hidden'],
  ['_x', '_x'],
  ['1.2.3', '"1.2.3"', "'1.2.3'"],
  ['v1', 'v1'],
  ['100m', '100m'],
  ['64Mi', '64Mi'],
  ['1a', '1a'],
  ['', '""', "''"],
  ['a b', '"a b"', "'a b'"],
  ['a:', '"a:"', "'a:'"],
  ['-a', '"-a"', "'-a'"],
  ['*a', '"*a"', "'*a'"],
  ['a#b', '"a#b"', "'a#b'"],
  ['---', '"---"', "'---'"],
  ['...', '"..."', "'...'"],
  ['...a', '"...a"', "'...a'"],
  ['true', '"true"', "'true'"],
  ['yes', '"yes"', "'yes'"],
  ['Off', '"Off"', "'Off'"],
  ['cpu', 'cpu'],
  ['e2', '"e2"', "'e2'"],
  ['y', '"y"', "'y'"],
  ['null', '"null"', "'null'"],
  ['12', '"12"', "'12'"],
  ['1e3', '"1e3"', "'1e3'"],
  ['1e', '"1e"', "'1e'"],
  ['1_0', '"1_0"', "'1_0'"],
  ['0x1F', '"0x1F"', "'0x1F'"],
  ['0xF_F', '"0xF_F"', "'0xF_F'"],
  ['0xG', '0xG'],
  ['x0xF', 'x0xF'],
  ['0o17', '"0o17"', "'0o17'"],
  ['0b11', '"0b11"', "'0b11'"],
  ['12:30', '"12:30"', "'12:30'"],
  ['a12:30', 'a12:30'],
  ['2024-01-01', '"2024-01-01"', "'2024-01-01'"],
  ['.5', '".5"', "'.5'"],
  ['.inf', '".inf"', "'.inf'"],
  ["it's", '"it\'s"', "'it''s'"],
  ['say "hi"', '"say \\"hi\\""', '\'say "hi"\''],
  ['a\nb', '"a\\nb"', '"a\\nb"'],
  ['ä', '"ä"', '"ä"'],
  ['\x7F', '"\\u007f"', '"\\u007f"'],
  ['a\x85b', '"a\\u0085b"', '"a\\u0085b"'],
  ['a\u2028b', '"a\\u2028b"', '"a\\u2028b"'],
  [12, '12'],
  [-0.5, '-0.5'],
  [true, 'true'],
  [null, 'null'],
];

suite('yaml/write/print/scalar', (test) => {
  for (const [value, double, single = double] of WRITTEN) {
    test(`${JSON.stringify(value)} is written ${double} and ${single}`, () => {
      assert.is(scalarText(value, '"'), double);
      assert.is(scalarText(value, "'"), single);
      assert.is(scalarText(value, '"'), double);
      assert.is(read(double), value);
      assert.is(read(single), value);
    });
  }
});
