/**
 * Globs of paths: `*` and `?` stay within a segment, `**` goes across, `{a,b}` is a choice, a backslash takes away the meaning
 * of the next character. A path is followed through all possibilities at once, so the time is linear in its length.
 */

type Token =
  | { readonly kind: 'character'; readonly text: string }
  /** `?`, `*`, `**`, and `**` with its slash: any number of folders, also none. */
  | { readonly kind: 'one' | 'segment' | 'across' | 'folders' }
  | { readonly kind: 'choice'; readonly branches: readonly (readonly Token[])[] };

/** One place in a glob. With `accepts` it takes a character and moves on; without, it is left at once for each of `next`. */
interface State {
  readonly accepts?: (character: string) => boolean;
  readonly next: State[];
}

const anything = (): boolean => true;
const notSlash = (character: string): boolean => character !== '/';
const slash = (character: string): boolean => character === '/';

/**
 * Compiles a glob for paths with slashes, relative to the same folder as the glob. Names that begin with a dot are matched
 * like others. A glob whose last segment has no wildcard, such as `legacy` or `apps/old/`, also matches what lies below it.
 */
export function compilePathGlob(glob: string): (path: string) => boolean {
  const plain = glob.replace(/^(?:\.\/)+/, '').replace(/\/+$/, '');
  const end: State = { next: [] };
  const isFolder = !/[*?]/.test(plain.slice(plain.lastIndexOf('/') + 1));
  const last = isFolder ? { next: [end, { accepts: slash, next: [repeat(anything, end)] }] } : end;
  const start = link(tokenize([...plain]), last);
  return (path) => {
    let current = reach([start]);
    for (const character of path) {
      current = reach([...current].flatMap(({ accepts, next }) => (accepts?.(character) ? next : [])));
      if (current.size === 0) return false;
    }
    return current.has(end);
  };
}

/** The states, and those that they are left for without a character. */
function reach(states: readonly State[]): Set<State> {
  const reached = new Set<State>();
  const open = [...states];
  for (let state = open.pop(); state; state = open.pop()) {
    if (reached.has(state)) continue;
    reached.add(state);
    if (!state.accepts) for (const next of state.next) open.push(next);
  }
  return reached;
}

function link(tokens: readonly Token[], next: State): State {
  return tokens.reduceRight<State>((after, token) => {
    switch (token.kind) {
      case 'character':
        return { accepts: (character) => character === token.text, next: [after] };
      case 'one':
        return { accepts: notSlash, next: [after] };
      case 'segment':
        return repeat(notSlash, after);
      case 'across':
        return repeat(anything, after);
      case 'folders':
        return { next: [after, repeat(anything, { accepts: slash, next: [after] })] };
      case 'choice':
        return { next: token.branches.map((branch) => link(branch, after)) };
    }
  }, next);
}

function repeat(accepts: (character: string) => boolean, after: State): State {
  const loop: State = { next: [after] };
  loop.next.push({ accepts, next: [loop] });
  return loop;
}

function tokenize(characters: readonly string[]): Token[] {
  const tokens: Token[] = [];
  for (let index = 0; index < characters.length; index++) {
    const text = characters[index] as string;
    const branches = text === '{' ? findChoice(characters, index) : undefined;
    if (branches) {
      const bounds = branches.slice(1).map((bound, at) => characters.slice((branches[at] ?? 0) + 1, bound));
      tokens.push({ kind: 'choice', branches: bounds.map(tokenize) });
      index = branches.at(-1) ?? index;
    } else if (text === '*') {
      const start = index;
      while (characters[index + 1] === '*') index++;
      const isWhole = index > start && (start === 0 || characters[start - 1] === '/') && characters[index + 1] === '/';
      if (isWhole) index++;
      tokens.push({ kind: isWhole ? 'folders' : index > start ? 'across' : 'segment' });
    } else if (text === '?') {
      tokens.push({ kind: 'one' });
    } else {
      if (text === '\\' && index + 1 < characters.length) index++;
      tokens.push({ kind: 'character', text: characters[index] as string });
    }
  }
  return tokens;
}

/** Where the brackets and commas of a choice stand; undefined for a bracket that opens none, as in `{a}` or `a{b`. */
function findChoice(characters: readonly string[], open: number): number[] | undefined {
  const bounds = [open];
  let depth = 0;
  for (let index = open; index < characters.length; index++) {
    const text = characters[index];
    if (text === '\\') index++;
    else if (text === '{') depth++;
    else if (text === ',' && depth === 1) bounds.push(index);
    else if (text === '}' && --depth === 0) return bounds.length > 1 ? [...bounds, index] : undefined;
  }
  return undefined;
}
