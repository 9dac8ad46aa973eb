/** Which changes stand in which hunk of a diff: found by reading the hardened text. */
import type { AppliedChange, FileResult, ObjectName, TextEdit } from '../../index.ts';
import { formatPointer, parsePointer } from '../../patch/index.ts';
import { isArray, isObject, member, stringAt, type Json } from '../../util/json.ts';
import { isParsed, Lines, locate, parseYaml, splitStream, type ParsedYaml, type Slice } from '../../yaml/index.ts';
import type { Hunk } from '../hunks.ts';

/** A change that a hunk holds the whole or a part of. */
export interface Reason {
  readonly change: AppliedChange;
  /** False where an earlier hunk holds another part of it. */
  readonly isFirst: boolean;
  /** The lines of the hardened text, from 1, where its parts in this hunk begin. */
  readonly lines: readonly number[];
}

type Operations = FileResult['patches'][number]['operations'];

/** A document of the hardened text. */
interface OutputDocument {
  readonly slice: Slice;
  readonly parsed: ParsedYaml;
}

/** For each hunk the changes that it shows, in the order of the file's changes. */
export function reasonsOf(file: FileResult, hunks: readonly Hunk[]): Reason[][] {
  const lines = new Lines(file.output);
  const read = reader(file);
  const reasons = hunks.map((): Reason[] => []);
  for (const change of file.changes) {
    const places = new Set([...read(change)].map((offset) => lines.position(offset).line));
    const placed = [...places].sort((left, right) => left - right).map((line) => ({ line, hunk: hunkAt(hunks, line) }));
    for (const [index, hunk] of [...new Set(placed.map((place) => place.hunk))].entries()) {
      const inHunk = placed.filter((place) => place.hunk === hunk).map(({ line }) => line);
      reasons[hunk]?.push({ change, isFirst: index === 0, lines: inHunk });
    }
  }
  return reasons;
}

/** Where a change stands in the hardened text, as offsets. */
function reader({ input, output, edits, changes, patches }: FileResult): (change: AppliedChange) => Iterable<number> {
  const before = splitStream(input);
  const after = splitStream(output);
  const known = new Map<number, OutputDocument | undefined>();
  const documentAt = (index: number): OutputDocument | undefined => {
    if (!known.has(index)) known.set(index, parseSlice(output, after[index]));
    return known.get(index);
  };
  const targets = targetsOf(changes);
  const operationsOn = (document: number): Operations => patches.find((patch) => patch.document === document)?.operations ?? [];
  return function* places(change) {
    const { document, creates = [] } = change;
    const slice = before[document];
    if (!slice) return;
    const end = movedBy(edits, slice.end - 1);
    const index = after.findLastIndex(({ start }) => start <= end);
    const here = documentAt(index);
    if (here) {
      for (const target of targets.get(change) ?? [])
        yield here.slice.start + locate(here.parsed, resolved(target, here.parsed.value, operationsOn(document)));
    }
    for (const name of creates) {
      const created = after.findLastIndex((_, at) => at < index && isObjectNamed(documentAt(at)?.parsed.value, name));
      const found = documentAt(created);
      if (found) yield found.slice.start + locate(found.parsed, '/kind');
    }
  };
}

function parseSlice(text: string, slice: Slice | undefined): OutputDocument | undefined {
  const parsed = slice && parseYaml(text.slice(slice.start, slice.end));
  return parsed && isParsed(parsed) ? { slice, parsed } : undefined;
}

/** The offset in the hardened text of what is at an offset of the input. */
function movedBy(edits: readonly TextEdit[], offset: number): number {
  return edits
    .filter(({ end }) => end <= offset)
    .reduce((moved, { start, end, text }) => moved + text.length - (end - start), offset);
}

/** What a change writes: for an item that is added to a list (`/-`), which one it is, counted from the end. */
interface Target {
  readonly pointer: string;
  readonly fromEnd: number;
}

/** Items that several changes add to one list stand there in the order of the changes. */
function targetsOf(changes: readonly AppliedChange[]): ReadonlyMap<AppliedChange, readonly Target[]> {
  const counts = new Map<string, number>();
  const count = (key: string): number => {
    const next = (counts.get(key) ?? 0) + 1;
    counts.set(key, next);
    return next;
  };
  const backwards = changes.toReversed().map((change) => {
    const { document, pointers } = change;
    const targets = pointers.toReversed().map((pointer) => ({ pointer, fromEnd: count(`${document} ${pointer}`) }));
    return [change, targets.reverse()] as const;
  });
  return new Map(backwards);
}

/** The pointer to a target in the hardened value, in which items of lists may have moved. */
function resolved({ pointer, fromEnd }: Target, value: Json, operations: Operations): string {
  let at: Json | undefined = value;
  let before = '';
  let after = '';
  for (const key of parsePointer(pointer)) {
    const token = formatPointer([key]);
    if (isArray(at)) {
      const index: number =
        key === '-' ? Math.max(at.length - fromEnd, 0) : Number(key) + itemsBefore(Number(key), before, operations);
      after += `/${index}`;
      at = at[index];
    } else {
      after += token;
      at = isObject(at) ? member(at, key) : undefined;
    }
    before += token;
  }
  return after;
}

/** How many more items stand before the one with an index than before the operations. */
function itemsBefore(index: number, list: string, operations: Operations): number {
  return operations.reduce((moved, { op, path }) => {
    const at = path.startsWith(`${list}/`) ? Number(path.slice(list.length + 1)) : Number.NaN;
    return op === 'add' && at <= index ? moved + 1 : op === 'remove' && at < index ? moved - 1 : moved;
  }, 0);
}

function isObjectNamed(value: Json | undefined, { kind, name }: ObjectName): boolean {
  return isObject(value) && stringAt(value, 'kind') === kind && stringAt(value, 'metadata', 'name') === name;
}

/** The index of the hunk that is nearest to a line of the hardened text. */
function hunkAt(hunks: readonly Hunk[], line: number): number {
  const distances = hunks.map(({ newStart, newLines }) => Math.max(newStart - line, line - (newStart + newLines - 1), 0));
  return distances.indexOf(Math.min(...distances));
}
