/** Unified diffs that `git apply` and `patch -p1` take. */
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import type { FileResult } from '../engine/index.ts';
import type { Paint } from './text.ts';

/** The diff of one file with `a/` and `b/` before its path; the empty text when nothing changes. */
export function fileDiff(file: FileResult): string {
  if (file.input === file.output) return '';
  return createTwoFilesPatch(headerPath('a', file.path), headerPath('b', file.path), file.input, file.output, undefined, undefined, {
    context: 3,
    headerOptions: FILE_HEADERS_ONLY,
  });
}

/** Git quotes a path that holds control characters, quotes or backslashes like a C string. */
function headerPath(side: 'a' | 'b', path: string): string {
  const full = `${side}/${path.replace(/^\/+/, '')}`;
  if (!/[\u0000-\u001F\u007F"\\]/.test(full)) return full;
  const quoted = full.replace(/[\u0000-\u001F\u007F"\\]/g, (character) => {
    const named: Record<string, string> = { '\n': '\\n', '\t': '\\t', '\r': '\\r', '"': '\\"', '\\': '\\\\' };
    return named[character] ?? `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`;
  });
  return `"${quoted}"`;
}

/** Colours a diff line by line, as git does. */
export function paintDiff(diff: string, paint: Paint): string {
  return diff
    .split('\n')
    .map((line) => {
      if (line.startsWith('---') || line.startsWith('+++')) return paint.bold(line);
      if (line.startsWith('@@')) return paint.cyan(line);
      if (line.startsWith('+')) return paint.green(line);
      return line.startsWith('-') ? paint.red(line) : line;
    })
    .join('\n');
}
