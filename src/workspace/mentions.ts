/** Which files mention a name, told from their text: a file is read only when a name in it is asked for. */
import { withoutTail } from './accounts.ts';
import type { SourceFile } from './source-file.ts';

const NAME = /\b(?:name|generateName|serviceAccountName|serviceAccount|claimName)["']?\s*:\s*([^\s,}\]]+)/g;
/** Values that stand elsewhere: behind an alias, in a block scalar, after a comment. */
const ELSEWHERE = /^[&*!|>#?]/;
const WORD = /[\w.-]+/g;
/** Groups and users of service accounts have names of their own. */
const GROUPS = 'system:serviceaccount';

export interface Mentions {
  /** Files that may mention a name as a name; all that do are among them, but for those of `hidden`. */
  of(name: string): Iterable<SourceFile>;
  /** Files that may mention groups or users of service accounts. */
  ofGroups(): Iterable<SourceFile>;
  /** Files in which any name may be written with escapes. */
  readonly hidden: readonly SourceFile[];
}

/** Indexes files by the names in their text, in one pass. */
export function createMentions(files: Iterable<SourceFile>): Mentions {
  const byName = new Map<string, Set<SourceFile>>();
  const groups: SourceFile[] = [];
  const hidden: SourceFile[] = [];
  for (const file of files) {
    const { text } = file;
    if (text.includes(GROUPS)) groups.push(file);
    if (text.includes('\\') && hasHiddenName(text)) hidden.push(file);
    else for (const name of namesIn(text)) add(byName, name, file);
  }
  return { of: (name) => byName.get(withoutTail(name)) ?? [], ofGroups: () => groups, hidden };
}

function hasHiddenName(text: string): boolean {
  return /\\[xuU]/.test(text) || [...text.matchAll(NAME)].some(([, value = '']) => value.includes('\\'));
}

/** The values of name fields; every word of a text in which one of them stands elsewhere. */
function namesIn(text: string): Set<string> {
  const names = new Set<string>();
  for (const [, value = ''] of text.matchAll(NAME)) {
    if (ELSEWHERE.test(value)) return new Set(Array.from(text.matchAll(WORD), ([word]) => withoutTail(word)));
    names.add(withoutTail(value.replace(/^["']|["']$/g, '')));
  }
  return names;
}

function add<T>(map: Map<string, Set<T>>, key: string, value: T): void {
  const values = map.get(key);
  if (values) values.add(value);
  else map.set(key, new Set([value]));
}
