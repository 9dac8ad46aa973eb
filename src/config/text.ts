/** What is wrong with the text of a configuration, whatever its keys mean. */
import { formatPointer } from '../patch/index.ts';
import { isArray, isObject, type Json } from '../util/json.ts';
import { duplicateKeys, locateValue, type ParsedYaml } from '../yaml/index.ts';

/** Something wrong, and its offset in the text. */
export interface TextProblem {
  readonly offset: number;
  readonly message: string;
}

/** Keys that are set twice, and tags, which would need more than plain data. */
export function textProblems(parsed: ParsedYaml): TextProblem[] {
  const tags = parsed.document.warnings.filter(({ code }) => code === 'TAG_RESOLVE_FAILED').map(({ pos }) => pos);
  return [
    ...duplicateKeys(parsed).map(({ key, offset }) => ({ offset, message: `the key ${key} is there twice: remove one` })),
    ...tags.map(([start, end]) => ({
      offset: start,
      message: `unknown tag ${parsed.text.slice(start, end)}: write the plain value`,
    })),
  ];
}

/** Booleans such as `yes`, which are strings in YAML 1.2, the YAML of most editors and validators. */
export function ambiguousBooleans(parsed: ParsedYaml): TextProblem[] {
  return booleansIn(parsed.value).flatMap(({ pointer, value }) => {
    const offset = locateValue(parsed, pointer);
    const word = /^(?:y|n|yes|no|on|off)\b/i.exec(parsed.text.slice(offset, offset + 4))?.[0];
    const message = `${word} is ${value} in YAML 1.1 and a string in YAML 1.2: write ${value}`;
    return word === undefined ? [] : [{ offset, message }];
  });
}

function booleansIn(value: Json, pointer = ''): { pointer: string; value: boolean }[] {
  if (typeof value === 'boolean') return [{ pointer, value }];
  if (!isArray(value) && !isObject(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => booleansIn(inner, pointer + formatPointer([key])));
}
