/** The YAML of files that name images, as values. */
import type { Json } from '../../util/json.ts';
import { isObject } from '../../util/json.ts';
import { isParsed, parseYaml, splitStream } from '../../yaml/index.ts';

/** The documents of a text that can be read. */
export function valuesIn(text: string): Json[] {
  return splitStream(text).flatMap(({ start, end }) => {
    const parsed = parseYaml(text.slice(start, end));
    return isParsed(parsed) ? [parsed.value] : [];
  });
}

/** Build arguments as an object, or as a list of `NAME=value`; those without a value, or with one that is filled in later, are left out. */
export function argumentsIn(value: Json | undefined): [string, string][] {
  const pairs = Array.isArray(value)
    ? value.flatMap((item): [string, Json][] => {
        const text = String(item);
        return text.includes('=') ? [[text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)]] : [];
      })
    : isObject(value)
      ? Object.entries(value)
      : [];
  return pairs.flatMap(([name, given]): [string, string][] =>
    (typeof given === 'string' || typeof given === 'number' || typeof given === 'boolean') && !/[$]|\{\{/.test(String(given))
      ? [[name, String(given)]]
      : [],
  );
}
