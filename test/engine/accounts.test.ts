import { harden, type HardenOptions } from '../../src/index.ts';
import { assert, suite } from '../harness.ts';

const BOTH: HardenOptions = { only: ['dedicated-service-account', 'no-service-account-token'] };

function outputs(files: Readonly<Record<string, string>>, options = BOTH): string[] {
  return harden(
    Object.entries(files).map(([path, content]) => ({ path, content })),
    options,
  ).files.map(({ output }) => output);
}

const output = (text: string, options = BOTH): string => outputs({ 'a.yaml': text }, options)[0] ?? '';

const pod = (name: string, more = ''): string =>
  `apiVersion: v1\nkind: Pod\nmetadata:\n  name: ${name}\nspec:\n${more}  containers:\n  - name: a\n    image: example.com/a\n`;
const deployment = (name: string, more = '', kind = 'Deployment'): string =>
  `apiVersion: apps/v1\nkind: ${kind}\nmetadata:\n  name: ${name}\nspec:\n  template:\n    spec:\n${more.replace(/^(?=.)/gm, '      ')}      containers:\n      - name: a\n        image: example.com/a\n`;
const account = (name: string, more = ''): string => `apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: ${name}\n${more}`;
const bound = (name: string): string =>
  `apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: b}\nroleRef: {kind: Role, name: r}\nsubjects: [{kind: ServiceAccount, name: ${name}}]\n`;
const join = (...documents: readonly string[]): string => documents.join('---\n');
const accountsNamed = (text: string): string[] =>
  [...text.matchAll(/serviceAccountName: "?([^\s"]+)/g)].map(([, name]) => name ?? '');

suite('accounts: which name', (test) => {
  type Case = readonly [what: string, files: Readonly<Record<string, string>>, expected: readonly string[]];
  const CASES: readonly Case[] = [
    ['its own', { 'a.yaml': deployment('web') }, ['web']],
    ['one that is there without rights', { 'a.yaml': join(account('web'), deployment('web')) }, ['web']],
    ['another than one with rights', { 'a.yaml': join(account('web'), bound('web'), deployment('web')) }, ['web-deployment']],
    ['another than a binding waits for', { 'a.yaml': join(bound('web'), deployment('web')) }, ['web-deployment']],
    [
      'a third when the second has rights too',
      { 'a.yaml': join(bound('web'), bound('web-deployment'), deployment('web')) },
      ['web-deployment-only'],
    ],
    [
      'kinds of one name',
      { 'a.yaml': join(deployment('web', '', 'DaemonSet'), deployment('web', '', 'StatefulSet'), deployment('web')) },
      ['web-daemonset', 'web-statefulset', 'web'],
    ],
    [
      'kinds of one name in two files',
      { 'a/a.yaml': deployment('web', '', 'StatefulSet'), 'a/b.yaml': deployment('web') },
      ['web-statefulset', 'web'],
    ],
    [
      'kinds of one name in folders beside each other',
      { 'x/a/a.yaml': deployment('web', '', 'StatefulSet'), 'x/b/b.yaml': deployment('web') },
      ['web-statefulset', 'web'],
    ],
    [
      'kinds of one name in projects of their own',
      { 'x/a/a.yaml': deployment('web', '', 'StatefulSet'), 'y/b/b.yaml': deployment('web') },
      ['web', 'web'],
    ],
    ['one workload in two environments', { 'dev/a.yaml': deployment('web'), 'prod/a.yaml': deployment('web') }, ['web', 'web']],
    [
      'an account that another workload relies on, and nobody here creates',
      { 'a.yaml': join(deployment('web'), deployment('job', 'serviceAccountName: web\n')) },
      ['web-deployment', 'web'],
    ],
    [
      'an account that another workload uses as well',
      { 'a.yaml': join(account('web'), deployment('web'), deployment('job', 'serviceAccountName: web\n')) },
      ['web', 'web'],
    ],
    [
      'the default account by name, as its author wants',
      { 'a.yaml': deployment('web', 'serviceAccountName: default\n') },
      ['default'],
    ],
    ['the default account by its old name', { 'a.yaml': deployment('web', 'serviceAccount: default\n') }, ['default']],
    ['no name at all', { 'a.yaml': deployment('web', 'serviceAccountName: ""\n') }, ['web']],
    ['the old name', { 'a.yaml': join(account('mine'), deployment('web', 'serviceAccount: mine\n')) }, ['mine']],
    ['generateName', { 'a.yaml': deployment('web-').replace('name: web', 'generateName: web') }, ['web']],
    ['nothing to call it after', { 'a.yaml': deployment('web').replace('  name: web\n', '  labels: {}\n') }, []],
    ['a static pod', { 'a.yaml': pod('etcd').replace('  name: etcd\n', '  name: etcd\n  labels: {tier: control-plane}\n') }, []],
    ['a default account with rights', { 'a.yaml': join(bound('default'), deployment('web')) }, []],
    [
      'a client of the API',
      { 'a.yaml': deployment('web').replace('example.com/a\n', 'example.com/a\n        args: [--leader-elect]\n') },
      [],
    ],
    [
      'a base that an overlay gives an account of that name',
      {
        'base/kustomization.yaml': 'resources: [web.yaml]\n',
        'base/web.yaml': deployment('web'),
        'dev/kustomization.yaml': 'resources: [../base, account.yaml]\n',
        'dev/account.yaml': account('web'),
      },
      ['web-deployment'],
    ],
    [
      'two bases of one build',
      {
        'all/kustomization.yaml': 'resources: [../a, ../b]\n',
        'a/kustomization.yaml': 'resources: [web.yaml]\n',
        'a/web.yaml': deployment('web'),
        'b/kustomization.yaml': 'resources: [web.yaml]\n',
        'b/web.yaml': deployment('web', '', 'DaemonSet'),
      },
      ['web', 'web-daemonset'],
    ],
    [
      'a kustomization that does not name the file with the account',
      { 'kustomization.yaml': 'resources: [web.yaml]\n', 'web.yaml': deployment('web'), 'old.yaml': account('web') },
      ['web-deployment'],
    ],
    [
      'a ReplicaSet under a prefix',
      { 'kustomization.yaml': 'namePrefix: dev-\nresources: [web.yaml]\n', 'web.yaml': deployment('web', '', 'ReplicaSet') },
      [],
    ],
  ];
  for (const [what, files, expected] of CASES) {
    test(what, () => {
      const first = outputs(files);
      assert.equal(accountsNamed(first.join('')), expected);
      assert.equal(outputs(Object.fromEntries(Object.keys(files).map((path, index) => [path, first[index] ?? '']))), first);
    });
  }
});

suite('accounts: their documents', (test) => {
  type Case = readonly [what: string, users: readonly string[], more?: string];
  const uses = 'serviceAccountName: api\n';
  const CASES: readonly Case[] = [
    ['nobody uses it', [deployment('a')]],
    ['one user without need of the token', [deployment('a', uses)]],
    ['one that takes it in this run', [deployment('api')]],
    ['a kind that is not known uses it', [deployment('api'), deployment('a', uses, 'Rollout').replace('apps', 'argoproj.io')]],
    ['a token that is not mounted already', [deployment('a', uses)], 'automountServiceAccountToken: false\n'],
  ];
  for (const [what, users, more = ''] of CASES) {
    test(`the account objects of the author stay as they are: ${what}`, () => {
      const text = account('api', more);
      assert.is(output(join(text, ...users)).split('---\n')[0], text);
      assert.is(outputs({ 'api.yaml': text, 'users.yaml': join(...users) })[0], text);
    });
  }

  const TOKEN = 'no-service-account-token';
  const opted = (key: string): string => pod('web').replace('  name: web\n', `  name: web\n  annotations: {${key}: ${TOKEN}}\n`);
  const NEW: readonly (readonly [what: string, text: string, isTokenless: boolean, options?: HardenOptions])[] = [
    ['a new account mounts no token', pod('web'), true],
    ['unless the workload is opted out', opted('kharden.dev/skip'), false],
    ['also for a container that is opted out, which has no token of its own', opted('kharden.dev/skip.a'), true],
    ['unless the transform is left out', pod('web'), false, { skip: [TOKEN] }],
    ['unless the version has no such field', pod('web'), false, { settings: { kubeVersion: { major: 1, minor: 5 } } }],
  ];
  for (const [what, text, isTokenless, options = {}] of NEW)
    test(what, () => assert.is(/automount/.test(output(text, { ...BOTH, ...options }).split('---\n')[0] ?? ''), isTokenless));
});

suite('accounts: where new documents go', (test) => {
  const only: HardenOptions = { only: ['dedicated-service-account'] };
  const web = pod('web');
  const named = web
    .replace('spec:\n', 'spec:\n  serviceAccountName: web\n')
    .replace(/ {2}serviceAccountName: web\n([^]*)$/, '$1  serviceAccountName: web\n');
  type Case = readonly [what: string, before: string, after: string];
  const CASES: readonly Case[] = [
    ['a bare document', web, `${account('web')}---\n${named}`],
    ['a marker', `---\n${web}`, `---\n${account('web')}---\n${named}`],
    ['a marker with a comment', `--- # first\n${web}`, `---\n${account('web')}--- # first\n${named}`],
    ['a second document', `a: b\n---\n${web}`, `a: b\n---\n${account('web')}---\n${named}`],
    ['a second document after its end', `a: b\n...\n---\n${web}`, `a: b\n...\n---\n${account('web')}---\n${named}`],
    ['a comment of the workload', `# web\n${web}`, `${account('web')}---\n# web\n${named}`],
    ['a comment under a marker', `---\n# web\n${web}`, `---\n${account('web')}---\n# web\n${named}`],
    ['a header', `# all\n\n${web}`, `# all\n\n${account('web')}---\n${named}`],
    ['a header and a comment', `# all\n\n# web\n${web}`, `# all\n\n${account('web')}---\n# web\n${named}`],
    [
      'a licence',
      `# Copyright A\n# SPDX-License-Identifier: MIT\n${web}`,
      `# Copyright A\n# SPDX-License-Identifier: MIT\n${account('web')}---\n${named}`,
    ],
    [
      'a source',
      `---\n# Source: chart/templates/web.yaml\n${web}`,
      `---\n${account('web')}---\n# Source: chart/templates/web.yaml\n${named}`,
    ],
    ['a directive', `%YAML 1.1\n---\n${web}`, `%YAML 1.1\n---\n${account('web')}---\n${named}`],
    ['a byte order mark', `\uFEFF${web}`, `\uFEFF${account('web')}---\n${named}`],
    ['a byte order mark and a header', `\uFEFF# all\n\n${web}`, `\uFEFF# all\n\n${account('web')}---\n${named}`],
    [
      'Windows line ends',
      `# all\r\n\r\n---\r\n${web.replaceAll('\n', '\r\n')}`,
      `# all\r\n\r\n---\r\n${account('web').replaceAll('\n', '\r\n')}---\r\n${named.replaceAll('\n', '\r\n')}`,
    ],
    ['no final line end', web.slice(0, -1), `${account('web')}---\n${named.slice(0, -1)}`],
  ];
  for (const [what, before, after] of CASES) {
    test(what, () => {
      assert.sameText(output(before, only), after);
      assert.sameText(output(after, only), after);
    });
  }

  test('comments between documents stay with the second', () => {
    assert.sameText(
      output(`${account('x')}# about web\n---\n# web\n${web}`, only),
      `${account('x')}# about web\n---\n${account('web')}---\n# web\n${named}`,
    );
  });

  test('labels, namespace and hooks of the workload', () => {
    const hook = web.replace(
      '  name: web\n',
      '  name: web\n  namespace: shop\n  labels:\n    app: web\n  annotations:\n    helm.sh/hook: pre-install\n    helm.sh/hook-weight: "5"\n    other: x\n',
    );
    const metadata =
      '  namespace: shop\n  labels:\n    app: web\n  annotations:\n    helm.sh/hook: pre-install\n    helm.sh/hook-weight: "4"\n';
    assert.sameText(
      output(hook, only).split('---\n')[0] ?? '',
      account('web').replace('  name: web\n', `  name: web\n${metadata}`),
    );
  });

  test('two documents that need one account share it', () => {
    const job = web.replace('name: web', 'generateName: web-');
    assert.is(output(join(job, job), only).match(/kind: ServiceAccount/g)?.length, 1);
  });
});
