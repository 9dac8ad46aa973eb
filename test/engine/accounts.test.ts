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
const created = (name: string): string => account(name, 'automountServiceAccountToken: false\n');
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
    ['a default account by name', { 'a.yaml': deployment('web', 'serviceAccountName: default\n') }, ['web']],
    ['a default account by its old name', { 'a.yaml': deployment('web', 'serviceAccount: default\n') }, ['web']],
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
  type Case = readonly [what: string, users: readonly string[], isChanged: boolean, more?: string, options?: HardenOptions];
  const token = 'automountServiceAccountToken: true\n';
  const uses = 'serviceAccountName: api\n';
  const kubectl = deployment('b', uses).replace('example.com/a\n', 'example.com/a\n        command: [kubectl, get, pods]\n');
  const CASES: readonly Case[] = [
    ['nobody uses it', [deployment('a')], false],
    ['one user without need', [deployment('a', uses)], true],
    ['one that takes it in this run', [deployment('api')], true],
    ['one that takes it in this run and one that needs the token', [deployment('api'), kubectl], false],
    ['a user who said no already', [deployment('a', `${uses}automountServiceAccountToken: false\n`)], true],
    ['a user who asks for it', [deployment('a', uses), deployment('b', uses + token)], false],
    ['a client of the API', [deployment('a', uses), kubectl], false],
    [
      'a user of a namespace that is written',
      [deployment('a', uses), kubectl.replace('  name: b\n', '  name: b\n  namespace: shop\n')],
      false,
    ],
    [
      'a user that is left out of the transform',
      [
        deployment('a', uses),
        deployment('b', uses).replace('  name: b\n', '  name: b\n  annotations: {kharden.dev/skip: no-service-account-token}\n'),
      ],
      false,
    ],
    [
      'a hook that is left alone',
      [deployment('a', uses), pod('b', `  ${uses}`).replace('  name: b\n', '  name: b\n  annotations: {helm.sh/hook: test}\n')],
      false,
      '',
      { ...BOTH, settings: { hooks: 'skip' } },
    ],
    ['a binding', [deployment('a', uses), bound('api')], false],
    ['a word of its own', [deployment('a', uses)], false, token],
  ];
  for (const [what, users, isChanged, more = '', options = BOTH] of CASES) {
    test(`${isChanged ? 'the token goes' : 'they stay'}: ${what}`, () => {
      const text = account('api', more);
      const expected = isChanged ? `${text}automountServiceAccountToken: false\n` : text;
      assert.is(output(join(text, ...users), options).split('---\n')[0], expected);
      assert.is(outputs({ 'api.yaml': text, 'users.yaml': join(...users) }, options)[0], expected);
    });
  }

  test('the default account is never touched', () =>
    assert.is(output(join(account('default'), pod('a'))).split('---\n')[0], account('default')));
});

suite('accounts: where new documents go', (test) => {
  const only: HardenOptions = { only: ['dedicated-service-account'] };
  const web = pod('web');
  const named = web
    .replace('spec:\n', 'spec:\n  serviceAccountName: web\n')
    .replace(/ {2}serviceAccountName: web\n([^]*)$/, '$1  serviceAccountName: web\n');
  type Case = readonly [what: string, before: string, after: string];
  const CASES: readonly Case[] = [
    ['a bare document', web, `${created('web')}---\n${named}`],
    ['a marker', `---\n${web}`, `---\n${created('web')}---\n${named}`],
    ['a marker with a comment', `--- # first\n${web}`, `---\n${created('web')}--- # first\n${named}`],
    ['a second document', `a: b\n---\n${web}`, `a: b\n---\n${created('web')}---\n${named}`],
    ['a second document after its end', `a: b\n...\n---\n${web}`, `a: b\n...\n---\n${created('web')}---\n${named}`],
    ['a comment of the workload', `# web\n${web}`, `${created('web')}---\n# web\n${named}`],
    ['a comment under a marker', `---\n# web\n${web}`, `---\n${created('web')}---\n# web\n${named}`],
    ['a header', `# all\n\n${web}`, `# all\n\n${created('web')}---\n${named}`],
    ['a header and a comment', `# all\n\n# web\n${web}`, `# all\n\n${created('web')}---\n# web\n${named}`],
    [
      'a licence',
      `# Copyright A\n# SPDX-License-Identifier: MIT\n${web}`,
      `# Copyright A\n# SPDX-License-Identifier: MIT\n${created('web')}---\n${named}`,
    ],
    [
      'a source',
      `---\n# Source: chart/templates/web.yaml\n${web}`,
      `---\n${created('web')}---\n# Source: chart/templates/web.yaml\n${named}`,
    ],
    ['a directive', `%YAML 1.1\n---\n${web}`, `%YAML 1.1\n---\n${created('web')}---\n${named}`],
    ['a byte order mark', `\uFEFF${web}`, `\uFEFF${created('web')}---\n${named}`],
    ['a byte order mark and a header', `\uFEFF# all\n\n${web}`, `\uFEFF# all\n\n${created('web')}---\n${named}`],
    [
      'Windows line ends',
      `# all\r\n\r\n---\r\n${web.replaceAll('\n', '\r\n')}`,
      `# all\r\n\r\n---\r\n${created('web').replaceAll('\n', '\r\n')}---\r\n${named.replaceAll('\n', '\r\n')}`,
    ],
    ['no final line end', web.slice(0, -1), `${created('web')}---\n${named.slice(0, -1)}`],
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
      `${account('x')}# about web\n---\n${created('web')}---\n# web\n${named}`,
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
      created('web').replace('  name: web\n', `  name: web\n${metadata}`),
    );
  });

  test('two documents that need one account share it', () => {
    const job = web.replace('name: web', 'generateName: web-');
    assert.is(output(join(job, job), only).match(/kind: ServiceAccount/g)?.length, 1);
  });
});
