/** `kharden explain` and `kharden list`. */
import { explanationOf } from '../../report/explain/explanation.ts';
import { nearestId } from '../../report/explain/ids.ts';
import { listLines } from '../../report/explain/list.ts';
import type { Layout } from '../../report/terminal/findings.ts';
import { paint } from '../../report/text.ts';
import { NOTHING, remark, type Outcome } from '../output/outcome.ts';

/** Explains a transform or a finding; without an id, lists all of them. */
export function explain(id: string | undefined): Outcome {
  if (id === undefined) return list();
  if (explanationOf(id, { paint: paint(false), width: Infinity }) === undefined) {
    const nearest = nearestId(id);
    const hint = nearest === undefined ? 'kharden list shows all' : `did you mean ${nearest}?`;
    return remark(2, `explain: no transform and no finding is called ${id}: ${hint}`);
  }
  return printed((layout) => explanationOf(id, layout) ?? []);
}

/** Lists every transform and every finding. */
export function list(): Outcome {
  return printed(listLines);
}

function printed(linesFor: (layout: Layout) => readonly string[]): Outcome {
  return {
    ...NOTHING,
    stdout: ({ paint: colours = paint(false), width }) => [`${linesFor({ paint: colours, width }).join('\n')}\n`],
  };
}
