/** Sizes as the options of programs write them. */

export const KIB = 1024;
export const MIB = 1024 * KIB;
export const GIB = 1024 * MIB;

const SIZE = /^(\d+(?:\.\d+)?)([kmgt]?)i?b?$/i;
const FACTORS: Readonly<Record<string, number>> = { k: KIB, m: MIB, g: GIB, t: 1024 * GIB };

/**
 * Reads `3g`, `512MB`, `2GiB`. Programs differ in whether `m` is 1000² or 1024²; the larger reading counts, so that no limit is
 * below what is meant.
 *
 * @param bare bytes for each unit of a number without a suffix; undefined when such a number is no size
 * @returns bytes; undefined when the text is no size
 */
export function parseSize(text: string, bare: number | undefined): number | undefined {
  const [, digits, letter = ''] = SIZE.exec(text) ?? [];
  if (digits === undefined) return undefined;
  const hasSuffix = /[a-z]$/i.test(text);
  const factor = hasSuffix ? (FACTORS[letter.toLowerCase()] ?? 1) : bare;
  const bytes = factor === undefined ? undefined : Math.ceil(Number(digits) * factor);
  return bytes !== undefined && Number.isSafeInteger(bytes) ? bytes : undefined;
}

/** A limit for so many bytes, rounded up to what a person would write: 64Mi steps up to 1Gi, then coarser ones. */
export function roundUp(bytes: number): number {
  const step = bytes <= GIB ? 64 * MIB : bytes <= 4 * GIB ? 256 * MIB : bytes <= 16 * GIB ? 512 * MIB : GIB;
  return Math.ceil(bytes / step) * step;
}
