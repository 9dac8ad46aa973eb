/** The texts of files in an image, as far as they come from files of the repository. */
import { normalPath } from '../../kubernetes/volumes.ts';
import { joinPath } from '../../util/paths.ts';
import type { Copy, Stage } from './stage.ts';

/** The text of a file of the repository by its path; undefined when it is not in the inputs. */
export type TextOf = (path: string) => string | undefined;

/** PATH where an image sets none (containerd, `oci.WithDefaultPathEnv`). */
const DEFAULT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
const MOST_STAGES = 10;

/** The text of a file in the image of a stage; what is copied last counts. */
export function fileText(path: string, stage: Stage, textOf: TextOf, depth = 0): string | undefined {
  if (depth > MOST_STAGES) return undefined;
  for (const copy of stage.copies.toReversed()) {
    const found = copiedText(path, copy, textOf, depth);
    if (found !== undefined) return found;
  }
  return undefined;
}

function copiedText(path: string, copy: Copy, textOf: TextOf, depth: number): string | undefined {
  const { sources, target, isFolder, from, text, context } = copy;
  if (text !== undefined) return path === target ? text : undefined;
  const read = (source: string): string | undefined =>
    from ? fileText(normalPath(source), from, textOf, depth + 1) : textOf(joinPath(context, source.replace(/^\/+/, '')));
  for (const source of sources) {
    const inside = path.startsWith(target === '/' ? '/' : `${target}/`)
      ? path.slice(target === '/' ? 1 : target.length + 1)
      : undefined;
    const name = source.replace(/\/+$/, '').split('/').at(-1) ?? '';
    const found =
      (path === target && !isFolder ? read(source) : undefined) ??
      (inside !== undefined && fits(name, inside) ? read(source.slice(0, source.length - name.length) + inside) : undefined) ??
      (inside !== undefined && !source.includes('*') ? read(`${source}/${inside}`) : undefined);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** True when the last part of a source is the name of a file, or a pattern such as `*.sh` for it. */
function fits(source: string, name: string): boolean {
  if (!source.includes('*')) return source === name;
  const [start = '', end = '', ...others] = source.split('*');
  return others.length === 0 && !name.includes('/') && name.startsWith(start) && name.endsWith(end);
}

/** The path of a command that is named without one, where its file is known. */
export function commandPath(word: string, stage: Stage, textOf: TextOf): string {
  if (word === '' || word.includes('/')) return word.startsWith('./') ? normalPath(`${stage.workdir}/${word}`) : word;
  const folders = (stage.env.get('PATH') ?? DEFAULT_PATH).split(':');
  const paths = folders.map((folder) => `${folder}/${word}`);
  return paths.find((path) => fileText(path, stage, textOf) !== undefined) ?? word;
}
