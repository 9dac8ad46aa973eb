/** The image knowledge as it is written: one YAML file for each family in `images/`. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { toErrors } from '../src/config/errors.ts';
import { validate } from '../src/config/check/validate.ts';
import type { ImageEntry } from '../src/images/index.ts';
import schema from '../src/images/knowledge.schema.json' with { type: 'json' };
import type { JsonObject } from '../src/util/json.ts';
import { duplicateKeys, isParsed, locate, parseYaml, position } from '../src/yaml/index.ts';

export interface ImageFile {
  /** The name of the file, such as `nginx.yaml`. */
  readonly name: string;
  /** In the order in which they are tried. */
  readonly entries: readonly ImageEntry[];
}

/**
 * Reads every file of the folder `images/`, in the order of names.
 *
 * @throws Error with one line `images/<file>:<line>:<column>: <message>` for each fault in a file
 */
export function readImageFiles(project: string): ImageFile[] {
  const names = readdirSync(join(project, 'images')).filter((name) => name.endsWith('.yaml'));
  return names.sort().map((name) => {
    const path = `images/${name}`;
    return { name, entries: parseImageFile(readFileSync(join(project, path), 'utf8'), path) };
  });
}

/** The entries of one file; `path` is for errors, which are those of `readImageFiles`. */
export function parseImageFile(text: string, path: string): readonly ImageEntry[] {
  const parsed = parseYaml(text);
  const errorAt = (offset: number, message: string) => ({ path, ...position(text, offset), message });
  const errors = isParsed(parsed)
    ? [
        ...duplicateKeys(parsed).map(({ key, offset }) => errorAt(offset, `the key ${key} is there twice: remove one`)),
        ...toErrors(validate(schema as JsonObject, parsed.value), (pointer) => ({
          path,
          ...position(text, locate(parsed, pointer)),
        })),
      ]
    : [errorAt(parsed.offset, parsed.message)];
  if (!isParsed(parsed) || errors.length > 0)
    throw new Error(errors.map(({ line, column, message }) => `${path}:${line}:${column}: ${message}`).join('\n'));
  return parsed.value as unknown as readonly ImageEntry[];
}

/**
 * The module that hands the entries of all files to the program, without what is for people alone. Each is a line: its globs, a
 * tab, and the rest as JSON, so that loading it costs next to nothing and an entry is parsed when it is asked for.
 */
export function knowledgeModule(files: readonly ImageFile[]): string {
  const lines = files.flatMap(({ entries }) =>
    entries.map(({ match, notes, source, ...rest }) => `${match.join(' ')}\t${JSON.stringify(rest)}`),
  );
  const text = JSON.stringify(lines.join('\n'));
  return `/** The entries of \`images/\`. Written by scripts/assemble-images.ts. */\nexport function knowledge(): string {\n  return ${text};\n}\n`;
}
