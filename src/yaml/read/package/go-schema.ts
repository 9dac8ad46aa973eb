/**
 * The scalars of Go's YAML parser, which kubectl, helm and kustomize read with: YAML 1.1 without sexagesimal numbers,
 * timestamps, infinities (JSON has none), sets and binary data, and with the number formats of Go (`resolve` in
 * sigs.k8s.io/yaml/goyaml.v2).
 */
import { Schema, type CollectionTag, type ScalarTag, type Tags } from 'yaml';

const KEPT = new Set(['map', 'seq', 'str', 'null', 'bool', 'merge'].map((name) => `tag:yaml.org,2002:${name}`));

/** A tag whose `test` is a function: the package only ever calls `test.test`. */
function numberTag(name: 'int' | 'float', read: (text: string) => number | undefined): ScalarTag {
  const test = { test: (text: string) => read(text) !== undefined } as RegExp;
  return { tag: `tag:yaml.org,2002:${name}`, default: true, test, resolve: (text) => read(text) };
}

/** Underscores are ignored, but the first character must be a digit or a sign. */
function goInteger(text: string): number | undefined {
  if (!/^[-+0-9]/.test(text)) return undefined;
  const [, sign, digits = ''] = /^([-+]?)(.*)$/.exec(text.replaceAll('_', '')) ?? [];
  const octal = /^0([0-7]+)$/.exec(digits)?.[1];
  const isInteger = /^(?:0[xX][0-9A-Fa-f]+|0[bB][01]+|0[oO][0-7]+|0|[1-9][0-9]*)$/.test(digits);
  if (octal === undefined && !isInteger) return undefined;
  const value = Number(octal === undefined ? digits : `0o${octal}`);
  return sign === '-' ? 0 - value : value;
}

function goFloat(text: string): number | undefined {
  if (!/^[-+.0-9]/.test(text)) return undefined;
  const digits = text.startsWith('.') ? text.replace(/(?<=\d)_(?=\d)/g, '') : text.replaceAll('_', '');
  const value = Number(digits);
  return Number.isFinite(value) ? value : goInteger(text);
}

function goTags(tags: Tags): Tags {
  const kept = tags.filter((tag) => typeof tag !== 'string' && KEPT.has(tag.tag));
  return [...kept, numberTag('int', goInteger), numberTag('float', goFloat)] as (ScalarTag | CollectionTag)[];
}

/** Shared by all documents, because making a schema takes as long as reading a small document. */
export const GO_SCHEMA = new Schema({ schema: 'yaml-1.1', customTags: goTags, merge: true, resolveKnownTags: false });

/** The words of the tags `null` and `bool` in YAML 1.1, which Go knows in the same spellings. */
const WORDS: ReadonlyMap<string, boolean | null> = new Map<string, boolean | null>([
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map((word) => [word, true] as const),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map((word) => [word, false] as const),
]);
const LONGEST_WORD = 5;
/** Longer ones may be rounded, and octal numbers begin with a zero. */
const SHORT_DECIMAL = /^(?:0|[1-9][0-9]{0,14})$/;

/** The value of a plain scalar without a tag and a line break, as `GO_SCHEMA` resolves it. */
export function goScalar(source: string): string | number | boolean | null {
  if (mayBeNumber(source.charCodeAt(0))) {
    return SHORT_DECIMAL.test(source) ? Number(source) : (goInteger(source) ?? goFloat(source) ?? source);
  }
  const word = source.length <= LONGEST_WORD ? WORDS.get(source) : undefined;
  return word === undefined ? source : word;
}

const [PLUS, MINUS, DOT, ZERO, NINE] = [43, 45, 46, 48, 57];

function mayBeNumber(first: number): boolean {
  return (first >= ZERO && first <= NINE) || first === PLUS || first === MINUS || first === DOT;
}
