/** Writes entries as a person would: each field below the reason why it is so. */
import type { ImageEntry } from '../../images/index.ts';
import type { Json } from '../../util/json.ts';
import { parseYaml, writeDocument, type ParsedYaml } from '../../yaml/index.ts';
import type { Findings, Reasons } from '../derive/findings.ts';

/** How the file begins. */
export const HEADER = `# What kharden learn read from images. Kharden reads this file beside its configuration; entries in .kharden.yaml count before
# these. An entry stays as it is, with what you change in it, until its image changes: then it is learned again.
images:
`;
const INDENT = '    ';
const ORDER: readonly (keyof ImageEntry)[] = [
  'match',
  'tags',
  'learned',
  'os',
  'user',
  'nonRoot',
  'capabilitiesIfRoot',
  'needs',
  'privilegedPorts',
  'fileCaps',
  'fileCapsOn',
  'readOnlyRootFilesystem',
  'writable',
  'writesTmp',
  'notes',
  'source',
  'confidence',
];
const STYLE = parseYaml('a:\n  - b: c\n') as ParsedYaml;

/** An entry as an item of the list `images`. */
export function printEntry(entry: ImageEntry, reasons: Reasons = {}): string {
  const known = ORDER.filter((key) => entry[key] !== undefined);
  const others = (Object.keys(entry) as (keyof ImageEntry)[]).filter((key) => !ORDER.includes(key));
  const lines = [...known, ...others].flatMap((key) => [...comment(reasons[key]), ...fieldLines(key, entry[key] as Json)]);
  return lines.map((line, index) => `${index === 0 ? '  - ' : INDENT}${line}\n`).join('');
}

function comment(reason: string | undefined): string[] {
  return reason === undefined ? [] : [`# ${reason.replace(/[\s\p{Cc}]+/gu, ' ')}`];
}

function fieldLines(key: string, value: Json): string[] {
  return writeDocument({ [key]: value }, STYLE, '\n')
    .trimEnd()
    .split('\n');
}

/** The entry for what was derived from an image. */
export function entryOf(names: Pick<ImageEntry, 'match' | 'tags' | 'learned'>, { fields }: Findings): ImageEntry {
  const { learned } = names;
  const source = learned ? { source: [`${learned.image}@${learned.digest}`] } : {};
  return { ...names, ...fields, ...source };
}
