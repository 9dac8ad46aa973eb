/** Configurations that are refused, with their errors; at least one for every key. */
import { transforms } from '../../transforms/index.ts';

const IDS = transforms.map(({ meta }) => meta.id);
const THERE_ARE = `there are ${IDS.join(', ')}`;
const VERSION = 'kubeVersion: expected a version in quotes such as "1.30", found';
const QUANTITY = 'expected a quantity such as 100m, 0.5 or 64Mi, or null for none, found';
const OWNER = 'expected a number from 1 to 2147483647 except 1337 (the user of the Istio sidecar), or per-workload, found';
const IMAGE = 'expected an image without tag such as nginx or registry.local/shop/*, found the text';
const PATH = 'expected a path relative to this file such as legacy/**, found the text';
const KINDS = 'Deployment, StatefulSet, DaemonSet, CronJob, Job, ReplicaSet, ReplicationController, Pod, PodTemplate, Namespace';
const ENTRY = '{apiVersion: argoproj.io/v1alpha1, kind: Rollout, podSpec: /spec/template/spec}';

export const BAD: readonly [text: string, ...errors: string[]][] = [
  ['only: resources', '1:7 only: expected a list of transforms such as [resources], found the text "resources"'],
  ['only: []', '1:7 only: expected a list of transforms such as [resources], found an empty list'],
  ['only: [run-as-nonroot]', '1:8 only[0]: expected a transform, found the text "run-as-nonroot": did you mean run-as-non-root?'],
  ['skip:\n  - resources\n  - resources\n', '3:5 skip[1]: is there twice in the list'],
  ['skip:', '1:1 skip: expected a list of transforms such as [resources], found nothing'],
  [
    'enable: [resources, sandbox-runtime-class]',
    '1:21 enable[1]: sandbox-runtime-class has nothing to write: set transforms.sandbox-runtime-class.runtimeClassName in the configuration',
  ],
  [
    'overrides: [{match: {namespace: a}, enable: [selinux-options]}]',
    '1:46 overrides[0].enable[0]: selinux-options has nothing to write: set transforms.selinux-options.user or transforms.selinux-options.role or transforms.selinux-options.type or transforms.selinux-options.level in the configuration',
  ],
  ['profile: strickt', '1:10 profile: expected a profile, found the text "strickt": did you mean strict?'],
  ['profile: [strict]', '1:10 profile: expected a profile, found a list'],
  ['enable: [everything-at-once]', `1:10 enable[0]: expected a transform, found the text "everything-at-once": ${THERE_ARE}`],
  ['override: "true"', '1:11 override: expected true or false, found the text "true"'],
  ['safeOnly: 1', '1:11 safeOnly: expected true or false, found the number 1'],
  ['platform: openshfit', '1:11 platform: expected kubernetes or openshift, found the text "openshfit": did you mean openshift?'],
  ['kubeVersion: 1.30', `1:14 ${VERSION} the number 1.3: quote it`],
  ['kubeVersion: latest', `1:14 ${VERSION} the text "latest"`],
  ['unknownImages: no', '1:16 unknownImages: expected report or harden, found false'],
  ['hooks: [skip]', '1:8 hooks: expected harden or skip, found a list'],
  ['transforms: []', '1:13 transforms: expected a map, found an empty list'],
  ['transforms: {resource: {}}', '1:14 transforms.resource: unknown key: did you mean resources?'],
  ['transforms: {unprivileged-ports: {from: 0}}', '1:35 transforms.unprivileged-ports.from: unknown key: there are none here'],
  [
    'transforms: {resources: {requests: {storage: 1}}}',
    '1:37 transforms.resources.requests.storage: unknown key: there are cpu, memory, ephemeral-storage',
  ],
  ['transforms: {resources: {limits: {memory: 1 GB}}}', `1:43 transforms.resources.limits.memory: ${QUANTITY} the text "1 GB"`],
  ['transforms: {resources: {limits: {memory: true}}}', `1:43 transforms.resources.limits.memory: ${QUANTITY} true`],
  ['transforms: {read-only-root-fs: {sizeLimit: -1}}', `1:45 transforms.read-only-root-fs.sizeLimit: ${QUANTITY} the number -1`],
  ['transforms: {run-as-non-root: {uid: 0}}', `1:37 transforms.run-as-non-root.uid: ${OWNER} the number 0`],
  ['transforms: {run-as-non-root: {gid: 1337}}', `1:37 transforms.run-as-non-root.gid: ${OWNER} the number 1337`],
  ['transforms: {run-as-non-root: {uid: 2147483648}}', `1:37 transforms.run-as-non-root.uid: ${OWNER} the number 2147483648`],
  ['transforms: {run-as-non-root: {uid: 1.5}}', `1:37 transforms.run-as-non-root.uid: ${OWNER} the number 1.5`],
  ['writablePaths: [/tmp]', '1:16 writablePaths: expected a map, found a list'],
  ['writablePaths: {nginx: /tmp}', '1:24 writablePaths.nginx: expected a list of paths, found the text "/tmp"'],
  [
    'writablePaths: {nginx: [tmp, /a/../b, /]}',
    '1:25 writablePaths.nginx[0]: expected an absolute path such as /var/cache/shop, found the text "tmp"',
    '1:30 writablePaths.nginx[1]: expected an absolute path such as /var/cache/shop, found the text "/a/../b"',
    '1:39 writablePaths.nginx[2]: expected an absolute path such as /var/cache/shop, found the text "/"',
  ],
  ['writablePaths: {"nginx:1.25": [/a]}', `1:17 writablePaths["nginx:1.25"]: ${IMAGE} "nginx:1.25"`],
  ['images: [{user: {uid: 5}}]', '1:10 images[0]: lacks match'],
  ['images: [{match: [a/b], usr: {}}]', '1:25 images[0].usr: unknown key: did you mean user?'],
  ['images: [{match: [a/b], user: {uid: 0}}]', '1:37 images[0].user.uid: expected a whole number from 1, found the number 0'],
  [
    'images: [{match: [a/b], nonRoot: sometimes}]',
    '1:34 images[0].nonRoot: expected works, needs-change, impossible or unknown, found the text "sometimes"',
  ],
  [
    'mirrors: [https://cache.local]',
    '1:11 mirrors[0]: expected a prefix of image names such as registry.local/dockerhub, found the text "https://cache.local"',
  ],
  ['exclude: legacy', '1:10 exclude: expected a list, found the text "legacy"'],
  [
    'exclude: ["!a", /a, ../a, ./]',
    `1:11 exclude[0]: ${PATH} "!a"`,
    `1:17 exclude[1]: ${PATH} "/a"`,
    `1:21 exclude[2]: ${PATH} "../a"`,
    `1:27 exclude[3]: ${PATH} "./"`,
  ],
  ['workloads: {kind: Rollout}', '1:12 workloads: expected a list, found a map with kind'],
  ['workloads: [{kind: Rollout, podSpec: /spec}]', '1:13 workloads[0]: lacks apiVersion'],
  [
    'workloads: [{apiVersion: argoproj.io, kind: rollout, podSpec: spec.template.spec}]',
    '1:26 workloads[0].apiVersion: expected a group with a version such as argoproj.io/v1alpha1, found the text "argoproj.io"',
    '1:45 workloads[0].kind: expected a kind such as Rollout, found the text "rollout"',
    '1:63 workloads[0].podSpec: expected a JSON Pointer such as /spec/template/spec, found the text "spec.template.spec"',
  ],
  [
    'workloads: [{apiVersion: v1, kind: Thing, podSpec: /spec/}]',
    '1:26 workloads[0].apiVersion: expected a group with a version such as argoproj.io/v1alpha1, found the text "v1"',
    '1:52 workloads[0].podSpec: expected a JSON Pointer such as /spec/template/spec, found the text "/spec/"',
  ],
  [
    'workloads: [{apiVersion: apps/v1, kind: Deployment, podSpec: /spec}]',
    '1:41 workloads[0].kind: kharden knows the kind Deployment of apps already: remove this entry',
  ],
  [`workloads: [${ENTRY}, ${ENTRY}]`, '1:94 workloads[1]: is there twice in the list'],
  [
    `workloads: [${ENTRY}, ${ENTRY.replace('v1alpha1', 'v1')}]`,
    '1:94 workloads[1]: an entry above has the same group, kind and podSpec: remove one of them',
  ],
  ['overrides: [{skip: all}]', '1:13 overrides[0]: lacks match'],
  [
    'overrides: [{match: {name: a}}]',
    '1:13 overrides[0]: expected a map with skip, a map with profile, a map with enable or a map with transforms, found a map with match',
  ],
  [
    'overrides: [{match: {}, skip: all}]',
    '1:21 overrides[0].match: expected a map with path, namespace, kind, name or container, found an empty map',
  ],
  ['overrides: [{match: {names: a}, skip: all}]', '1:22 overrides[0].match.names: unknown key: did you mean name?'],
  [
    'overrides: [{match: {name: []}, skip: all}]',
    '1:28 overrides[0].match.name: expected a name such as legacy-* or a list of names, found an empty list',
  ],
  [
    'overrides: [{match: {name: [a, ""]}, skip: all}]',
    '1:32 overrides[0].match.name[1]: expected a name such as legacy-*, found the text ""',
  ],
  [
    'overrides: [{match: {name: a}, skip: everything}]',
    '1:38 overrides[0].skip: expected all or a list of transforms such as [resources], found the text "everything"',
  ],
  [
    'overrides: [{match: {name: a}, skip: [resource]}]',
    '1:39 overrides[0].skip[0]: expected a transform, found the text "resource": did you mean resources?',
  ],
  [
    'overrides: [{match: {name: a}, skip: all, reason: " "}]',
    '1:51 overrides[0].reason: expected a sentence, found the text " "',
  ],
  [
    'overrides: [{match: {name: a}, skip: [all]}]',
    '1:38 overrides[0].skip: expected all or a list of transforms such as [resources], found a list: write all without a list',
  ],
  [
    'overrides: [{match: {kind: ServiceAccount}, skip: all}]',
    `1:28 overrides[0].match.kind: no transform works on the kind ServiceAccount: there are ${KINDS}`,
  ],
  [
    'overrides: [{match: {kind: [Deployment, "Network*"]}, skip: all}]',
    `1:41 overrides[0].match.kind[1]: no transform works on the kind Network*: there are ${KINDS}`,
  ],
  [
    'overrides: [{match: {kind: Deploymnet}, skip: all}]',
    '1:28 overrides[0].match.kind: no transform works on the kind Deploymnet: did you mean Deployment?',
  ],
  ['override: no', '1:11 no is false in YAML 1.1 and a string in YAML 1.2: write false'],
  ['safeOnly: &on Yes\noverride: *on', '1:15 Yes is true in YAML 1.1 and a string in YAML 1.2: write true'],
  ['overrides: [{match: {name: a}, transforms: {x: {}}}]', `1:45 overrides[0].transforms.x: unknown key: ${THERE_ARE}`],
  [
    'overrides: [{match: {container: a}, transforms: {resources: {}}}]',
    '1:33 overrides[0].match.container: profile, enable and options of transforms apply to whole workloads: remove container, or leave only skip beside it',
  ],
  ['accept: [host-path]', '1:10 accept[0]: expected a map, found the text "host-path"'],
  ['accept: [{findings: [host-path]}]', '1:10 accept[0]: lacks reason'],
  [
    'accept: [{findings: [], reason: x}]',
    '1:21 accept[0].findings: expected a list of findings such as [host-path], found an empty list',
  ],
  [
    'accept: [{findings: [hostpath], reason: x}]',
    '1:22 accept[0].findings[0]: expected a finding that is no error (kharden list), found the text "hostpath": did you mean host-path?',
  ],
  [
    'accept: [{findings: [host-path], reason: x, match: {}}]',
    '1:52 accept[0].match: expected a map with path, namespace, kind, name or container, found an empty map',
  ],
  [
    'accept: [{findings: [host-path], reason: x, match: {path: "**/**/**/**"}}]',
    '1:59 accept[0].match.path: too slow to match: ** may stand 3 times in a glob, not 4; write several globs instead',
  ],
];
