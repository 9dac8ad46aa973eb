/** The levels of the Pod Security Standards that workloads meet, one by one and all of a namespace. */
import type { KubernetesObject } from '../kubernetes/object.ts';
import { scoreOf, type ControlId, type Level } from '../kubernetes/pod-security/index.ts';
import { judgeWritten, type JudgedPod } from '../observations/pod-security.ts';
import type { NamespaceLevel } from '../transform/transform.ts';
import { reachOf } from '../workspace/reach.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Plan } from './plan.ts';
import type { ReadDocument, ReadFile } from './read.ts';
import type { ObjectName, Standing, WorkloadResult } from './result.ts';

const LEVELS: readonly Level[] = ['privileged', 'baseline', 'restricted'];

/** What counts of a planned object with pods for its namespace. */
interface Met {
  readonly file: string;
  readonly label: string;
  readonly isLeftAlone: boolean;
  readonly isPartial: boolean;
  /** The index of the strictest level that all of its pods meet. */
  readonly rank: number;
}

/** The levels that the namespaces of a run can enforce, from the plans of all pods. */
export class NamespaceLevels {
  readonly #byNamespace = new Map<string | undefined, Met[]>();
  readonly #workspace: Workspace;

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
  }

  /** Adds the plans of a file. */
  add(plans: Iterable<Plan>): void {
    for (const { object, judged } of plans) {
      const { pods, leftAlone, namespace, file, kind, name } = object;
      if (pods.length === 0 && leftAlone === undefined) continue;
      const met = {
        file,
        label: `${kind} ${name}`.trimEnd(),
        isLeftAlone: leftAlone !== undefined,
        isPartial: pods.some((pod) => pod.isPartial),
        rank: judged.length < pods.length ? 0 : rankOf(judged),
      };
      const others = this.#byNamespace.get(namespace);
      if (others) others.push(met);
      else this.#byNamespace.set(namespace, [met]);
    }
  }

  /**
   * The level of a namespace that a file declares: the strictest one that all workloads of it meet which are applied together
   * with the file.
   */
  readonly of = ({ name, file }: KubernetesObject): NamespaceLevel => {
    const reach = reachOf(file, this.#workspace);
    const isClose = (met: Met): boolean => met.file === file || (reach.isWithin(met.file) && reach.isNear(met.file));
    const isGiven = reach.namespaces === 'given';
    const own = (isGiven ? [...this.#byNamespace.values()].flat() : (this.#byNamespace.get(name) ?? [])).filter(isClose);
    const unplaced = isGiven ? [] : (this.#byNamespace.get(undefined) ?? []).filter(isClose);
    return levelOfAll(own, unplaced, reach.namespaces === 'varies');
  };
}

function levelOfAll(own: readonly Met[], unplaced: readonly Met[], varies: boolean): NamespaceLevel {
  const judged = own.filter(({ isLeftAlone, isPartial }) => !isLeftAlone && !isPartial);
  const lowest = judged.reduce<Met | undefined>((low, one) => (low && low.rank <= one.rank ? low : one), undefined);
  const unknown = own.find(({ isLeftAlone }) => isLeftAlone);
  const part = own.find(({ isPartial }) => isPartial);
  const why = unknown
    ? `${unknown.label} is left alone`
    : part
      ? `the pods of ${part.label} are completed by a controller`
      : unplaced[0]
        ? `${unplaced[0].label} names no namespace and may belong to it`
        : varies
          ? 'kustomizations give several namespaces'
          : undefined;
  return {
    level: lowest === undefined ? undefined : (LEVELS[lowest.rank] as Level),
    workloads: judged.length,
    lowest: lowest?.label,
    uncertain: why,
  };
}

/** The index of the strictest level that all of some pods meet. */
function rankOf(judged: readonly JudgedPod[]): number {
  return judged.reduce((lowest, { level }) => Math.min(lowest, LEVELS.indexOf(level)), LEVELS.length - 1);
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
  return documents.flatMap(({ document: { offsetOf }, plans }) =>
    plans.flatMap(({ object, judged }): WorkloadResult[] => {
      if (object.pods.length === 0 || judged.length < object.pods.length) return [];
      const line = lines.position(offsetOf(object.pointer)).line;
      return [
        { object: nameOf(object), line, before: standing(object.pods.map((pod) => judgeWritten(pod))), after: standing(judged) },
      ];
    }),
  );
}

function standing(judged: readonly JudgedPod[]): Standing {
  const controls = new Set<ControlId>();
  for (const { violations } of judged) for (const { control } of violations) controls.add(control);
  const unmet = [...controls];
  return { level: LEVELS[rankOf(judged)] as Level, score: scoreOf(unmet), unmet };
}
