/** Reads the files of `--usage`. */
import { readFileSync, statSync } from 'node:fs';
import type { ContainerUsage } from '../../index.ts';
import type { Problem } from '../../report/result.ts';
import { readUsage } from '../../usage/read/index.ts';
import { invalidUsage, unusablePath } from '../files/problem.ts';
import { reasonOf } from '../files/reason.ts';

const STDIN = 0;

/** What the files say, and what is wrong with them. */
export interface LoadedUsage {
  readonly usage: readonly ContainerUsage[];
  readonly problems: readonly Problem[];
}

/** Reads files; `-` is stdin. What names no time itself is as old as its file. */
export function loadUsage(paths: readonly string[]): LoadedUsage {
  const usage: ContainerUsage[] = [];
  const problems: Problem[] = [];
  for (const path of paths) {
    try {
      const date = (path === '-' ? new Date() : statSync(path).mtime).toISOString().slice(0, 'yyyy-mm-dd'.length);
      const name = path === '-' ? 'stdin' : path;
      const result = readUsage(readFileSync(path === '-' ? STDIN : path, 'utf8'), { path: name, date });
      if ('usage' in result) for (const one of result.usage) usage.push(one);
      else problems.push(invalidUsage(result.error));
    } catch (error) {
      problems.push(unusablePath(path, reasonOf(error)));
    }
  }
  return { usage, problems };
}
