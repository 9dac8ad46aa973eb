/** Valid configurations and what they mean, at least one for every key. */
import type { HardenOptions } from '../../src/index.ts';

const ROLLOUT = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', podSpec: '/spec/template/spec' };
const ENTRY = '{apiVersion: argoproj.io/v1alpha1, kind: Rollout, podSpec: /spec/template/spec}';

export const GOOD: readonly [text: string, options: HardenOptions][] = [
  ['only: [resources, run-as-non-root]', { only: ['resources', 'run-as-non-root'] }],
  ['skip:\n  - resources\n', { skip: ['resources'] }],
  ['skip: []', { skip: [] }],
  ['profile: strict', { profile: 'strict' }],
  ['enable: [resources]', { enable: ['resources'] }],
  [
    'overrides: [{match: {namespace: kube-*}, profile: baseline}, {match: {path: prod/**}, enable: [resources]}]',
    {
      exceptions: [
        { match: { namespace: ['kube-*'] }, profile: 'baseline' },
        { match: { path: ['prod/**'] }, enable: ['resources'] },
      ],
    },
  ],
  ['override: true', { settings: { override: true } }],
  ['override: FALSE', { settings: { override: false } }],
  ['safeOnly: true', { settings: { safeOnly: true } }],
  ['platform: openshift', { settings: { platform: 'openshift' } }],
  ['kubeVersion: "1.30"', { settings: { kubeVersion: { major: 1, minor: 30 } } }],
  ["kubeVersion: 'v1.29.3+k3s1'", { settings: { kubeVersion: { major: 1, minor: 29 } } }],
  ['kubeVersion: !!str 1.30', { settings: { kubeVersion: { major: 1, minor: 30 } } }],
  ['unknownImages: harden', { settings: { unknownImages: 'harden' } }],
  ['hooks: skip\nsafeOnly: true', { settings: { hooks: 'skip', safeOnly: true } }],
  ['transforms: {seccomp-runtime-default: {}}', { options: { 'seccomp-runtime-default': {} } }],
  ['transforms: {resources: {limits: {cpu: null}}}', { options: { resources: { limits: { cpu: null } } } }],
  [
    'transforms: {resources: {requests: {cpu: 1, memory: 1.5Gi}, limits: {cpu: 2.5, memory: 2e9}}}',
    {
      options: {
        resources: {
          requests: { cpu: '1', memory: '1.5Gi' },
          limits: { cpu: '2.5', memory: '2000000000' },
        },
      },
    },
  ],
  ['transforms: {run-as-non-root: {uid: per-workload}}', { options: { 'run-as-non-root': { uid: 'per-workload' } } }],
  ['transforms: {run-as-non-root: {uid: 1, gid: 2147483647}}', { options: { 'run-as-non-root': { uid: 1, gid: 2147483647 } } }],
  ['transforms: {read-only-root-fs: {sizeLimit: 1Gi}}', { options: { 'read-only-root-fs': { sizeLimit: '1Gi' } } }],
  ['transforms: {read-only-root-fs: {sizeLimit: ~}}', { options: { 'read-only-root-fs': { sizeLimit: null } } }],
  ['writablePaths: {nginx: [/run, /var/cache/x/]}', { writablePaths: { 'docker.io/library/nginx': ['/run', '/var/cache/x/'] } }],
  ['writablePaths: {"registry.local:5000/shop/*": [/a]}', { writablePaths: { 'registry.local:5000/shop/*': ['/a'] } }],
  [
    'writablePaths: {nginx: [/a, /b], docker.io/library/nginx: [/b, /c]}',
    { writablePaths: { 'docker.io/library/nginx': ['/a', '/b', '/c'] } },
  ],
  [
    'writablePaths: {m.local/hub/nginx: [/a]}\nmirrors: [m.local/hub]',
    { mirrors: ['m.local/hub'], writablePaths: { 'docker.io/library/nginx': ['/a'] } },
  ],
  ['images: [{match: [shop/cart]}]', { images: [{ match: ['shop/cart'] }] }],
  [
    'images: [{match: [shop/*], tags: ["*-alpine"], nonRoot: works, user: {uid: 70}, writable: [{path: /run}], notes: x}]',
    {
      images: [
        {
          match: ['shop/*'],
          tags: ['*-alpine'],
          nonRoot: 'works',
          user: { uid: 70 },
          writable: [{ path: '/run' }],
          notes: 'x',
        },
      ],
    },
  ],
  ['mirrors: [registry.local/dockerhub, "cache:5000/"]', { mirrors: ['registry.local/dockerhub', 'cache:5000/'] }],
  [`workloads: [${ENTRY}]`, { workloads: [ROLLOUT] }],
  [
    `workloads: [${ENTRY}]\noverrides: [{match: {kind: [Rollout, "*Set"]}, skip: all}]`,
    { workloads: [ROLLOUT], exceptions: [{ match: { kind: ['Rollout', '*Set'] }, skip: 'all' }] },
  ],
  [
    'workloads: [{apiVersion: batch.volcano.sh/v1alpha1, kind: Job, podSpec: /spec/tasks/*/template/spec}]',
    { workloads: [{ apiVersion: 'batch.volcano.sh/v1alpha1', kind: 'Job', podSpec: '/spec/tasks/*/template/spec' }] },
  ],
  ['overrides: [{match: {path: legacy/**}, skip: all}]', { exceptions: [{ match: { path: ['legacy/**'] }, skip: 'all' }] }],
  [
    'overrides: [{match: {namespace: [a, b-*], kind: Job, name: x, container: [c, d]}, skip: [resources], reason: because}]',
    {
      exceptions: [
        {
          match: { namespace: ['a', 'b-*'], kind: ['Job'], name: ['x'], container: ['c', 'd'] },
          skip: ['resources'],
          reason: 'because',
        },
      ],
    },
  ],
  [
    'overrides: [{match: {kind: Job}, transforms: {resources: {limits: {cpu: 2}}, run-as-non-root: {uid: 5}}}]',
    {
      exceptions: [{ match: { kind: ['Job'] }, options: { resources: { limits: { cpu: '2' } }, 'run-as-non-root': { uid: 5 } } }],
    },
  ],
  [
    'accept: [{findings: [host-path, duplicate-key], reason: seen}, {findings: [host-port], match: {path: a/**, container: [x]}, reason: other}]',
    {
      accept: [
        { findings: ['host-path', 'duplicate-key'], reason: 'seen' },
        { findings: ['host-port'], reason: 'other', match: { path: ['a/**'], container: ['x'] } },
      ],
    },
  ],
];
