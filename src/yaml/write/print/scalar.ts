/** Prints scalars so that YAML 1.1 (Go's parser), YAML 1.2 and JSON all read the same value. */
import type { Json } from '../../../util/json.ts';
import { readAs } from './read-as.ts';
import type { Quote } from './styles.ts';

const PLAIN_SCALAR = /^[A-Za-z0-9_./][A-Za-z0-9_./@:+=-]*$/;

/** Words with a meaning in some version (YAML 1.1, types `bool` and `null`), in any spelling. */
const SPECIAL = /^(?:y|n|yes|no|on|off|true|false|null)$/i;
/** What a number, or a word that begins with a dot, begins with; of letters, only an `e` begins what some read as a number. */
const MAY_BE_SPECIAL = /^(?:[0-9.]|[eE][-+0-9])/;

/** A usual quantity, which nothing reads as a number: a word that begins with a digit otherwise needs two parsers to tell. */
const QUANTITY = /^[1-9][0-9]*(?:m|k|[KMGTPE]i)$/;

/** The text of a scalar: plain when nothing can read it in another way, else quoted with `quote`. */
export function scalarText(value: Json, quote: Quote): string {
  if (typeof value !== 'string') return JSON.stringify(value);
  if (isPlainSafe(value)) return value;
  return quote === "'" && /^[\x20-\x7E]*$/.test(value) ? `'${value.replaceAll("'", "''")}'` : doubleQuoted(value);
}

/** JSON, with escapes also for what YAML takes for a line break or a byte order mark, and for what cannot be printed. */
export function doubleQuoted(value: string): string {
  const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(value).replace(/[\x7F-\x9F\u2028\u2029\uFEFF]/g, escaped);
}

const MOST_REMEMBERED = 10_000;
const remembered = new Map<string, boolean>();

/** True for a string that needs no quotes in block and flow context. Field names are asked for again and again. */
function isPlainSafe(value: string): boolean {
  const known = remembered.get(value);
  if (known !== undefined) return known;
  const isSafe = readsAsItself(value);
  if (remembered.size < MOST_REMEMBERED) remembered.set(value, isSafe);
  return isSafe;
}

function readsAsItself(value: string): boolean {
  if (!PLAIN_SCALAR.test(value) || value.endsWith(':') || SPECIAL.test(value)) return false;
  if (!MAY_BE_SPECIAL.test(value) || QUANTITY.test(value)) return true;
  return (
    !/^(?:---|\.\.\.)/.test(value) && !looksNumeric(value) && readAs(value, '1.1') === value && readAs(value, '1.2') === value
  );
}

/** Numbers with a base prefix, separators or an exponent, sexagesimals and dates, in the spelling of any YAML version. */
function looksNumeric(value: string): boolean {
  return /^[-+.]?[0-9][0-9_.,:xobXOB+-]*(?:[eE][-+0-9]*)?$/.test(value) || /^0[xob][0-9A-Fa-f_]+$/.test(value);
}
