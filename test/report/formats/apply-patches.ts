/** Applies what `--format json-patch` prints by another library than the one that proves writes. */
import { applyPatch, type Operation } from 'rfc6902';
import type { FileResult } from '../../../src/index.ts';
import { deepEqual, type Json } from '../../../src/util/json.ts';
import { isParsed, parseYaml, splitStream } from '../../../src/yaml/index.ts';

export interface PatchEntry {
  readonly path: string;
  readonly document: number;
  readonly before: readonly Json[];
  readonly patch: readonly Operation[];
}

/** What is wrong with the patches of a file: how their result differs from the hardened text; undefined when nothing is. */
export function patchedElsewhere({ path, input, output }: FileResult, entries: readonly PatchEntry[]): string | undefined {
  const expected = valuesOf(output).filter((value) => value !== null);
  const actual = valuesOf(input).flatMap((value, document) => {
    const entry = entries.find((one) => one.path === path && one.document === document);
    if (!entry) return [value];
    const patched = structuredClone(value);
    const errors = applyPatch(patched, [...entry.patch]).filter((error) => error !== null);
    return errors.length > 0 ? [`${errors[0]}`] : [...entry.before, patched];
  });
  const isSame = deepEqual(
    actual.filter((value) => value !== null),
    expected,
  );
  return isSame ? undefined : `${JSON.stringify(actual).slice(0, 300)} and not ${JSON.stringify(expected).slice(0, 300)}`;
}

/** The value of each document; null for one that cannot be read. */
function valuesOf(text: string): Json[] {
  return splitStream(text).map(({ start, end }) => {
    const parsed = parseYaml(text.slice(start, end));
    return isParsed(parsed) ? parsed.value : null;
  });
}
