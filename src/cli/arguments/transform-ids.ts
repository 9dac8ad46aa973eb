/** The ids of transforms in the arguments. */
import { transforms } from '../../../transforms/index.ts';
import { suggest } from '../../util/suggest.ts';
import type { CliOptions } from './options.ts';

/** What is wrong with the ids of `--only`, `--enable` and `--skip`; undefined when all are known. */
export function unknownTransform({ only, enable, skip }: CliOptions): string | undefined {
  const known = transforms.map(({ meta }) => meta.id);
  for (const [option, ids = known] of [
    ['--only', only],
    ['--enable', enable],
    ['--skip', skip],
  ] as const) {
    if (ids.length === 0) return `${option} names no transform: choose from ${known.join(', ')}`;
    const unknown = ids.find((id) => !known.includes(id));
    if (unknown === undefined) continue;
    const nearest = suggest(unknown, known);
    const hint = nearest === undefined ? `choose from ${known.join(', ')}` : `did you mean ${nearest}?`;
    return `${option}: unknown transform ${unknown}: ${hint}`;
  }
  return undefined;
}
