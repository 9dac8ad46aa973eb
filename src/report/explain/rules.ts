/** Which published rules ask for something, with the addresses where they are described. */
import { STANDARDS } from '../../transform/standards.ts';
import type { References } from '../../transform/transform.ts';
import { GUIDES } from './guides.ts';

/** The rules of one standard. */
export interface AskedBy {
  readonly title: string;
  readonly url: string;
  /** Each with its title, where the id alone says little. */
  readonly rules: readonly string[];
}

/** The rules that a transform answers. */
export function rulesOf(references: References): AskedBy[] {
  return (Object.entries(references) as [keyof References, readonly string[]][]).map(([standard, ids]) => {
    const { title, url, rules } = STANDARDS[standard];
    return { title, url, rules: ids.map((id) => (rules?.[id] ? `${id} (${rules[id]})` : id)) };
  });
}

/** The findings that stand for any control, so that naming all of them would say nothing. */
const OF_ANY_CONTROL = new Set(['pod-security', 'ephemeral-container']);

/** The rules that ask for what a finding is about. */
export function rulesOfFinding(id: string, controls: readonly string[] = []): AskedBy[] {
  const ofGuides = GUIDES.flatMap(({ standard, rules }): AskedBy[] => {
    const asking = rules.filter(({ findings }) => findings?.includes(id)).map((rule) => rule.id);
    return asking.length > 0 ? [{ ...STANDARDS[standard], rules: asking }] : [];
  });
  return controls.length === 0 || OF_ANY_CONTROL.has(id) ? ofGuides : [...ofGuides, { ...STANDARDS.pss, rules: controls }];
}
