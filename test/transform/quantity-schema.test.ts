import { parseQuantity } from '../../src/kubernetes/quantity.ts';
import { quantity } from '../../src/transform/quantity-schema.ts';
import { assert, suite } from '../harness.ts';

const {
  pattern,
  minimum,
  type,
  title,
  default: given,
} = quantity({ default: '1', description: 'An amount.' }) as unknown as {
  pattern: string;
  minimum: number;
  type: string[];
  title: string;
  default: string;
};

suite('transform/quantity-schema', (test) => {
  test('the pattern takes what the API server takes, but nothing below zero or without a digit', () => {
    const numbers = [
      '',
      '0',
      '1',
      '12',
      '1.',
      '.5',
      '.',
      '1.50',
      '0.1',
      '+1',
      '+.5',
      '-1',
      '--1',
      '1..2',
      'a',
      ' 1',
      '1 ',
      '1,5',
      '+',
    ];
    const suffixes = [
      '',
      ...'numkMGTPEKix'.split(''),
      'Ki',
      'Mi',
      'Gi',
      'Ti',
      'Pi',
      'Ei',
      'mi',
      'ki',
      'e3',
      'E3',
      'e+3',
      'e-12',
      'e',
      'e+',
      'MM',
    ];
    for (const number of numbers) {
      for (const text of suffixes.map((suffix) => number + suffix)) {
        const isQuantity = parseQuantity(text) !== undefined && /\d/.test(number) && !/^[\s-]|\s$/.test(text);
        assert.is(new RegExp(pattern, 'u').test(text), isQuantity, text);
      }
    }
  });

  test('it is a text, a number that is not negative, or null, and has a default', () => {
    assert.equal([type, minimum, given], [['string', 'number', 'null'], 0, '1']);
    assert.match(title, /100m.*64Mi.*null/);
  });
});
