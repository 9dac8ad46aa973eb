/** Which files git says have changed. */
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { findFiles, type Found, type FoundFile } from './walk.ts';

/** The real paths of files that differ from a commit, and of those that git does not know yet; or why they are not known. */
function changedSince(reference: string): { readonly changed: ReadonlySet<string> } | { readonly mistake: string } {
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

/** The files that paths name, and which of them to look at; or why that is not known. */
type Chosen =
  | (Omit<Found, 'files'> & { readonly found: readonly FoundFile[]; readonly files: readonly FoundFile[] })
  | { readonly mistake: string };

/** Finds the files that paths name, and leaves out those that did not change: `since` is what `--changed` says. */
export async function chosenFiles(paths: readonly string[], since: string | true | undefined): Promise<Chosen> {
  const { files: found, ...rest } = await findFiles(paths);
  if (since === undefined) return { found, files: found, ...rest };
  const known = changedSince(since === true ? 'HEAD' : since);
  return 'mistake' in known ? known : { found, files: found.filter(({ real }) => known.changed.has(real)), ...rest };
}

/** What git prints; undefined when it fails or is not there. */
function git(args: readonly string[]): string | undefined {
  const { status, stdout } = spawnSync('git', args, { encoding: 'utf8', maxBuffer: 1 << 28 });
  return status === 0 ? stdout : undefined;
}
