/** The kinds that carry pod templates, and where; the API groups that ever served them (Kubernetes API reference). */

import { CUSTOM_KINDS, type ContainerList, type FieldRules } from './custom-kinds/index.ts';

/** A kind of an API group; the core group is the empty text. */
export interface GroupKind {
  readonly group: string;
  readonly kind: string;
}

/** A kind whose objects carry pod templates. */
export interface WorkloadKind extends FieldRules {
  readonly kind: string;
  /** The API groups that serve it or served it once. */
  readonly groups: readonly string[];
  /** JSON Pointers from the object to its pod specs; a `*` stands for every item of a list. */
  readonly podSpecs: readonly string[];
  /** True when kustomize follows a renamed ServiceAccount into objects of this kind (kustomize, "namereference.go"). */
  readonly isFollowedByKustomize: boolean;
  /** True for a kind of Kubernetes itself; false for a custom resource that kharden knows or that the user adds. */
  readonly isBuiltIn: boolean;
  /** True for a kind that the user adds. */
  readonly isAdded: boolean;
  /** Where a part of a pod has its containers, given for a kind whose controller makes the rest of the pod. */
  readonly partOf?: readonly ContainerList[];
}

/** A kind that the user adds: where its objects carry a pod spec. Several entries of one kind are several pod specs. */
export interface CustomWorkload {
  /** Such as `argoproj.io/v1alpha1`; every version of the group counts. */
  readonly apiVersion: string;
  readonly kind: string;
  /** JSON Pointer from the object to the pod spec, such as `/spec/template/spec`; a `*` stands for every item of a list. */
  readonly podSpec: string;
}

/** The built-in kinds, first the one whose objects have the best claim to a name that several share. */
const WORKLOAD_KINDS: readonly WorkloadKind[] = [
  builtIn('Deployment', ['apps', 'extensions']),
  builtIn('StatefulSet', ['apps']),
  builtIn('DaemonSet', ['apps', 'extensions']),
  builtIn('CronJob', ['batch'], '/spec/jobTemplate/spec/template/spec'),
  builtIn('Job', ['batch', 'extensions']),
  { ...builtIn('ReplicaSet', ['apps', 'extensions']), isFollowedByKustomize: false },
  builtIn('ReplicationController', ['']),
  builtIn('Pod', [''], '/spec'),
  { ...builtIn('PodTemplate', [''], '/template/spec'), isFollowedByKustomize: false },
];

function builtIn(kind: string, groups: readonly string[], podSpec = '/spec/template/spec'): WorkloadKind {
  return { kind, groups, podSpecs: [podSpec], isFollowedByKustomize: true, isBuiltIn: true, isAdded: false, refuses: [] };
}

const KNOWN_CUSTOM_KINDS: readonly WorkloadKind[] = CUSTOM_KINDS.map(({ group, source, ...one }) => {
  return { ...one, groups: [group], isFollowedByKustomize: false, isBuiltIn: false, isAdded: false };
});

/** The kinds that say something about workloads. */
const FACT_KINDS = [
  'ServiceAccount',
  'Role',
  'ClusterRole',
  'RoleBinding',
  'ClusterRoleBinding',
  'ConfigMap',
  'HorizontalPodAutoscaler',
  'LimitRange',
  'Namespace',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'ResourceQuota',
  'Route',
  'Secret',
  'SecurityContextConstraints',
  'Service',
  'VerticalPodAutoscaler',
] as const;

/** The kinds that say who connects to whom: read only for a transform that asks for them. */
const CONNECTION_KINDS = [
  'APIService',
  'GRPCRoute',
  'HTTPProxy',
  'HTTPRoute',
  'Ingress',
  'IngressRoute',
  'IngressRouteTCP',
  'MutatingWebhookConfiguration',
  'NetworkPolicy',
  'PodMonitor',
  'ServiceMonitor',
  'TCPRoute',
  'TLSRoute',
  'UDPRoute',
  'ValidatingWebhookConfiguration',
  'VirtualService',
] as const;

/** A kind that is looked up by what it says, not changed. */
export type FactKind = (typeof FACT_KINDS)[number] | (typeof CONNECTION_KINDS)[number];

function isFactKind(kind: string): boolean {
  return (FACT_KINDS as readonly string[]).includes(kind);
}

/** The kinds of one run. */
export interface Kinds {
  /** All kinds with pod templates; of several with one name, the first has the best claim to it. */
  readonly workloads: readonly WorkloadKind[];
  /** The workload kind of an object; undefined when it is none. */
  workloadOf(apiVersion: string, kind: string): WorkloadKind | undefined;
  /** True for the name of a workload kind in an API group that does not serve it. */
  isForeign(apiVersion: string, kind: string): boolean;
  /** True for a `List`, a typed list such as `DeploymentList` or `RoleBindingList`, and a `ResourceList`. */
  isList(kind: string): boolean;
  /** Kinds of documents that may be changed: those with pod templates, those that transforms target, and lists of them. */
  readonly changed: RegExp;
  /** Kinds of documents that decide what may be changed elsewhere, and lists of them. */
  readonly facts: RegExp;
}

/**
 * The kinds of a run.
 *
 * @param custom kinds with pod templates that the user adds, or whose places are others than kharden knows
 * @param targets kinds without pod templates that transforms of the run target
 * @param asked kinds that transforms of the run ask for, beside those that are always read
 */
export function kindsOf(
  custom: readonly CustomWorkload[] = [],
  targets: readonly GroupKind[] = [],
  asked: readonly FactKind[] = [],
): Kinds {
  const added = customKinds(custom);
  const isReplaced = (one: WorkloadKind): boolean =>
    added.some(({ kind, groups }) => one.kind === kind && one.groups.some((group) => groups.includes(group)));
  const workloads = [...WORKLOAD_KINDS, ...KNOWN_CUSTOM_KINDS.filter((one) => !isReplaced(one)), ...added];
  // Documents with the kind of a fact are read for what they hold: a Service of Knative has containers.
  const ownNames = workloads.filter(({ isBuiltIn, isAdded, kind }) => isBuiltIn || isAdded || !isFactKind(kind));
  const changed = [...new Set([...ownNames, ...targets].map(({ kind }) => kind))];
  const facts = [...new Set([...FACT_KINDS, ...asked])];
  const inLists = new Set<string>([...changed, ...facts]);
  const byKind = new Map<string, WorkloadKind[]>();
  for (const one of workloads) byKind.set(one.kind, [...(byKind.get(one.kind) ?? []), one]);
  const workloadOf = (apiVersion: string, kind: string): WorkloadKind | undefined =>
    apiVersion === '' ? undefined : byKind.get(kind)?.find(({ groups }) => groups.includes(apiGroup(apiVersion)));
  return {
    workloads,
    workloadOf,
    isForeign: (apiVersion, kind) =>
      WORKLOAD_KINDS.some((one) => one.kind === kind) && workloadOf(apiVersion, kind) === undefined,
    isList: (kind) => kind === 'List' || kind === 'ResourceList' || (kind.endsWith('List') && inLists.has(kind.slice(0, -4))),
    changed: new RegExp(`\\b(?:(?:${changed.map(escaped).join('|')})(?:List)?|List|ResourceList)\\b`),
    facts: new RegExp(`\\b(?:(?:${facts.join('|')}|Kustomization|Component)(?:List)?|(?:Resource)?List)\\b`),
  };
}

function customKinds(custom: readonly CustomWorkload[]): WorkloadKind[] {
  const kinds = new Map<string, WorkloadKind>();
  for (const { apiVersion, kind, podSpec } of custom) {
    const group = apiGroup(apiVersion);
    const key = `${group}/${kind}`;
    const podSpecs = [...(kinds.get(key)?.podSpecs ?? []), podSpec];
    const flags = { isFollowedByKustomize: false, isBuiltIn: false, isAdded: true, refuses: [] };
    kinds.set(key, { kind, groups: [group], podSpecs, ...flags });
  }
  return [...kinds.values()];
}

function escaped(kind: string): string {
  return kind.replace(/[^A-Za-z0-9]/g, '\\$&');
}

/** The API group of an `apiVersion`: `apps` for `apps/v1`, the empty text for `v1`. */
export function apiGroup(apiVersion: string): string {
  return apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '';
}

/** API versions of workloads that newer versions of Kubernetes no longer serve ("Deprecated API Migration Guide"). */
const REMOVED: Readonly<Record<string, string>> = {
  'apps/v1beta1': '1.16',
  'apps/v1beta2': '1.16',
  'extensions/v1beta1': '1.16',
  'batch/v2alpha1': '1.21',
  'batch/v1beta1': '1.25',
};

/** The version of Kubernetes from which an API version of a workload is not served; undefined for one that is. */
export function removedIn(apiVersion: string): string | undefined {
  return Object.hasOwn(REMOVED, apiVersion) ? REMOVED[apiVersion] : undefined;
}
