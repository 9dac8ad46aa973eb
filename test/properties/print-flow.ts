/** Writes values in flow style: on one line, over several, as JSON, with commas and comments where YAML takes them. */
import { isArray, isObject, type Json, type JsonObject } from '../../src/util/json.ts';
import type { Anchors } from './anchors.ts';
import type { Choices } from './choices.ts';
import { printKey, printJson, printScalar } from './print-scalar.ts';

type Collection = JsonObject | readonly Json[];

/** What a printer of a document shares with all of its parts. */
export interface Printing {
  readonly choices: Choices;
  readonly anchors: Anchors;
  /** A comment that stands nowhere else; the text begins with `#`. */
  comment(place: string): string;
}

/** A value as flow text; lines after the first are indented by `indent` spaces or more. */
export function printFlow(value: Collection, printing: Printing, place: string, indent: number): string {
  const isJson = printing.choices.chance(`${place} json`, 20);
  const isOnLines = printing.choices.chance(`${place} flow lines`, 40);
  return collection(value, printing, place, isOnLines ? indent : undefined, isJson);
}

function flow(value: Json, printing: Printing, place: string, indent: number | undefined, isJson: boolean): string {
  const { choices, anchors } = printing;
  if (!isObject(value) && !isArray(value)) return isJson ? printJson(value) : printScalar(value, choices, place, indent);
  const alias = isJson ? undefined : anchors.same(value);
  if (alias !== undefined && choices.chance(`${place} alias`, 60)) return `*${alias} `;
  const isAnchored = !isJson && choices.chance(`${place} anchor`, 15);
  const name = `a${choices.pick(`${place} anchor name`, 6)}`;
  const close = isAnchored ? anchors.open(name, value) : undefined;
  const text = collection(value, printing, place, indent, isJson);
  close?.();
  return isAnchored ? `&${name} ${text}` : text;
}

function collection(value: Collection, printing: Printing, place: string, indent: number | undefined, isJson: boolean): string {
  const { choices } = printing;
  const spread = indent !== undefined && choices.chance(`${place} spread`, 60) ? indent : undefined;
  const inner = spread === undefined ? undefined : spread + 1 + choices.pick(`${place} flow step`, 4);
  const printed = isArray(value)
    ? value.map((item, index) => flow(item, printing, `${place}/${index}`, inner, isJson))
    : Object.entries(value).map(([key, item]) => entry(key, item, printing, `${place}/${key}`, inner, isJson));
  const [open, end] = isArray(value) ? (['[', ']'] as const) : (['{', '}'] as const);
  if (inner === undefined) return onOneLine(printed, open, end, printing, place, isJson);
  return onLines(printed, open, end, printing, place, spread ?? 0, inner, isJson);
}

function entry(key: string, value: Json, printing: Printing, place: string, indent: number | undefined, isJson: boolean): string {
  const { choices } = printing;
  const name = isJson ? printJson(key) : printKey(key, choices, place);
  if (value === null && !isJson && choices.chance(`${place} key alone`, 30))
    return choices.chance(`${place} colon alone`, 50) ? `${name}: ` : name;
  const isQuoted = name.endsWith('"');
  const colon = isQuoted ? choices.of(`${place} colon`, [': ', ':', ' : ']) : choices.of(`${place} colon`, [': ', ' : ', ':  ']);
  return name + colon + flow(value, printing, place, indent, isJson);
}

function onOneLine(
  items: readonly string[],
  open: string,
  end: string,
  { choices }: Printing,
  place: string,
  isJson: boolean,
): string {
  const pad = choices.of(`${place} pad`, ['', ' ', '\t']);
  const comma = isJson || items.every((item) => /["}\]]$/.test(item)) ? choices.of(`${place} comma`, [', ', ',']) : ', ';
  const trailing = !isJson && items.length > 0 && choices.chance(`${place} trailing comma`, 25) ? ',' : '';
  return items.length === 0 ? open + pad + end : open + pad + items.join(comma) + trailing + pad + end;
}

function onLines(
  items: readonly string[],
  open: string,
  end: string,
  printing: Printing,
  place: string,
  outer: number,
  inner: number,
  isJson: boolean,
): string {
  const { choices } = printing;
  const note = (question: string): string =>
    !isJson && choices.chance(`${place} ${question}`, 15) ? ` ${printing.comment(`${place} ${question}`)}` : '';
  const hangs = choices.chance(`${place} hangs`, 75);
  const isTrailing = !isJson && choices.chance(`${place} trailing comma`, 40);
  const start = `\n${' '.repeat(inner)}`;
  let text = open + (hangs ? note('open') : '');
  for (const [index, item] of items.entries()) {
    const isLast = index === items.length - 1;
    const isFirstInline = index === 0 && !hangs;
    const comma = isLast && !isTrailing ? '' : ',';
    const above = isFirstInline ? '' : note(`above ${index}`);
    text += (above && start + above.trimStart()) + (isFirstInline ? '' : start) + item + comma + note(`behind ${index}`);
  }
  const isOnOwnLine = text.includes('#') || choices.chance(`${place} closes below`, 80);
  const isUnderIndented = !text.includes('#') && outer > 0 && choices.chance(`${place} under-indented`, 10);
  return text + (isOnOwnLine ? `\n${' '.repeat(isUnderIndented ? outer - 1 : outer)}` : '') + end;
}
