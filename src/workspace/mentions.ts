/** Which files mention a name, told from their text: a file is read only when a name in it is asked for. */

const NAME = /\b(?:name|generateName|serviceAccountName|serviceAccount)["']?\s*:\s*([^\s,}\]]+)/g;
/** Values that stand elsewhere (aliases, block scalars, after a comment) or are written with escapes. */
const INDIRECT = /^[&*!|>#?]|\\/;
const ESCAPED_KEY = /\\[xuU]/;
/** No name is longer; of what is, the beginning tells enough. */
const LONGEST_NAME = 253;
/** Groups and users of service accounts have names of their own. */
const GROUPS = 'system:serviceaccount';

interface Mentioning {
  readonly text: string;
}

export interface Mentions<T> {
  /** Files that may mention a name as a name; all that do are among them. */
  of(name: string): readonly T[];
  /** Files that may mention groups or users of service accounts. */
  ofGroups(): readonly T[];
}

/** Indexes files by the names in their text. */
export function createMentions<T extends Mentioning>(files: Iterable<T>): Mentions<T> {
  const byName = new Map<string, Set<T>>();
  const indirect: T[] = [];
  for (const file of files) {
    let isIndirect = ESCAPED_KEY.test(file.text);
    for (const [, value = ''] of file.text.matchAll(NAME)) {
      if (INDIRECT.test(value)) isIndirect = true;
      const name = baseName(value.replace(/^["']|["']$/g, ''));
      add(byName, name.startsWith(GROUPS) ? GROUPS : name, file);
    }
    if (isIndirect) indirect.push(file);
  }
  const find = (name: string): T[] => [
    ...new Set([
      ...(byName.get(name) ?? []),
      ...indirect.filter(({ text }) => text.includes(name.slice(0, LONGEST_NAME)) || text.includes('\\')),
    ]),
  ];
  return { of: (name) => find(baseName(name)), ofGroups: () => find(GROUPS) };
}

/** `generateName: web-` stands for names that begin with `web`. */
export function baseName(name: string): string {
  let end = name.length;
  while (name[end - 1] === '-' || name[end - 1] === '.') end--;
  return name.slice(0, end);
}

function add<T>(map: Map<string, Set<T>>, key: string, value: T): void {
  const values = map.get(key);
  if (values) values.add(value);
  else map.set(key, new Set([value]));
}
