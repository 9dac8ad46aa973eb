/** The levels of the Pod Security Standards that workloads meet, one by one and all of a namespace. */
import type { KubernetesObject } from '../kubernetes/object.ts';
import type { Level } from '../kubernetes/pod-security/index.ts';
import { judgeHardened, type JudgedPod } from '../observations/pod-security.ts';
import type { NamespaceLevel } from '../transform/transform.ts';
import { reachOf } from '../workspace/reach.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { locate } from '../yaml/index.ts';
import type { Plan } from './plan.ts';
import type { ReadDocument, ReadFile } from './read.ts';
import type { ObjectName, Standing, WorkloadResult } from './result.ts';

const LEVELS: readonly Level[] = ['privileged', 'baseline', 'restricted'];

/**
 * A function that gives the level of a namespace that a file declares: the strictest one that all workloads of it meet which
 * are applied together with the file.
 */
export function namespaceLevels(plans: Iterable<Plan>, workspace: Workspace): (namespace: KubernetesObject) => NamespaceLevel {
  const byNamespace = new Map<string | undefined, Plan[]>();
  for (const plan of plans) {
    const { pods, leftAlone, namespace } = plan.object;
    if (pods.length === 0 && leftAlone === undefined) continue;
    const others = byNamespace.get(namespace);
    if (others) others.push(plan);
    else byNamespace.set(namespace, [plan]);
  }
  return ({ name, file }) => {
    const reach = reachOf(file, workspace);
    const isClose = ({ object }: Plan): boolean =>
      object.file === file || (reach.isWithin(object.file) && reach.isNear(object.file));
    const isGiven = reach.namespaces === 'given';
    const own = (isGiven ? [...byNamespace.values()].flat() : (byNamespace.get(name) ?? [])).filter(isClose);
    const unplaced = isGiven ? [] : (byNamespace.get(undefined) ?? []).filter(isClose);
    return levelOfAll(own, unplaced, reach.namespaces === 'varies');
  };
}

function levelOfAll(own: readonly Plan[], unplaced: readonly Plan[], varies: boolean): NamespaceLevel {
  const judged = own.filter(({ object }) => object.leftAlone === undefined && !isPartial(object));
  const lowest = judged.reduce<Plan | undefined>((low, plan) => (low && rank(low) <= rank(plan) ? low : plan), undefined);
  const unknown = own.find(({ object }) => object.leftAlone !== undefined);
  const part = own.find(({ object }) => isPartial(object));
  const why = unknown
    ? `${labelOf(unknown)} is left alone`
    : part
      ? `the pods of ${labelOf(part)} are completed by a controller`
      : unplaced[0]
        ? `${labelOf(unplaced[0])} names no namespace and may belong to it`
        : varies
          ? 'kustomizations give several namespaces'
          : undefined;
  return {
    level: lowest === undefined ? undefined : (LEVELS[rank(lowest)] as Level),
    workloads: judged.length,
    lowest: lowest && labelOf(lowest),
    uncertain: why,
  };
}

function isPartial({ pods }: KubernetesObject): boolean {
  return pods.some((pod) => pod.isPartial);
}

/** The index of the strictest level that all pods of an object meet. */
function rank({ object, judged }: Plan): number {
  if (judged.length < object.pods.length) return 0;
  return Math.min(...judged.map(({ level }) => LEVELS.indexOf(level)), LEVELS.length - 1);
}

function labelOf({ object }: Plan): string {
  return `${object.kind} ${object.name}`.trimEnd();
}

/** What is known of one document. */
interface PlannedDocument {
  readonly document: ReadDocument;
  readonly plans: readonly Plan[];
}

/** The objects with pods that were judged, in the order of the file. */
export function standingsOf(
  documents: readonly PlannedDocument[],
  { lines }: ReadFile,
  nameOf: (object: Plan['object']) => ObjectName,
): WorkloadResult[] {
  return documents.flatMap(({ document: { slice, parsed }, plans }) =>
    plans.flatMap(({ object, judged }): WorkloadResult[] => {
      if (object.pods.length === 0 || judged.length < object.pods.length) return [];
      const line = lines.position(slice.start + locate(parsed, object.pointer)).line;
      return [{ object: nameOf(object), line, before: standing(judgeHardened(object, [])), after: standing(judged) }];
    }),
  );
}

function standing(judged: readonly JudgedPod[]): Standing {
  const lowest = Math.min(...judged.map(({ level }) => LEVELS.indexOf(level)));
  const unmet = judged.flatMap(({ violations }) => violations.map(({ control }) => control));
  return { level: LEVELS[lowest] as Level, unmet: [...new Set(unmet)] };
}
