/** Files of manifests: workloads of every kind beside documents that must keep every byte. */
import fc from 'fast-check';
import type { Json, JsonObject } from '../../src/util/json.ts';
import { KINDS } from '../objects.ts';
import { Choices, tape } from './choices.ts';
import { anyPod } from './pods.ts';
import { printDocument } from './print-block.ts';
import { printStream, type Stream } from './print-stream.ts';

/** A document as a value, or as a text that is none. */
export interface Part {
  readonly kind: 'workload' | 'foreign' | 'raw';
  readonly content: JsonObject | string;
}

export interface Manifest {
  readonly parts: readonly Part[];
  readonly presentation: readonly number[];
}

const kinds = ['Deployment', 'Pod', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob', 'ReplicaSet'] as const;

/** A workload of a kind with this pod. */
export function workload(kind: string, name: string, spec: JsonObject, annotations?: JsonObject): JsonObject {
  const { groups = [], podSpecs = [] } = KINDS.workloads.find((one) => one.kind === kind) ?? {};
  const group = groups[0] ?? '';
  const template = (podSpecs[0] ?? '').split('/').slice(1, -1);
  const labels = { app: name };
  const metadata = { name, labels, ...(annotations ? { annotations } : {}) };
  const pod: JsonObject = { ...(template.length > 0 ? { metadata: { labels } } : { metadata }), spec };
  const body = template.reduceRight<JsonObject>((inner, key) => ({ [key]: inner }), pod);
  return { apiVersion: group === '' ? 'v1' : `${group}/v1`, kind, metadata, ...body };
}

const LOOKALIKE = 'apiVersion: v1\nkind: Pod\nmetadata: {name: x}\nspec:\n  containers:\n  - {name: x, image: nginx}\n';
const FOREIGN: readonly JsonObject[] = [
  { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'config' }, data: { 'pod.yaml': LOOKALIKE, '😀': 'a\n\n\n' } },
  { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' }, spec: { ports: [{ port: 80 }], selector: { app: 'web' } } },
  {
    apiVersion: 'apps.example.org/v1',
    kind: 'Deployment',
    metadata: { name: 'x' },
    spec: { template: { spec: { containers: [{ name: 'x', image: 'nginx' }] } } },
  },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { name: 'b' },
    roleRef: { kind: 'Role', name: 'r' },
    subjects: [{ kind: 'ServiceAccount', name: 'default' }],
  },
  { kind: 'Kustomization', resources: ['a.yaml'] },
];
const RAW: readonly string[] = [
  'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: {{ .Release.Name }}\nspec:\n  {{- with .Values.x }}\n  {{- end }}\n',
  '# only a comment\n',
  'a: [unclosed\nb: "\n',
  'plain text\n',
];
const UNREADABLE = 'apiVersion: v1\nkind: Pod\nspec: [unclosed\n  containers: {\n';

const annotations: fc.Arbitrary<JsonObject | undefined> = fc.constantFrom<JsonObject | undefined>(
  undefined,
  undefined,
  { 'kharden.dev/skip': 'read-only-root-fs,resources', 'kharden.dev/reason': 'tried: "it"' },
  { 'kharden.dev/skip.c0': 'all' },
  { 'kharden.dev/writable.c0': '/run,/var/x', 'seccomp.security.alpha.kubernetes.io/pod': 'runtime/default' },
  { 'container.seccomp.security.alpha.kubernetes.io/c0': 'unconfined', note: 'x' },
  {},
);

/** A workload whose name is given later, so that no two of a file share one. */
const unnamed = fc.record({ kind: fc.constantFrom(...kinds), pod: anyPod, annotations });

const part: fc.Arbitrary<(name: string) => Part> = fc.oneof(
  {
    weight: 6,
    arbitrary: unnamed.map(
      (one) =>
        (name: string): Part => ({
          kind: 'workload',
          content: workload(one.kind, name, one.pod, one.annotations),
        }),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.array(unnamed, { maxLength: 2 }).map((all) => (name: string): Part => {
      const items: Json[] = all.map((one, index) => workload(one.kind, `${name}-${index}`, one.pod, one.annotations));
      return { kind: 'workload', content: { apiVersion: 'v1', kind: 'List', items } };
    }),
  },
  { weight: 3, arbitrary: fc.constantFrom(...FOREIGN).map((content) => (): Part => ({ kind: 'foreign', content })) },
  { weight: 1, arbitrary: fc.constantFrom(...RAW).map((content) => (): Part => ({ kind: 'raw', content })) },
);

/** Files with up to three documents, at times one that nobody can read. */
export const manifest: fc.Arbitrary<Manifest> = fc
  .record({
    makers: fc.oneof(fc.array(part, { minLength: 1, maxLength: 1 }), fc.array(part, { minLength: 2, maxLength: 3 })),
    isBroken: fc.nat(19),
    presentation: tape,
  })
  .map(({ makers, isBroken, presentation }) => {
    const parts = makers.map((make, index) => make(`web-${index}`));
    return { parts: isBroken === 19 ? [...parts, { kind: 'raw', content: UNREADABLE } as const] : parts, presentation };
  });

/** One workload in a file of its own. */
export function alone(pod: fc.Arbitrary<JsonObject>): fc.Arbitrary<Manifest> {
  return fc.record({ kind: fc.constantFrom(...kinds), pod, presentation: tape }).map(({ kind, pod: spec, presentation }) => ({
    parts: [{ kind: 'workload', content: workload(kind, 'web', spec) }],
    presentation,
  }));
}

/** The text of a file, and of its documents in it. */
export function printManifest({ parts, presentation }: Manifest): Stream {
  const choices = new Choices(presentation);
  const texts = parts.map(({ content }, index) =>
    typeof content === 'string'
      ? content
      : `${printDocument(content, choices.named(`${index}`), 'defg'[index] ?? 'h').join('\n')}\n`,
  );
  return printStream(texts, choices);
}
