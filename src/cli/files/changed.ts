/** Which files git says have changed. */
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

/** The real paths of files that differ from a commit, and of those that git does not know yet; or why they are not known. */
export function changedSince(reference: string): { readonly changed: ReadonlySet<string> } | { readonly mistake: string } {
  const root = git(['rev-parse', '--show-toplevel']);
  if (!root)
    return { mistake: '--changed asks git, and this is no repository of it: run kharden inside of one, or name the files' };
  const commit = git(['rev-parse', '--verify', '--quiet', '--end-of-options', `${reference}^{commit}`]);
  if (!commit)
    return { mistake: `--changed ${reference}: git knows no such commit: name one, or write --changed=HEAD before paths` };
  const [top = ''] = root.split('\n');
  const lists = [
    git(['-C', top, 'diff', '--name-only', '-z', '--diff-filter=d', commit.trim(), '--']),
    git(['-C', top, 'ls-files', '--others', '--exclude-standard', '-z']),
  ];
  return {
    changed: new Set(
      lists.flatMap((list = '') => list.split('\0').filter((path) => path !== '')).map((path) => resolve(top, path)),
    ),
  };
}

/** What git prints; undefined when it fails or is not there. */
function git(args: readonly string[]): string | undefined {
  const { status, stdout } = spawnSync('git', args, { encoding: 'utf8', maxBuffer: 1 << 28 });
  return status === 0 ? stdout : undefined;
}
