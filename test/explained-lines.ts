/** The reasons for which a line of an input may be missing from the output. */

const EMPTY_VALUE = /^(.*?:)\s*(?:&\S+\s*)?(?:\{\s*\}|\[\s*\]|null|~|Null|NULL)\s*(#.*)?$/;
const EMPTY_LINE = /^\s*(?:\{\s*\}|\[\s*\])\s*(?:#.*)?$/;
const ALIAS = /[:-]\s+\*[\w.-]+\s*(?:#.*)?$|<<:/;
const REPLACED = [
  /^\s*"?serviceAccount(?:Name)?"?\s*:/,
  /^\s*(?:- )?(?:container\.)?seccomp\.security\.alpha\.kubernetes\.io\//,
  /^\s*annotations:\s*$/,
  /^\s*drop:/,
  /^\s*-\s+["']?[A-Za-z_]+["']?\s*(?:#.*)?$/,
];

/** True when `line` was filled, extended, expanded or replaced in the way that the rules name. */
export function isExplained(line: string, replacement: string): boolean {
  const bare = line.replace(/\r$/, '');
  const empty = EMPTY_VALUE.exec(bare);
  if (empty && replacement.includes((empty[1] ?? '').trimEnd())) return true;
  if (replacement.split('\n').some((candidate) => isSubsequence(bare.trim(), candidate))) return true;
  return EMPTY_LINE.test(bare) || ALIAS.test(bare) || REPLACED.some((pattern) => pattern.test(bare));
}

/** True when a line was only added to: what was there is still there, in order (a flow value that was extended). */
function isSubsequence(text: string, candidate: string): boolean {
  let index = 0;
  for (const character of candidate) if (character === text[index]) index++;
  return index === text.length;
}
