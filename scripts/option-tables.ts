/** Tables for the documentation of the keys of the configuration and of the options of transforms, from their declarations. */
import { expectation } from '../src/config/check/wording.ts';
import { configSchema } from '../src/config/schema/schema.ts';
import { listOptions, type DeclaredOption } from '../src/transform/options.ts';
import type { Transform } from '../src/transform/transform.ts';
import { isArray, type Json, type JsonObject } from '../src/util/json.ts';
import { transforms } from '../transforms/index.ts';

/** What the table of keys says about defaults that are too long for it. */
const LONG_DEFAULTS: Readonly<Record<string, string>> = { only: 'those on by default', transforms: 'see below' };

/** The keys of the configuration, with their defaults. */
export function keyTable(): string {
  const rows = Object.entries(configSchema['properties'] as Record<string, JsonObject>).map(([key, schema]) => [
    code(key),
    LONG_DEFAULTS[key] ?? code(textOf(schema['default'])),
    String(schema['description']),
  ]);
  return table(['key', 'default', 'meaning'], rows);
}

/** The options of all transforms, with their defaults. */
export function optionTable(): string {
  const rows = transforms.flatMap(({ meta }) =>
    listOptions(meta.options).map((option) => [code([meta.id, ...option.keys].join('.')), ...cellsOf(option)]),
  );
  return table(['option', 'default', 'values', 'meaning'], rows);
}

/** The section about the options of one transform: as YAML with the defaults, and a table; undefined without options. */
export function optionSection({ meta }: Transform): string | undefined {
  const options = listOptions(meta.options);
  if (options.length === 0) return undefined;
  const rows = options.map((option) => [code(option.keys.join('.')), ...cellsOf(option)]);
  return [
    `## Options\n\n${(meta.options as unknown as JsonObject)['description']}`,
    `In \`.kharden.yaml\`, with the defaults:\n\n\`\`\`yaml\ntransforms:\n  ${meta.id}:\n${yaml(options)}\`\`\``,
    table(['option', 'default', 'values', 'meaning'], rows),
  ].join('\n\n');
}

/**
 * Replaces a generated table in a page.
 *
 * @param name the table stands between `<!-- generated: name -->` and `<!-- end -->`
 * @throws Error when the page has no such place
 */
export function withTable(page: string, name: string, content: string): string {
  const place = new RegExp(`(<!-- generated: ${name} -->\n)[^]*?(<!-- end -->\n)`);
  if (!place.test(page)) throw new Error(`no place for the table "${name}"`);
  return page.replace(place, (_, start: string, end: string) => `${start}\n${content}\n\n${end}`);
}

function cellsOf({ schema }: DeclaredOption): string[] {
  return [code(textOf(schema['default'])), expectation(schema, (inner) => inner), String(schema['description'])];
}

/** Options one below the other; the keys of a group stand once, before its first option. */
function yaml(options: readonly DeclaredOption[]): string {
  return options
    .map(({ keys, schema }, index) => {
      const before = options[index - 1]?.keys ?? [];
      const shared = keys.findIndex((key, depth) => before[depth] !== key);
      const lines = keys.slice(shared).map((key, depth) => `${'  '.repeat(shared + depth + 2)}${key}:`);
      return `${lines.join('\n')} ${textOf(schema['default'])}\n`;
    })
    .join('');
}

function textOf(value: Json | undefined): string {
  if (isArray(value)) return `[${value.map(textOf).join(', ')}]`;
  const isText = typeof value === 'string' && !/^[\d.]+$/.test(value);
  return isText ? value : JSON.stringify(value);
}

function code(text: string): string {
  return `\`${text}\``;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
