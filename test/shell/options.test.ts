import { readArguments, takesNextWord, valueOption, type ValueOptions } from '../../src/shell/options.ts';
import { assert, suite } from '../harness.ts';

const OPTIONS: ValueOptions = { short: 'oC', long: ['--output', '-keystore', 'of'] };

const WORDS: readonly (readonly [word: string, expected: string | undefined])[] = [
  ['-o', '-o next'],
  ['-xo', '-o next'],
  ['-ofile', '-o file'],
  ['-xofile', '-o file'],
  ['-oC', '-o C'],
  ['-Co', '-C o'],
  ['--output', '--output next'],
  ['--output=a=b', '--output a=b'],
  ['--output=', '--output '],
  ['-keystore', '-keystore next'],
  ['of=/x', 'of /x'],
  ['-x', undefined],
  ['-', undefined],
  ['--', undefined],
  ['--outputs', undefined],
  ['--no-output', undefined],
  ['o', undefined],
];

suite('shell/options', (test) => {
  for (const [word, expected] of WORDS) {
    test(`reads ${word}`, () => {
      const found = valueOption(word, OPTIONS);
      assert.is(found && `${found.name} ${found.value ?? 'next'}`, expected);
      assert.is(takesNextWord(word, OPTIONS), expected?.endsWith(' next') ?? false);
    });
  }

  test('the first option that is named counts', () => {
    assert.equal(valueOption('--a=b=c', { long: ['--a', '--a=b'] }), { name: '--a', value: 'b=c' });
    assert.is(valueOption('-a', { short: '-' }), undefined);
  });

  test('reads no option with a value where none is named', () => assert.is(valueOption('-o', {}), undefined));

  test('sorts operands and values', () => {
    const { operands, values } = readArguments(['a', '-v', '-xo', '-b', '--output=c', '-', 'd', '--', 'e', '-C'], OPTIONS);
    assert.equal(operands, ['a', '-', 'd', 'e']);
    assert.equal(values, [
      { name: '-o', value: '-b' },
      { name: '--output', value: 'c' },
    ]);
  });
});
