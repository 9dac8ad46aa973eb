import { harden, type Finding, type Input } from '../../src/index.ts';
import { assert, suite } from '../harness.ts';

const only = ['no-service-account-token'];
const web = (account: string, namespace = ''): string =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n${namespace}spec:\n  template:\n    spec:\n${account}      containers:\n      - name: web\n        image: example.com/web\n`;
const named = web('      serviceAccountName: api\n');
const account = 'apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: api\n';
const binding = (subject = '{kind: ServiceAccount, name: api}'): string =>
  `apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata:\n  name: b\nroleRef: {kind: Role, name: r}\nsubjects:\n- ${subject}\n`;

function findingsOf(files: Readonly<Record<string, string>>): { isRemoved: boolean; finding: Finding | undefined } {
  const inputs = Object.entries(files).map(
    ([path, content], index): Input => ({
      path,
      content,
      role: index === 0 ? 'harden' : 'facts',
    }),
  );
  const [file] = harden(inputs, { only }).files;
  return {
    isRemoved: file?.output.includes('automountServiceAccountToken: false') ?? false,
    finding: file?.findings.find(({ id }) => /account|uses-api|patched/.test(id)),
  };
}

suite('facts: tokens', (test) => {
  type Case = readonly [what: string, files: Readonly<Record<string, string>>, kept: string | undefined];
  const overlay = {
    'o/web.yaml': named,
    'o/kustomization.yaml': 'resources: [web.yaml, account.yaml]\n',
    'o/account.yaml': account,
  };
  const patch =
    'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {template: {spec: {serviceAccountName: api}}}\n';
  const CASES: readonly Case[] = [
    ['no account', { 'a.yaml': web('') }, undefined],
    ['an account without rights', { 'a.yaml': named, 'b.yaml': account }, undefined],
    ['an account in a folder beside', { 'x/a/a.yaml': named, 'x/b/b.yaml': account }, undefined],
    ['an account of another project', { 'x/a/a.yaml': named, 'y/b/b.yaml': account }, 'account-elsewhere'],
    ['an account of another namespace', { 'a.yaml': named, 'b.yaml': `${account}  namespace: shop\n` }, 'account-elsewhere'],
    ['an account that nobody created', { 'a.yaml': named }, 'account-elsewhere'],
    ['rights', { 'a.yaml': named, 'b.yaml': `${account}---\n${binding()}` }, 'account-has-rights'],
    ['rights in another project', { 'x/a/a.yaml': named, 'x/a/b.yaml': account, 'y/b/c.yaml': binding() }, 'account-has-rights'],
    [
      'rights of the default account',
      { 'a.yaml': web(''), 'b.yaml': binding('{kind: ServiceAccount, name: default}') },
      'account-has-rights',
    ],
    [
      'rights of the default account of another project',
      { 'x/a/a.yaml': web(''), 'y/b/b.yaml': binding('{kind: ServiceAccount, name: default}') },
      undefined,
    ],
    [
      'rights in a kustomization of its own',
      {
        'a.yaml': web(''),
        'k/kustomization.yaml': 'resources: [b.yaml]\n',
        'k/b.yaml': binding('{kind: ServiceAccount, name: default}'),
      },
      undefined,
    ],
    [
      'rights in a chart',
      { 'a.yaml': web(''), 'c/Chart.yaml': 'name: c\n', 'c/templates/b.yaml': binding('{kind: ServiceAccount, name: default}') },
      undefined,
    ],
    ['an account of the kustomization', overlay, undefined],
    [
      'rights in an overlay',
      { ...overlay, 'p/kustomization.yaml': 'resources: [../o, b.yaml]\n', 'p/b.yaml': binding() },
      'account-has-rights',
    ],
    ['rights beside, but not in the kustomization', { ...overlay, 'o/b.yaml': binding() }, 'account-has-rights'],
    ['rights in the repository around the kustomization', { ...overlay, 'b.yaml': binding() }, undefined],
    [
      'a patch of an overlay gives an account with rights',
      {
        'o/web.yaml': web(''),
        'o/kustomization.yaml': 'resources: [web.yaml]\n',
        'p/kustomization.yaml': 'resources: [../o, b.yaml]\npatches: [{path: p.yaml}]\n',
        'p/b.yaml': `${account}---\n${binding()}`,
        'p/p.yaml': patch,
      },
      'patched-elsewhere',
    ],
    [
      'a patch of an overlay gives an account without rights',
      {
        'o/web.yaml': web(''),
        'o/kustomization.yaml': 'resources: [web.yaml]\n',
        'p/kustomization.yaml': 'resources: [../o, b.yaml]\npatches: [{path: p.yaml}]\n',
        'p/b.yaml': account,
        'p/p.yaml': patch,
      },
      undefined,
    ],
    [
      'a patch of an overlay gives an account from elsewhere',
      {
        'o/web.yaml': web(''),
        'o/kustomization.yaml': 'resources: [web.yaml]\n',
        'p/kustomization.yaml': 'resources: [../o]\npatches: [{path: p.yaml}]\n',
        'p/p.yaml': patch,
      },
      'patched-elsewhere',
    ],
    [
      'a manifest that cannot be read says nothing',
      { 'a.yaml': web(''), 'b.yaml': `${binding('{kind: ServiceAccount, name: default}')}- broken: [` },
      undefined,
    ],
    ['an author who said yes', { 'a.yaml': web('      automountServiceAccountToken: true\n') }, 'none'],
    ['a word of the author', { 'a.yaml': web('      automountServiceAccountToken: false\n') }, undefined],
  ];
  for (const [what, files, kept] of CASES) {
    test(`${kept === undefined ? 'removed' : 'kept'}: ${what}`, () => {
      const { isRemoved, finding } = findingsOf(files);
      assert.equal([isRemoved, finding?.id ?? 'none'], [kept === undefined, kept ?? 'none']);
    });
  }

  test('the message names the binding, its file and line', () => {
    const { finding } = findingsOf({ 'a.yaml': named, 'rbac/b.yaml': `${account}---\n${binding()}` });
    assert.is(
      finding?.message,
      'RoleBinding b (rbac/b.yaml:6) grants it Role r, so the token is kept: remove the binding if the workload does not need it',
    );
  });
});

suite('facts: inputs that are only read', (test) => {
  test('have no results and no findings', () => {
    const inputs: Input[] = [
      { path: 'broken.yaml', content: 'kind: Deployment\n- x', role: 'facts' },
      { path: 'bytes.yaml', content: new Uint8Array([0xff, 0xfe]), role: 'facts' },
      { path: 'a.yaml', content: web('') },
      { path: 'wide.yaml', content: binding('{kind: Group, name: system:authenticated}'), role: 'facts' },
    ];
    const { files } = harden(inputs, { only });
    assert.equal(
      files.map(({ path }) => path),
      ['a.yaml'],
    );
    assert.equal(
      files.flatMap(({ findings }) => findings.filter(({ path }) => path !== 'a.yaml')),
      [],
    );
  });
});

suite('facts: what is left alone by its folder', (test) => {
  const ids = (files: Readonly<Record<string, string>>): string[] =>
    harden(
      Object.entries(files).map(([path, content]) => ({ path, content })),
      { only },
    ).files.flatMap(({ input, output, path, findings }) => [
      ...(input === output ? [] : [`${path} changed`]),
      ...findings.filter(({ id }) => id.startsWith('skipped') || id.startsWith('invalid')).map(({ id }) => `${path} ${id}`),
    ]);

  test('one line for all templates of a chart, none for its values and definitions', () => {
    const chart = {
      'c/Chart.yaml': 'name: c\n',
      'c/values.yaml': 'kind: Deployment\nimage: {{{\n',
      'c/crds/a.yaml': 'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nspec: {names: {kind: Deployment}}\n',
      'c/templates/a.yaml': web(''),
      'c/templates/b.yaml': 'kind: Deployment\nmetadata: {{ .x }}\n',
    };
    assert.equal(ids(chart), ['c/templates/a.yaml skipped-chart']);
  });

  test('patches by the kustomization, though they look whole', () => {
    assert.equal(ids({ 'kustomization.yaml': 'patches: [{path: p.yaml}]\n', 'p.yaml': web(''), 'q.yaml': web('') }), [
      'p.yaml skipped-patch',
      'q.yaml changed',
    ]);
  });
});
