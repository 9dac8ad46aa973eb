/** Reads and prints `.kharden-baseline.yaml`: findings that were there before, by file and by what they are about. */
import type { BaselineEntry } from '../index.ts';
import { formatPointer } from '../patch/index.ts';
import type { JsonObject } from '../util/json.ts';
import { parseYaml, writeDocument, type ParsedYaml } from '../yaml/index.ts';
import { validate } from './check/validate.ts';
import type { ConfigError } from './errors.ts';
import { readMap, type Errors } from './file.ts';
import { baselineSchema } from './schema/schema.ts';

/** An entry with its place in the file. */
export interface WrittenEntry extends BaselineEntry {
  readonly at: Omit<ConfigError, 'message'>;
}

/** The entries of a baseline, or every error in it. */
export type BaselineResult = { readonly entries: readonly WrittenEntry[] } | Errors;

type Counts<T> = Readonly<Record<string, T>>;

/** Reads a baseline; `path` is the name of the file, for errors. A text without content is the empty baseline. */
export function readBaseline(text: string, path: string): BaselineResult {
  const read = readMap(text, path, (value) => validate(baselineSchema, value));
  if ('errors' in read) return read;
  const { value, placeOf } = read;
  const { findings = {} } = value as { findings?: Counts<Counts<Counts<number>>> };
  const entries = Object.entries(findings).flatMap(([file, subjects]) =>
    Object.entries(subjects).flatMap(([subject, counts]) =>
      Object.entries(counts).map(([id, count]): WrittenEntry => {
        const at = placeOf?.(formatPointer(['findings', file, subject, id]), 'key');
        return { path: file, subject, id, count, at: at ?? { path, line: 1, column: 1 } };
      }),
    ),
  );
  return { entries };
}

const HEADER = `# Findings that were there when this file was written, by file and workload: kharden does not report them again.
# kharden audit --write-baseline writes it anew; without a line here its findings are reported.
`;

/** Prints a baseline, sorted by file, by what the findings are about and by id, so that it changes only where they do. */
export function printBaseline(entries: readonly BaselineEntry[]): string {
  const findings: Record<string, Record<string, Record<string, number>>> = Object.create(null);
  for (const { path, subject, id, count } of [...entries].sort(byName)) {
    const ofFile = (findings[path] ??= Object.create(null) as Record<string, Record<string, number>>);
    (ofFile[subject] ??= {})[id] = count;
  }
  return HEADER + writeDocument({ findings } as JsonObject, parseYaml('a: b\n') as ParsedYaml, '\n');
}

function byName(left: BaselineEntry, right: BaselineEntry): number {
  const differs = (['path', 'subject', 'id'] as const).find((key) => left[key] !== right[key]);
  return differs === undefined || left[differs] < right[differs] ? -1 : 1;
}
