/** Which usage is that of which container: by the names of pods and workloads, and by namespace where both sides say it. */
import type { Container, KubernetesObject } from '../kubernetes/object.ts';
import { isPodOf, mayBeCut } from './pod-names.ts';
import type { ContainerUsage } from './usage.ts';

/** What is known about the use of one container. */
export interface KnownUsage {
  readonly usages: readonly ContainerUsage[];
  /** Why some that may be its own is left out, as a clause. */
  readonly ambiguous: string | undefined;
}

export interface MatchedUsage {
  usageOf(container: Container): KnownUsage;
  /** What fits none of the workloads. */
  readonly unmatched: readonly ContainerUsage[];
}

const NONE: KnownUsage = { usages: [], ambiguous: undefined };

/** Workloads with one kind, namespace and name, such as a manifest and its copy in JSON. */
interface Workload {
  readonly kind: string;
  readonly namespace: string | undefined;
  readonly name: string;
  readonly containers: Set<string>;
}

/**
 * Finds the container that each usage is about.
 *
 * Of several workloads that fit, those of the same namespace count before those that name none. Where several are left, or where a
 * workload without a namespace gets usage of several namespaces, it stays unused, and each of them is told why.
 *
 * @param workloads all that there are in a run; asked for only where there is usage
 */
export function matchUsage(usages: readonly ContainerUsage[], workloads: () => readonly KubernetesObject[]): MatchedUsage {
  if (usages.length === 0) return { usageOf: () => NONE, unmatched: [] };
  const matcher = new Matcher(workloads());
  const found = new Map<string, ContainerUsage[]>();
  const ambiguous = new Map<string, string>();
  const unmatched: ContainerUsage[] = [];
  for (const usage of usages) {
    const fitting = matcher.fitting(usage);
    if (fitting.length === 0) unmatched.push(usage);
    const owners = fitting.filter(({ containers }) => containers.has(usage.container));
    for (const owner of owners) {
      const key = keyOf(owner, usage.container);
      if (owners.length > 1) ambiguous.set(key, `${shown(usage)} fits ${owners.map(titleOf).join(' and ')}`);
      else {
        const own = found.get(key) ?? [];
        own.push(usage);
        found.set(key, own);
      }
    }
  }
  return {
    usageOf({ name, pod: { object } }) {
      const key = keyOf(object, name);
      const own = found.get(key) ?? [];
      const namespaces = [...new Set(own.flatMap(({ namespace }) => namespace ?? []))];
      if (object.namespace !== undefined || namespaces.length < 2) return { usages: own, ambiguous: ambiguous.get(key) };
      return { usages: [], ambiguous: `the workload names no namespace, and usage of ${namespaces.join(' and ')} fits it` };
    },
    unmatched,
  };
}

/** The workloads by their names. */
class Matcher {
  readonly #byName = new Map<string, Workload[]>();
  readonly #long: Workload[];

  constructor(objects: readonly KubernetesObject[]) {
    const workloads = new Map<string, Workload>();
    for (const { kind, namespace, name, pods } of objects) {
      if (name === '' || pods.length === 0) continue;
      const key = keyOf({ kind, namespace, name }, '');
      const workload = workloads.get(key) ?? { kind, namespace, name, containers: new Set() };
      workloads.set(key, workload);
      for (const container of pods.flatMap(({ containers }) => containers)) workload.containers.add(container.name);
    }
    for (const workload of workloads.values())
      this.#byName.set(workload.name, [...(this.#byName.get(workload.name) ?? []), workload]);
    this.#long = [...workloads.values()].filter(({ name }) => mayBeCut(name));
  }

  /** The workloads that a usage may be of, whatever their containers. */
  fitting(usage: ContainerUsage): readonly Workload[] {
    const named = 'pod' in usage ? this.#ownersOf(usage.pod) : this.#targets(usage.workload);
    const { namespace } = usage;
    if (namespace === undefined) return named;
    const there = named.filter((one) => one.namespace === namespace);
    return there.length > 0 ? there : named.filter((one) => one.namespace === undefined);
  }

  #ownersOf(pod: string): Workload[] {
    const beginnings = Array.from(pod.matchAll(/-|$/g), ({ index }) => pod.slice(0, index));
    const candidates = new Set([...beginnings.flatMap((name) => this.#byName.get(name) ?? []), ...this.#long]);
    return [...candidates].filter(({ kind, name }) => isPodOf(pod, kind, name));
  }

  #targets({ kind, name }: { readonly kind: string; readonly name: string }): Workload[] {
    return (this.#byName.get(name) ?? []).filter((one) => one.kind === kind);
  }
}

function keyOf({ kind, namespace, name }: Pick<Workload, 'kind' | 'namespace' | 'name'>, container: string): string {
  return JSON.stringify([kind, namespace, name, container]);
}

function shown(usage: ContainerUsage): string {
  return 'pod' in usage ? `the pod ${usage.pod} (${usage.source})` : usage.source;
}

function titleOf({ kind, namespace, name }: Workload): string {
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}
