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

/** The operations that add or remove items of one list. */
type ItemOperation = { readonly op: 'add' | 'remove'; readonly index: number };

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
  const movedBy = shiftOf(edits);
  const known = new Map<number, OutputDocument | undefined>();
  const documentAt = (index: number): OutputDocument | undefined => {
    if (!known.has(index)) known.set(index, parseSlice(output, after[index]));
    return known.get(index);
  };
  const targets = targetsOf(changes);
  const itemOperations = new Map(patches.map(({ document, operations }) => [document, byList(operations)]));
  return function* places(change) {
    const { document, creates = [] } = change;
    const slice = before[document];
    if (!slice) return;
    const end = movedBy(slice.end - 1);
    const index = countUntil(after, ({ start }) => start <= end) - 1;
    const here = documentAt(index);
    if (here) {
      for (const target of targets.get(change) ?? [])
        yield here.slice.start + locate(here.parsed, resolved(target, here.parsed.value, itemOperations.get(document)));
    }
    for (const name of creates) {
      let created = index - 1;
      while (created >= 0 && !isObjectNamed(documentAt(created)?.parsed.value, name)) created--;
      const found = documentAt(created);
      if (found) yield found.slice.start + locate(found.parsed, '/kind');
    }
  };
}

function parseSlice(text: string, slice: Slice | undefined): OutputDocument | undefined {
  const parsed = slice && parseYaml(text.slice(slice.start, slice.end));
  return parsed && isParsed(parsed) ? { slice, parsed } : undefined;
}

/** A function that gives the offset in the hardened text of what is at an offset of the input. */
function shiftOf(edits: readonly TextEdit[]): (offset: number) => number {
  const shifts = [0];
  for (const { start, end, text } of edits) shifts.push((shifts.at(-1) as number) + text.length - (end - start));
  return (offset) => offset + (shifts[countUntil(edits, ({ end }) => end <= offset)] as number);
}

/** How many items at the start of a list fulfil what none of the others does. */
function countUntil<T>(items: readonly T[], isBefore: (item: T) => boolean): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBefore(items[middle] as T)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The operations that add or remove items, by the pointer to the list. */
function byList(operations: FileResult['patches'][number]['operations']): ReadonlyMap<string, readonly ItemOperation[]> {
  const lists = new Map<string, ItemOperation[]>();
  for (const { op, path } of operations) {
    const slash = path.lastIndexOf('/');
    const index = Number(path.slice(slash + 1));
    if (Number.isNaN(index) || (op !== 'add' && op !== 'remove')) continue;
    const list = path.slice(0, slash);
    const others = lists.get(list);
    if (others) others.push({ op, index });
    else lists.set(list, [{ op, index }]);
  }
  return lists;
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
function resolved(
  { pointer, fromEnd }: Target,
  value: Json,
  operations: ReadonlyMap<string, readonly ItemOperation[]> | undefined,
): string {
  let at: Json | undefined = value;
  let before = '';
  let after = '';
  for (const key of parsePointer(pointer)) {
    const token = formatPointer([key]);
    if (isArray(at)) {
      const index: number =
        key === '-' ? Math.max(at.length - fromEnd, 0) : Number(key) + itemsBefore(Number(key), operations?.get(before));
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
function itemsBefore(index: number, operations: readonly ItemOperation[] = []): number {
  return operations.reduce(
    (moved, { op, index: at }) => (op === 'add' && at <= index ? moved + 1 : op === 'remove' && at < index ? moved - 1 : moved),
    0,
  );
}

function isObjectNamed(value: Json | undefined, { kind, name }: ObjectName): boolean {
  return isObject(value) && stringAt(value, 'kind') === kind && stringAt(value, 'metadata', 'name') === name;
}

/** The index of the hunk that is nearest to a line of the hardened text. */
function hunkAt(hunks: readonly Hunk[], line: number): number {
  const next = countUntil(hunks, ({ newStart }) => newStart <= line);
  const [before, after] = [hunks[next - 1], hunks[next]];
  if (!before || !after) return before ? next - 1 : after ? 0 : -1;
  return line - (before.newStart + before.newLines - 1) <= after.newStart - line ? next - 1 : next;
}
