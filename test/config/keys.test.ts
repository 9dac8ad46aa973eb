/** Every key of the configuration, good and bad. */
import { transforms } from '../../transforms/index.ts';
import { configSchema } from '../../src/config/index.ts';
import type { HardenOptions } from '../../src/index.ts';
import type { JsonObject } from '../../src/util/json.ts';
import { assert, suite } from '../harness.ts';
import { configIn, errorsIn } from './read.ts';

const IDS = transforms.map(({ meta }) => meta.id);
const THERE_ARE = `there are ${IDS.join(', ')}`;
const VERSION = 'kubeVersion: expected a version in quotes such as "1.30", found';
const QUANTITY = 'expected a quantity such as 100m, 0.5 or 64Mi, or null for none, found';
const OWNER = "expected a number from 1 to 2147483647 that is not 1337 (istio's own), or per-workload, found";
const IMAGE = 'expected an image without tag such as nginx or registry.local/shop/*, found the text';
const PATH = 'expected a path relative to this file such as legacy/**, found the text';
const RESOURCES = {
  requests: { cpu: '100m', memory: '64Mi', 'ephemeral-storage': null },
  limits: { cpu: '500m', memory: '256Mi', 'ephemeral-storage': null },
};

const GOOD: readonly [text: string, options: HardenOptions][] = [
  ['only: [resources, run-as-non-root]', { only: ['resources', 'run-as-non-root'] }],
  ['skip:\n  - resources\n', { skip: ['resources'] }],
  ['skip: []', { skip: [] }],
  ['enable: [resources]', { enable: ['resources'] }],
  ['override: true', { settings: { override: true } }],
  ['override: no', { settings: { override: false } }],
  ['safeOnly: true', { settings: { safeOnly: true } }],
  ['platform: openshift', { settings: { platform: 'openshift' } }],
  ['kubeVersion: "1.30"', { settings: { kubeVersion: { major: 1, minor: 30 } } }],
  ["kubeVersion: 'v1.29.3+k3s1'", { settings: { kubeVersion: { major: 1, minor: 29 } } }],
  ['kubeVersion: !!str 1.30', { settings: { kubeVersion: { major: 1, minor: 30 } } }],
  ['unknownImages: report', { settings: { unknownImages: 'report' } }],
  ['hooks: skip\nsafeOnly: true', { settings: { hooks: 'skip', safeOnly: true } }],
  ['transforms: {seccomp-runtime-default: {}}', { options: { 'seccomp-runtime-default': {} } }],
  [
    'transforms: {resources: {limits: {cpu: null}}}',
    { options: { resources: { ...RESOURCES, limits: { ...RESOURCES.limits, cpu: null } } } },
  ],
  [
    'transforms: {resources: {requests: {cpu: 1, memory: 1.5Gi}, limits: {cpu: 2.5, memory: 2e9}}}',
    {
      options: {
        resources: {
          requests: { ...RESOURCES.requests, cpu: '1', memory: '1.5Gi' },
          limits: { ...RESOURCES.limits, cpu: '2.5', memory: '2000000000' },
        },
      },
    },
  ],
  ['transforms: {run-as-non-root: {uid: per-workload}}', { options: { 'run-as-non-root': { uid: 'per-workload', gid: 10001 } } }],
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
];

const BAD: readonly [text: string, ...errors: string[]][] = [
  ['only: resources', '1:1 only: expected a list of transforms such as [resources], found the text "resources"'],
  ['only: []', '1:1 only: expected a list of transforms such as [resources], found an empty list'],
  ['only: [run-as-nonroot]', '1:8 only[0]: expected a transform, found the text "run-as-nonroot": did you mean run-as-non-root?'],
  ['skip:\n  - resources\n  - resources\n', '3:5 skip[1]: stands twice in the list'],
  ['skip:', '1:1 skip: expected a list of transforms such as [resources], found nothing'],
  ['enable: [everything-at-once]', `1:10 enable[0]: expected a transform, found the text "everything-at-once": ${THERE_ARE}`],
  ['override: "true"', '1:1 override: expected true or false, found the text "true"'],
  ['safeOnly: 1', '1:1 safeOnly: expected true or false, found the number 1'],
  ['platform: openshfit', '1:1 platform: expected kubernetes or openshift, found the text "openshfit": did you mean openshift?'],
  ['kubeVersion: 1.30', `1:1 ${VERSION} the number 1.3: quote it`],
  ['kubeVersion: latest', `1:1 ${VERSION} the text "latest"`],
  ['unknownImages: no', '1:1 unknownImages: expected harden or report, found false'],
  ['hooks: [skip]', '1:1 hooks: expected harden or skip, found a list'],
  ['transforms: []', '1:1 transforms: expected a map, found an empty list'],
  ['transforms: {resource: {}}', '1:14 transforms.resource: unknown key: did you mean resources?'],
  ['transforms: {unprivileged-ports: {from: 0}}', '1:35 transforms.unprivileged-ports.from: unknown key: there are none here'],
  [
    'transforms: {resources: {requests: {storage: 1}}}',
    '1:37 transforms.resources.requests.storage: unknown key: there are cpu, memory, ephemeral-storage',
  ],
  ['transforms: {resources: {limits: {memory: 1 GB}}}', `1:35 transforms.resources.limits.memory: ${QUANTITY} the text "1 GB"`],
  ['transforms: {resources: {limits: {memory: true}}}', `1:35 transforms.resources.limits.memory: ${QUANTITY} true`],
  ['transforms: {read-only-root-fs: {sizeLimit: -1}}', `1:34 transforms.read-only-root-fs.sizeLimit: ${QUANTITY} the number -1`],
  ['transforms: {run-as-non-root: {uid: 0}}', `1:32 transforms.run-as-non-root.uid: ${OWNER} the number 0`],
  ['transforms: {run-as-non-root: {gid: 1337}}', `1:32 transforms.run-as-non-root.gid: ${OWNER} the number 1337`],
  ['transforms: {run-as-non-root: {uid: 2147483648}}', `1:32 transforms.run-as-non-root.uid: ${OWNER} the number 2147483648`],
  ['transforms: {run-as-non-root: {uid: 1.5}}', `1:32 transforms.run-as-non-root.uid: ${OWNER} the number 1.5`],
  ['writablePaths: [/tmp]', '1:1 writablePaths: expected a map, found a list'],
  ['writablePaths: {nginx: /tmp}', '1:17 writablePaths.nginx: expected a list of paths, found the text "/tmp"'],
  [
    'writablePaths: {nginx: [tmp, /a/../b, /]}',
    '1:25 writablePaths.nginx[0]: expected an absolute path such as /var/cache/shop, found the text "tmp"',
    '1:30 writablePaths.nginx[1]: expected an absolute path such as /var/cache/shop, found the text "/a/../b"',
    '1:39 writablePaths.nginx[2]: expected an absolute path such as /var/cache/shop, found the text "/"',
  ],
  ['writablePaths: {"nginx:1.25": [/a]}', `1:17 writablePaths["nginx:1.25"]: ${IMAGE} "nginx:1.25"`],
  ['images: [{user: {uid: 5}}]', '1:10 images[0]: lacks match'],
  ['images: [{match: [a/b], usr: {}}]', '1:25 images[0].usr: unknown key: did you mean user?'],
  ['images: [{match: [a/b], user: {uid: 0}}]', '1:32 images[0].user.uid: expected a whole number from 1, found the number 0'],
  [
    'images: [{match: [a/b], nonRoot: sometimes}]',
    '1:25 images[0].nonRoot: expected works, needs-change, impossible or unknown, found the text "sometimes"',
  ],
  ['exclude: [a, "x{b"]', '1:14 exclude[1]: a { has no }: add it, or write \\{ for the character'],
  [
    'overrides: [{match: {path: ["**/a/**/b/**/c/**"]}, skip: all}]',
    '1:29 overrides[0].match.path[0]: too slow to match: ** may stand 3 times in a glob, not 4; write several globs instead',
  ],
  [
    'overrides: [{match: {name: "*-*-*-*"}, skip: all}]',
    '1:22 overrides[0].match.name: too slow to match: * after another * between the same slashes may stand 2 times in a glob, not 3; write several globs instead',
  ],
  [
    'images: [{match: ["*a*/*b*"]}]',
    '1:19 images[0].match[0]: too slow to match: * may stand 3 times in a glob, not 4; write several globs instead',
  ],
  [
    'images: [{match: [a], tags: ["*.*.*.*"]}]',
    '1:30 images[0].tags[0]: too slow to match: * may stand 3 times in a glob, not 4; write several globs instead',
  ],
  ['writablePaths: {"shop/a{b": [/a]}', '1:17 writablePaths["shop/a{b"]: a { has no }: add it, or write \\{ for the character'],
  [
    'mirrors: [https://cache.local]',
    '1:11 mirrors[0]: expected a prefix of image names such as registry.local/dockerhub, found the text "https://cache.local"',
  ],
  ['exclude: legacy', '1:1 exclude: expected a list, found the text "legacy"'],
  [
    'exclude: ["!a", /a, ../a, ./]',
    `1:11 exclude[0]: ${PATH} "!a"`,
    `1:17 exclude[1]: ${PATH} "/a"`,
    `1:21 exclude[2]: ${PATH} "../a"`,
    `1:27 exclude[3]: ${PATH} "./"`,
  ],
  ['overrides: [{skip: all}]', '1:13 overrides[0]: lacks match'],
  [
    'overrides: [{match: {name: a}}]',
    '1:13 overrides[0]: expected a map with skip or a map with transforms, found a map with match',
  ],
  [
    'overrides: [{match: {}, skip: all}]',
    '1:14 overrides[0].match: expected a map with path, namespace, kind, name or container, found an empty map',
  ],
  ['overrides: [{match: {names: a}, skip: all}]', '1:22 overrides[0].match.names: unknown key: did you mean name?'],
  [
    'overrides: [{match: {name: []}, skip: all}]',
    '1:22 overrides[0].match.name: expected a name such as legacy-* or a list of names, found an empty list',
  ],
  [
    'overrides: [{match: {name: [a, ""]}, skip: all}]',
    '1:32 overrides[0].match.name[1]: expected a name such as legacy-*, found the text ""',
  ],
  [
    'overrides: [{match: {name: a}, skip: everything}]',
    '1:32 overrides[0].skip: expected all or a list of transforms such as [resources], found the text "everything"',
  ],
  [
    'overrides: [{match: {name: a}, skip: [resource]}]',
    '1:39 overrides[0].skip[0]: expected a transform, found the text "resource": did you mean resources?',
  ],
  [
    'overrides: [{match: {name: a}, skip: all, reason: " "}]',
    '1:43 overrides[0].reason: expected a sentence, found the text " "',
  ],
  ['overrides: [{match: {name: a}, transforms: {x: {}}}]', `1:45 overrides[0].transforms.x: unknown key: ${THERE_ARE}`],
  [
    'overrides: [{match: {container: a}, transforms: {resources: {}}}]',
    '1:22 overrides[0].match.container: options count for whole workloads: leave container or transforms out',
  ],
];

const tested = (texts: readonly string[]): Set<string> => new Set(texts.flatMap((text) => text.match(/^\w+(?=:)/gm) ?? []));

suite('config: keys', (test) => {
  for (const [text, options] of GOOD) {
    test(`takes ${text.trimEnd()}`, () => assert.equal(configIn(text), { options, exclude: [] }));
  }

  test('takes exclude', () => {
    assert.equal(configIn('exclude: [legacy/, ./a/**, "**/x.yaml"]'), {
      options: {},
      exclude: ['legacy/', './a/**', '**/x.yaml'],
    });
  });

  for (const [text, ...errors] of BAD) {
    test(`refuses ${text.trimEnd()}`, () => assert.equal(errorsIn(text), errors));
  }

  test('every key is tested with a good and a bad value', () => {
    const keys = Object.keys(configSchema['properties'] as JsonObject);
    assert.equal(
      keys.filter((key) => key !== 'exclude' && !tested(GOOD.map(([text]) => text)).has(key)),
      [],
    );
    assert.equal(
      keys.filter((key) => !tested(BAD.map(([text]) => text)).has(key)),
      [],
    );
  });
});
