/** The blocks of a tar archive that describe what follows them. */

export interface Header {
  readonly path: string;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly size: number;
  /** One character. */
  readonly type: string;
  readonly target: string;
  /** True when the map of a sparse file goes on in the next block. */
  readonly isExtended: boolean;
}

/** What pax headers and long names say of the entry that follows. */
export interface Attributes {
  readonly path?: string;
  readonly target?: string;
  readonly size?: number;
  readonly uid?: number;
  readonly gid?: number;
  readonly capability?: Uint8Array;
}

export const NO_ATTRIBUTES: Attributes = {};

/** How archives name the extended attribute that holds file capabilities (star(5), "SCHILY.xattr"). */
const CAPABILITY = 'SCHILY.xattr.security.capability';
const decoder = new TextDecoder();

/** True for a block of zeros. */
export function isEmptyBlock(block: Uint8Array): boolean {
  return block.every((byte) => byte === 0);
}

/** A text up to its first zero byte. */
export function textOf(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return decoder.decode(end === -1 ? bytes : bytes.subarray(0, end));
}

/** Undefined for a block that is no header: its checksum is wrong, or a number in it is. */
export function readHeader(block: Uint8Array): Header | undefined {
  const field = (start: number, length: number): Uint8Array => block.subarray(start, start + length);
  const [mode, uid, gid, size, sum] = [field(100, 8), field(108, 8), field(116, 8), field(124, 12), field(148, 8)].map(numberOf);
  if (sum === undefined || sum !== checksum(block)) return undefined;
  if (mode === undefined || uid === undefined || gid === undefined || size === undefined) return undefined;
  const magic = textOf(field(257, 6));
  const prefix = magic === 'ustar' ? textOf(field(345, 155)) : '';
  const name = textOf(field(0, 100));
  const type = String.fromCharCode(block[156] ?? 0);
  return {
    path: prefix === '' ? name : `${prefix}/${name}`,
    mode,
    uid,
    gid,
    size,
    type,
    target: textOf(field(157, 100)),
    isExtended: type === 'S' && block[482] !== 0,
  };
}

/** All bytes added up, with spaces where the checksum itself stands. */
function checksum(block: Uint8Array): number {
  return block.reduce((sum, byte, index) => sum + (index >= 148 && index < 156 ? 32 : byte), 0);
}

/** Octal digits, or with the highest bit set a number of base 256; undefined for anything else, and for negative numbers. */
function numberOf(bytes: Uint8Array): number | undefined {
  const [first = 0] = bytes;
  if (first === 0x80) {
    const value = bytes.subarray(1).reduce((sum, byte) => sum * 256 + byte, 0);
    return Number.isSafeInteger(value) ? value : undefined;
  }
  const digits = textOf(bytes).trim();
  if (digits === '') return 0;
  return /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : undefined;
}

/** Reads `LENGTH KEY=VALUE\n` records; what is not read is left out. Values of attributes are bytes, not text. */
export function readAttributes(bytes: Uint8Array): Attributes {
  let found: Attributes = {};
  let at = 0;
  while (at < bytes.length) {
    const space = bytes.indexOf(32, at);
    const length = space === -1 ? Number.NaN : Number(decoder.decode(bytes.subarray(at, space)));
    if (!Number.isInteger(length) || length <= space - at + 1 || at + length > bytes.length) return found;
    const record = bytes.subarray(space + 1, at + length - 1);
    const equals = record.indexOf(61);
    if (equals !== -1)
      found = { ...found, ...attribute(decoder.decode(record.subarray(0, equals)), record.subarray(equals + 1)) };
    at += length;
  }
  return found;
}

function attribute(key: string, value: Uint8Array): Attributes {
  switch (key) {
    case 'path':
      return { path: textOf(value) };
    case 'linkpath':
      return { target: textOf(value) };
    case 'size':
    case 'uid':
    case 'gid':
      return /^\d{1,15}$/.test(textOf(value)) ? { [key]: Number(textOf(value)) } : {};
    case CAPABILITY:
      return { capability: value.slice() };
    default:
      return {};
  }
}
