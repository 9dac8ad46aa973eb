/** What `.gitignore` and `.kharden-ignore` leave out, as git reads them: nested, the deepest file that says something decides. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import ignore, { type Ignore } from 'ignore';

/** Files that say what git leaves out, and files that say what kharden does not change besides. */
export const GIT_IGNORE = ['.gitignore'] as const;
export const ALL_IGNORE = ['.gitignore', '.kharden-ignore'] as const;

interface Rules {
  readonly folder: string;
  readonly rules: Ignore;
}

/** The rules that count in one folder. */
export class IgnoreRules {
  readonly #names: readonly string[];
  /** The deepest folder first. */
  readonly #chain: readonly Rules[];

  private constructor(names: readonly string[], chain: readonly Rules[]) {
    this.#names = names;
    this.#chain = chain;
  }

  /** Those of a folder: from the root of its repository down to it, or its own where there is no repository. */
  static for(folder: string, names: readonly string[]): IgnoreRules {
    const above = foldersAbove(folder);
    return above.reduceRight((rules, one) => rules.enter(one), new IgnoreRules(names, []));
  }

  /** The rules below one more folder. */
  enter(folder: string): IgnoreRules {
    const texts = this.#names.flatMap((name) => textOf(join(folder, name)) ?? []);
    if (texts.length === 0) return this;
    const rules = ignore({ allowRelativePaths: true }).add(texts.join('\n'));
    return new IgnoreRules(this.#names, [{ folder, rules }, ...this.#chain]);
  }

  /** True for a file or folder that is left out; what is below one that is must not be asked for. */
  leavesOut(path: string, isFolder: boolean): boolean {
    for (const { folder, rules } of this.#chain) {
      const inside = relative(folder, path).split(sep).join('/');
      const { ignored, unignored } = rules.test(isFolder ? `${inside}/` : inside);
      if (ignored) return true;
      if (unignored) return false;
    }
    return false;
  }
}

/** A folder and those above it up to the root of its repository; the folder alone where there is none. */
function foldersAbove(folder: string): string[] {
  const found: string[] = [];
  for (let one = folder; ; one = dirname(one)) {
    found.push(one);
    if (existsSync(join(one, '.git'))) return found;
    if (dirname(one) === one) return [folder];
  }
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
