import { formatPointer, type Op } from '../src/patch/index.ts';
import type { Level } from '../src/kubernetes/pod-security/index.ts';
import { shared } from '../src/transform/messages.ts';
import { NO_OPTIONS } from '../src/transform/options.ts';
import { defineTransform } from '../src/transform/transform.ts';
import { path, type Json } from '../src/util/json.ts';
import type { Settings } from '../src/decisions/basis/settings.ts';
import type { KubernetesObject } from '../src/kubernetes/object.ts';

const PREFIX = 'pod-security.kubernetes.io/';
const LEVELS: readonly Level[] = ['privileged', 'baseline', 'restricted'];

/** The labels of the Pod Security admission controller (KEP-2579), which is there since Kubernetes 1.23. */
export const namespacePodSecurity = defineTransform(
  {
    id: 'namespace-pod-security',
    title: 'Enforce the Pod Security Standards in namespaces',
    description:
      'Labels Namespaces with the strictest level that all of their workloads among the files meet after hardening: `enforce`, `audit` and `warn`, with the version.',
    rationale: 'What is not in these files, or comes later, is then held to the same standard by the API server itself.',
    breaks:
      'Pods of the namespace that are not among the files, and that do not meet the level, are refused when they start again.',
    target: 'object',
    kinds: [{ group: '', kind: 'Namespace' }],
    fields: { labels: '1.23' },
    references: { cis: ['5.2.1'], nsa: ['pod-security'] },
    safety: 'may-break',
    profiles: ['strict'],
    isDivisible: true,
    since: '0.1.0',
    options: NO_OPTIONS,
    messages: {
      enforce: 'what does not meet {level}, as its workloads among the files do, is refused',
      observe: 'what does not meet {level} is reported and not refused, because {why}',
      'meets-no-level':
        '{workload} does not even meet the baseline standard, so no level is set: take away the access to its node, or move it to a namespace of its own',
      'no-workloads': 'no workload among the files names this namespace, so the level that it can hold is not known',
      ...shared('explicit-value'),
    },
  },
  function* (namespace, context) {
    // Agents of the cluster itself run there, and most of them are not among the files.
    if (namespace.name.startsWith('kube-') || context.settings.platform === 'openshift' || !context.supports('labels')) return;
    const { level, lowest, uncertain } = context.levelOf(namespace);
    if (level === undefined) return yield { message: 'no-workloads', severity: 'info' };
    if (level === 'privileged') return yield { message: 'meets-no-level', data: { workload: lowest ?? '' } };
    for (const mode of MODES) {
      const given = labelOf(namespace, mode);
      if (!isLower(given, level) || context.settings.override) continue;
      yield { message: 'explicit-value', data: { field: `${PREFIX}${mode}: ${String(given)}` }, at: pointerTo(mode) };
    }
    const modes = uncertain === undefined ? MODES : MODES.filter((mode) => mode !== 'enforce');
    const [first, ...rest] = modes.flatMap((mode) => labels(namespace, mode, level, context.settings));
    if (!first) return;
    const isEnforced = modes.some((mode) => mode === 'enforce' && labels(namespace, mode, level, context.settings).length > 0);
    const why = uncertain ?? 'the file says already what is enforced';
    if (isEnforced) yield { message: 'enforce', data: { level }, ops: [first, ...rest] };
    else yield { message: 'observe', data: { level, why }, safety: 'safe', ops: [first, ...rest] };
  },
);

const MODES = ['enforce', 'audit', 'warn'] as const;
type Mode = (typeof MODES)[number];

function labelOf(namespace: KubernetesObject, label: string): Json | undefined {
  return path(namespace.value, 'metadata', 'labels', PREFIX + label) ?? undefined;
}

function pointerTo(label: string): `/${string}` {
  return `/metadata/labels${formatPointer([PREFIX + label])}` as `/${string}`;
}

function isLower(given: Json | undefined, level: Level): boolean {
  const index = LEVELS.indexOf(given as Level);
  return index !== -1 && index < LEVELS.indexOf(level);
}

/** The label of a mode and that of its version, unless the author chose a level that stays. */
function labels(namespace: KubernetesObject, mode: Mode, level: Level, { override, kubeVersion }: Settings): Op[] {
  const given = labelOf(namespace, mode);
  if (given !== undefined && !(override && isLower(given, level))) return [];
  const version = `v${kubeVersion.major}.${kubeVersion.minor}`;
  const set: Op =
    given === undefined
      ? { op: 'add', path: pointerTo(mode), value: level }
      : { op: 'replace', path: pointerTo(mode), was: given, value: level };
  const isPinned = labelOf(namespace, `${mode}-version`) !== undefined;
  return isPinned ? [set] : [set, { op: 'add', path: pointerTo(`${mode}-version`), value: version }];
}
