/**
 * Resource quantities, read as `ParseQuantity` and `UnmarshalJSON` in k8s.io/apimachinery/pkg/api/resource read them.
 */
import type { Json } from '../util/json.ts';

/** An amount of a resource, exact to the nano unit, the finest that Kubernetes keeps. */
export interface Quantity {
  /** The amount in nano units: 10⁹ for one core or one byte. */
  readonly nanos: bigint;
}

const NANO_DIGITS = 9;
/** No number of a manifest has more digits; it bounds the work that `1e999999999` asks for. */
const MAX_EXPONENT = 999;
const NANOS_OF_A_UNIT = 10n ** BigInt(NANO_DIGITS);
const NANOS_OF_A_MILLICORE = NANOS_OF_A_UNIT / 1000n;
const MAX_BINARY_NANOS = (2n ** 63n - 1n) * 10n ** BigInt(NANO_DIGITS);

const QUANTITY = /^([+-]?)(\d*)(?:\.(\d*))?([numkMGTPE]?|[KMGTPE]i|[eE][+-]?\d+)$/;
const DECIMAL_EXPONENTS = new Map(Object.entries({ n: -9, u: -6, m: -3, '': 0, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 }));
const BINARY_EXPONENTS = new Map(Object.entries({ Ki: 10n, Mi: 20n, Gi: 30n, Ti: 40n, Pi: 50n, Ei: 60n }));

/**
 * Reads the value of a `requests`, `limits` or `sizeLimit` field.
 *
 * @param value a number, or a string such as `100m`, `1.5Gi`, `1e3`; space around it is ignored, as by the API server
 * @returns the amount, finer parts than a nano unit rounded away from zero; undefined for everything that the API
 *   server refuses, and for a missing value or null, which set nothing
 */
export function parseQuantity(value: Json | undefined): Quantity | undefined {
  if (typeof value !== 'number' && typeof value !== 'string') return undefined;
  const text = String(value).trim();
  const [, sign, whole = '', fraction = '', suffix = ''] = QUANTITY.exec(text) ?? [];
  if (sign === undefined || text === '') return undefined;
  const digits = BigInt(whole + fraction);
  const binary = BINARY_EXPONENTS.get(suffix);
  const exponent = binary === undefined ? (DECIMAL_EXPONENTS.get(suffix) ?? clamp(Number(suffix.slice(1)))) : 0;
  const nanos = scale(digits << (binary ?? 0n), exponent - fraction.length + NANO_DIGITS);
  const capped = binary !== undefined && nanos > MAX_BINARY_NANOS ? MAX_BINARY_NANOS : nanos;
  return { nanos: sign === '-' ? -capped : capped };
}

/** Negative when `a` is less than `b`, zero when they are the same amount however written, positive when it is more. */
export function compareQuantities(a: Quantity, b: Quantity): number {
  return a.nanos === b.nanos ? 0 : a.nanos < b.nanos ? -1 : 1;
}

function clamp(exponent: number): number {
  return Math.max(-MAX_EXPONENT, Math.min(MAX_EXPONENT, exponent));
}

/** `digits` times ten to the power of `exponent`, rounded up. */
function scale(digits: bigint, exponent: number): bigint {
  if (exponent >= 0) return digits * 10n ** BigInt(exponent);
  const divisor = 10n ** BigInt(-exponent);
  return (digits + divisor - 1n) / divisor;
}

/** Cores as people write them: `2`, `1500m`; a part of a millicore rounded up. */
export function writeCores({ nanos }: Quantity): string {
  const millis = (nanos + NANOS_OF_A_MILLICORE - 1n) / NANOS_OF_A_MILLICORE;
  return millis % 1000n === 0n ? String(millis / 1000n) : `${millis}m`;
}

/** Bytes as people write them: `2Gi`, `1536Mi`, else the number of bytes. */
export function writeBytes({ nanos }: Quantity): string {
  const bytes = (nanos + NANOS_OF_A_UNIT - 1n) / NANOS_OF_A_UNIT;
  const suffix = ['Gi', 'Mi', 'Ki'].find((one) => bytes > 0n && bytes % (1n << (BINARY_EXPONENTS.get(one) ?? 0n)) === 0n);
  return suffix === undefined ? String(bytes) : `${bytes >> (BINARY_EXPONENTS.get(suffix) ?? 0n)}${suffix}`;
}
