/** The file that `kharden init` writes. */
import { isArray, type JsonObject } from '../util/json.ts';
import { parseYaml, writeDocument, type ParsedYaml } from '../yaml/index.ts';
import { configSchema, SCHEMA_FILE } from './schema/schema.ts';

const WIDTH = 110;
const SCHEMA_PATH = `./node_modules/kharden/dist/${SCHEMA_FILE}`;
const HEADER = [
  'Configuration of kharden for this folder and all below it. Remove the # in front of a key to set it: each one is shown',
  'with its default.',
].join(' ');
/** The style in which values are printed is that of a document beside them. */
const INDENTED_LISTS = 'list:\n  - map:\n      key: value\n';

/**
 * A commented `.kharden.yaml` in which nothing is set: prose behind `##`, each key with its default behind `#`.
 *
 * @param schema where editors find the JSON Schema, relative to the file; default: in the installed package
 */
export function initialConfig(schema: string = SCHEMA_PATH): string {
  const keys = Object.entries(configSchema['properties'] as JsonObject) as [string, JsonObject][];
  const blocks = keys.map(([key, property]) => [
    ...prose(property),
    ...yaml({ [key]: property['default'] ?? null }, '# '),
    ...example(key, property),
  ]);
  return [[`# yaml-language-server: $schema=${schema}`, ...wrap(HEADER)], ...blocks]
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n');
}

function prose({ description }: JsonObject): string[] {
  return wrap(String(description));
}

/** Where the default is empty, what the key may hold. */
function example(key: string, { examples }: JsonObject): string[] {
  return isArray(examples) ? ['## For example:', ...yaml({ [key]: examples[0] ?? null }, '##   ')] : [];
}

function yaml(object: JsonObject, prefix: string): string[] {
  return writeDocument(object, parseYaml(INDENTED_LISTS) as ParsedYaml, '\n')
    .trimEnd()
    .split('\n')
    .map((line) => prefix + line);
}

function wrap(text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= WIDTH) lines.push(`${lines.pop()} ${word}`);
    else lines.push(`## ${word}`);
  }
  return lines;
}
