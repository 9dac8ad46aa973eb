/** What is reported of what a kustomize build does not let stand. */
import type { ControlId } from '../../kubernetes/pod-security/index.ts';
import { observation, type Observation } from '../../observations/observation.ts';
import type { Conflict } from './conflicts.ts';

/** One observation for each container and each patch; pointers lead from the document. */
export function patchReports(
  conflicts: readonly Conflict[],
  controlsOf: (transform: string) => readonly ControlId[],
): Observation[] {
  if (conflicts.length === 0) return [];
  const groups = new Map<string, [Conflict, Conflict[]]>();
  for (const conflict of conflicts) {
    const { unit, kind, step } = conflict;
    const key = JSON.stringify([unit.container, kind, step.file, step.line]);
    const group = groups.get(key);
    if (group) group[1].push(conflict);
    else groups.set(key, [conflict, [conflict]]);
  }
  return [...groups.values()].map(([{ unit, kind, build, step }, group]) => {
    const transforms = [...new Set(group.map((one) => one.unit.transform))];
    const place = { at: unit.at, ...(unit.container === undefined ? {} : { container: unit.container }) };
    const source = `${step.what} at ${step.file}:${step.line}`;
    const [be, it, they] = group.length > 1 ? ['are', 'them', 'they do'] : ['is', 'it', 'it does'];
    const why =
      kind === 'replaced'
        ? `${source} replaces ${it} wherever this is built`
        : `${they} not agree with ${source} in the build of ${build.folder || '.'}`;
    const seen = observation('patched-elsewhere', `${named(group)} ${be} left out, because ${why}`, place);
    return {
      ...seen,
      severity: kind === 'replaced' ? 'info' : seen.severity,
      controls: transforms.flatMap((transform) => controlsOf(transform)),
    };
  });
}

/** Transforms by their ids, the parts of divisible ones by what they write: `resources (limits.memory)`. */
function named(conflicts: readonly Conflict[]): string {
  const names = new Map<string, string[]>();
  for (const { unit } of conflicts) {
    const parts = names.get(unit.transform) ?? [];
    names.set(unit.transform, parts);
    const path = unit.ops[0]?.path.split('/').slice(-2).join('.');
    if (unit.place !== undefined && path !== undefined) parts.push(path);
  }
  const all = [...names].map(([transform, parts]) => (parts.length === 0 ? transform : `${transform} (${parts.join(', ')})`));
  return all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`;
}
