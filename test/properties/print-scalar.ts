/** Writes a scalar in one of the ways that YAML has for it. */
import type { Choices } from './choices.ts';

type Scalar = string | number | boolean | null;

const WORDS = /^(?:y|n|yes|no|on|off|true|false|null)$/i;
const WORD = '[\\p{L}\\p{N}\\p{Extended_Pictographic}_/.@-]';
const PLAIN = new RegExp(`^(?=[\\p{L}\\p{Extended_Pictographic}_/])${WORD}+(?: ${WORD}+)*$`, 'u');
const UNPRINTABLE = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff]/;

/** A scalar on one line, or over several whose later ones are indented by `indent` spaces. */
export function printScalar(value: Scalar, choices: Choices, place: string, indent: number | undefined): string {
  if (typeof value === 'string')
    return (choices.chance(`${place} tag`, 3) ? '!!str ' : '') + printText(value, choices, place, indent);
  if (value === null) return choices.of(`${place} null`, ['null', '~', 'Null']);
  if (typeof value === 'boolean')
    return choices.of(`${place} boolean`, value ? ['true', 'yes', 'on', 'True'] : ['false', 'no', 'off', 'FALSE']);
  const isInteger = Number.isInteger(value) && value > 0;
  if (isInteger && choices.chance(`${place} hexadecimal`, 5)) return `0x${value.toString(16)}`;
  return isInteger && choices.chance(`${place} octal`, 5) ? `0${value.toString(8)}` : String(value);
}

/** The key of a map, on one line and without a tag. */
export function printKey(key: string, choices: Choices, place: string): string {
  return printText(key, choices, `${place} key`, undefined);
}

function printText(value: string, choices: Choices, place: string, indent: number | undefined): string {
  const isPlain = PLAIN.test(value) && !WORDS.test(value);
  const isSingle = !UNPRINTABLE.test(value) && !value.includes('\n');
  const style = choices.pick(`${place} quotes`, 6);
  const text =
    isPlain && style < 3 ? value : isSingle && style < 5 ? `'${value.replaceAll("'", "''")}'` : quoted(value, choices, place);
  return indent === undefined || !choices.chance(`${place} lines`, 30) ? text : folded(text, choices, place, indent);
}

/** JSON in which nothing stands as it is that YAML takes for a line break or cannot print. */
export function printJson(value: Scalar): string {
  const hexadecimal = (one: string): string => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(value).replace(/[\u007f-\u009f\u2028\u2029\ufeff]/g, hexadecimal);
}

function quoted(value: string, choices: Choices, place: string): string {
  const text = printJson(value);
  const isEscaped = !text.includes('\\') && choices.chance(`${place} escapes`, 30);
  return isEscaped ? text.replace(/[a-z](?="$)/, (letter) => `\\x${letter.charCodeAt(0).toString(16)}`) : text;
}

/** Puts line breaks in the place of single spaces between words, where they read as spaces. */
function folded(text: string, choices: Choices, place: string, indent: number): string {
  return text.replace(/(?<=[\p{L}\p{N}]) (?=[\p{L}\p{N}])/gu, (space, offset: number) =>
    choices.chance(`${place} fold ${offset}`, 50) ? `\n${' '.repeat(indent)}` : space,
  );
}

/** A block scalar: its header and its lines; undefined for a text that has no such form. */
export function printBlockScalar(
  value: string,
  choices: Choices,
  place: string,
  column: number,
): { readonly header: string; readonly lines: readonly string[]; readonly isKept: boolean } | undefined {
  const body = value.replace(/\n+$/, '');
  const breaks = value.length - body.length;
  const rows = body.split('\n');
  if (body === '' || UNPRINTABLE.test(value) || rows.some((row) => /^[ ]*$/.test(row) && row !== '')) return undefined;
  const step = 1 + choices.pick(`${place} block step`, 4);
  const needsIndicator = /^\n*[ \n]/.test(body);
  const indicator = needsIndicator || choices.chance(`${place} indicator`, 15) ? String(step) : '';
  const isKept = breaks > 1 || (breaks === 1 && choices.chance(`${place} keep`, 30));
  const chomp = isKept ? '+' : breaks === 1 ? '' : '-';
  const isFolded = choices.chance(`${place} folded`, 25) && rows.every((row) => /^[^\s]/.test(row));
  const style = isFolded ? '>' : '|';
  const mark = choices.chance(`${place} chomp first`, 50) ? chomp + indicator : indicator + chomp;
  const shown = isFolded ? rows.flatMap((row, index) => (index === 0 ? [row] : ['', row])) : rows;
  const lines = shown.map((row) => (row === '' ? '' : ' '.repeat(column + step) + row));
  return { header: style + mark, lines: [...lines, ...Array<string>(Math.max(0, breaks - 1)).fill('')], isKept };
}
