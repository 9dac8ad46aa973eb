/** Whether hardening took away only what the rules name: checked edit by edit, against the operations that the run reports. */
import type { FileResult, PatchOperation } from '../src/index.ts';
import { isArray, isObject, type Json } from '../src/util/json.ts';
import { applyTextEdits, splitStream } from '../src/yaml/index.ts';

/** What may be replaced or removed although the author wrote it: the same said in a form that is no longer read. */
const REPLACED = [
  /\/securityContext\/capabilities\/drop\/\d+$/,
  /\/spec\/serviceAccount(?:Name)?$/,
  /\/metadata\/annotations\/(?:container\.)?seccomp\.security\.alpha\.kubernetes\.io~1[^/]*$/,
];
/** The whole map goes with its last annotation. */
const ANNOTATIONS = /\/metadata\/annotations$/;
const SECCOMP = /^(?:container\.)?seccomp\.security\.alpha\.kubernetes\.io\//;

const EMPTY_VALUE = /^\s*(?:\{\s*\}|\[\s*\]|null|Null|NULL|~)?\s*$/;
const ALIAS = /^\s*(?:\*[\w.-]+|<<\s*:\s*(?:\*[\w.-]+|\[[\s\w.,*-]*\]))\s*(?:#.*)?\s*$/;
const PUNCTUATION = /[\s"'{}[\],:-]+/g;

/** The first thing that hardening took away without a reason that the rules name; undefined when there is none. */
export function unexplainedLoss({
  input,
  output,
  edits,
  patches,
}: Pick<FileResult, 'input' | 'output' | 'edits' | 'patches'>): string | undefined {
  if (applyTextEdits(input, edits) !== output) return 'the edits do not make the output';
  const slices = splitStream(input);
  for (const { start, end } of edits) {
    const lost = input.slice(start, end);
    if (EMPTY_VALUE.test(lost) || ALIAS.test(lost)) continue;
    const document = slices.findIndex((slice) => start >= slice.start && end <= slice.end);
    const operations = patches.find((patch) => patch.document === document)?.operations ?? [];
    if (!isExplained(lost, operations)) return `lost ${JSON.stringify(lost)}`;
  }
  return undefined;
}

/** True when nothing is left of a text without the keys and values that permitted operations take away. */
function isExplained(lost: string, operations: readonly PatchOperation[]): boolean {
  const words = operations.flatMap((operation, index) => {
    const before = operations[index - 1];
    if (operation.op === 'add' || operation.op === 'test' || before?.op !== 'test' || before.path !== operation.path) return [];
    const isAsWanted = operation.op === 'remove' || isWanted(operation.path, operation.value);
    return isAsWanted && isPermitted(operation.path, before.value) ? [...keyOf(operation.path), ...wordsOf(before.value)] : [];
  });
  const longestFirst = words.sort((left, right) => right.length - left.length);
  return lost.split('\n').every((line) => {
    if (/^\s*#/.test(line)) return false;
    const rest = longestFirst.reduce((text, word) => text.replaceAll(word, ' '), line);
    // A comment goes with the value on its line.
    const withoutComment = rest === line ? rest : rest.replace(/\s#.*/, '');
    return withoutComment.replace(PUNCTUATION, '') === '';
  });
}

function isPermitted(path: string, was: Json): boolean {
  if (ANNOTATIONS.test(path)) return isObject(was) && Object.keys(was).every((key) => SECCOMP.test(key));
  return REPLACED.some((pattern) => pattern.test(path));
}

/** True for the value that the rules put in the place of another one. */
function isWanted(path: string, value: Json): boolean {
  return /\/drop\/\d+$/.test(path) ? value === 'ALL' : true;
}

/** The key at the end of a path; none for the index of a list. */
function keyOf(path: string): string[] {
  const key = (path.split('/').at(-1) ?? '').replaceAll('~1', '/').replaceAll('~0', '~');
  return /^\d+$/.test(key) ? [] : [key];
}

/** Every key and scalar of a value. */
function wordsOf(value: Json): string[] {
  if (isArray(value)) return value.flatMap(wordsOf);
  if (isObject(value)) return Object.entries(value).flatMap(([key, inner]) => [key, ...wordsOf(inner)]);
  return [String(value)];
}
