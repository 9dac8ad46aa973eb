import { suite, assert } from '../harness.ts';
import type { Json } from '../../src/util/json.ts';
import { compareQuantities, parseQuantity } from '../../src/kubernetes/quantity.ts';

const INVALID: readonly (Json | undefined)[] = [
  undefined,
  null,
  true,
  [],
  {},
  '',
  '  ',
  NaN,
  Infinity,
  'auto',
  '${MEMORY}',
  '{{ memory }}',
  '1 Gi',
  '1K',
  '1ki',
  '1KI',
  '1mi',
  '1i',
  '1B',
  '1GB',
  '1GiB',
  '1Q',
  '1mm',
  '1e',
  '1e+',
  '1e3m',
  '1e1.5',
  '1.2.3',
  '1,5',
  '1_000',
  '--1',
  '+-1',
  '0x10',
  '1.1.M',
  '1+1.0M',
  '0.1am',
  '.5i',
  '-3.01i',
  '-3.01e-',
  '١',
];

/** value, amount in nano units */
const VALID: readonly (readonly [string | number, bigint])[] = [
  [0, 0n],
  [1, 1_000_000_000n],
  [0.1, 100_000_000n],
  [0.3, 300_000_000n],
  [1e-7, 100n],
  [1e21, 10n ** 30n],
  [-2, -2_000_000_000n],
  ['0', 0n],
  ['000', 0n],
  ['-0', 0n],
  ['1', 10n ** 9n],
  ['007', 7n * 10n ** 9n],
  ['+5', 5n * 10n ** 9n],
  ['-5', -5n * 10n ** 9n],
  ['0.5', 500_000_000n],
  ['.5', 500_000_000n],
  ['5.', 5n * 10n ** 9n],
  ['1.Gi', 2n ** 30n * 10n ** 9n],
  [' 1 ', 10n ** 9n],
  ['1n', 1n],
  ['1u', 1_000n],
  ['100m', 100_000_000n],
  ['0.1m', 100_000n],
  ['1k', 10n ** 12n],
  ['1M', 10n ** 15n],
  ['1G', 10n ** 18n],
  ['1T', 10n ** 21n],
  ['1P', 10n ** 24n],
  ['1E', 10n ** 27n],
  ['9.2E', 92n * 10n ** 26n],
  ['100E', 10n ** 29n],
  ['1Ki', 2n ** 10n * 10n ** 9n],
  ['1Mi', 2n ** 20n * 10n ** 9n],
  ['64Mi', 2n ** 26n * 10n ** 9n],
  ['1.5Gi', 3n * 2n ** 29n * 10n ** 9n],
  ['1Ti', 2n ** 40n * 10n ** 9n],
  ['1Pi', 2n ** 50n * 10n ** 9n],
  ['1Ei', 2n ** 60n * 10n ** 9n],
  ['8Ei', (2n ** 63n - 1n) * 10n ** 9n],
  ['-9Ei', -(2n ** 63n - 1n) * 10n ** 9n],
  ['1e3', 10n ** 12n],
  ['1E3', 10n ** 12n],
  ['1e+3', 10n ** 12n],
  ['1e-3', 1_000_000n],
  ['1.5e3', 15n * 10n ** 11n],
  ['0.9n', 1n],
  ['1.1n', 2n],
  ['-0.9n', -1n],
  ['1e-999999999999', 1n],
  ['0e999999999999', 0n],
  ['0.0000000001Ki', 103n],
  ['123456789012345678901234567890', 123456789012345678901234567890n * 10n ** 9n],
];

/** left, right, sign of the comparison */
const COMPARISONS: readonly (readonly [string | number, string | number, -1 | 0 | 1])[] = [
  ['1', 1, 0],
  ['1000m', '1', 0],
  ['0.5', '500m', 0],
  ['1e3', '1k', 0],
  ['1E3', '1k', 0],
  ['1024Ki', '1Mi', 0],
  ['1.0', '1', 0],
  ['999m', 1, -1],
  ['1M', '1Mi', -1],
  ['1G', '1024Mi', -1],
  ['1Gi', '1G', 1],
  ['1E', '1e18', 0],
  ['1e308', '1e309', -1],
  ['-1', '0', -1],
];

suite('kubernetes/quantity', (test) => {
  for (const value of INVALID) {
    test(`refuses ${typeof value === 'string' ? JSON.stringify(value) : String(value)}`, () => {
      assert.is(parseQuantity(value), undefined);
    });
  }

  for (const [value, nanos] of VALID) {
    test(`reads ${JSON.stringify(value)}`, () => assert.is(parseQuantity(value)?.nanos, nanos));
  }

  for (const [left, right, sign] of COMPARISONS) {
    test(`compares ${left} with ${right}`, () => {
      const [a, b] = [parseQuantity(left), parseQuantity(right)];
      assert.ok(a && b);
      assert.is(compareQuantities(a, b), sign);
      assert.is(compareQuantities(b, a), sign === 0 ? 0 : -sign);
    });
  }
});
