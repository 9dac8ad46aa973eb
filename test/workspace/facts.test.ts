import type { Json } from '../../src/util/json.ts';
import { accountNames, baseNameOf } from '../../src/workspace/accounts.ts';
import { collectFacts } from '../../src/workspace/facts.ts';
import type { Reach } from '../../src/workspace/reach.ts';
import type { SourceFile } from '../../src/workspace/source-file.ts';
import { assert, suite } from '../harness.ts';
import { facts, inNamespace, REACH, NO_UNITS } from './facts-of.ts';
import { KINDS, readObjects } from '../objects.ts';

const account = (name: string, namespace?: string): string =>
  `---\napiVersion: v1\nkind: ServiceAccount\nmetadata: {name: ${name}${inNamespace(namespace)}}\n`;
const workload = (kind: string, name: string, spec = '', namespace?: string): string =>
  `---\napiVersion: apps/v1\nkind: ${kind}\nmetadata: {${name}${inNamespace(namespace)}}\nspec: {template: {spec: {${spec}}}}\n`;
const binding = (subject: string, namespace?: string, kind = 'RoleBinding'): string => `---
apiVersion: rbac.authorization.k8s.io/v1
kind: ${kind}
metadata: {name: b${inNamespace(namespace)}}
roleRef: {kind: Role, name: reader}
subjects: [{${subject}}]
`;

function baseName(value: Json): string {
  return readObjects(value).map(baseNameOf).join();
}

suite('facts: bindings', (test) => {
  type Case = readonly [
    what: string,
    binding: string,
    asked: readonly [namespace: string | undefined, name: string],
    isBound: boolean,
  ];
  const CASES: readonly Case[] = [
    ['its own name and namespace', binding('kind: ServiceAccount, name: web, namespace: a'), ['a', 'web'], true],
    ['another namespace', binding('kind: ServiceAccount, name: web, namespace: b'), ['a', 'web'], false],
    ['another name', binding('kind: ServiceAccount, name: webs, namespace: a'), ['a', 'web'], false],
    ['the namespace of the RoleBinding', binding('kind: ServiceAccount, name: web', 'b'), ['a', 'web'], false],
    [
      'a ClusterRoleBinding without a namespace',
      binding('kind: ServiceAccount, name: web', 'b', 'ClusterRoleBinding'),
      ['a', 'web'],
      true,
    ],
    ['no namespace on the side of the binding', binding('kind: ServiceAccount, name: web'), ['a', 'web'], true],
    [
      'no namespace on the side of the workload',
      binding('kind: ServiceAccount, name: web, namespace: a'),
      [undefined, 'web'],
      true,
    ],
    ['all accounts', binding('kind: Group, name: "system:serviceaccounts"'), ['a', 'web'], true],
    ['all accounts of its namespace', binding('kind: Group, name: system:serviceaccounts:a'), ['a', 'web'], true],
    ['all accounts of another namespace', binding('kind: Group, name: system:serviceaccounts:b'), ['a', 'web'], false],
    ['its user', binding('kind: User, name: system:serviceaccount:a:web'), ['a', 'web'], true],
    ['the user of another', binding('kind: User, name: system:serviceaccount:a:default'), ['a', 'web'], false],
    ['everybody who is authenticated', binding('kind: Group, name: system:authenticated'), ['a', 'web'], false],
    ['a person of that name', binding('kind: User, name: web'), ['a', 'web'], false],
    [
      'a binding of another API group',
      binding('kind: ServiceAccount, name: web').replace('rbac.authorization.k8s.io', 'example.com'),
      ['a', 'web'],
      false,
    ],
    [
      'a typed list',
      `apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBindingList\nitems: [{metadata: {name: b, namespace: a}, roleRef: {kind: Role, name: reader}, subjects: [{kind: ServiceAccount, name: web}]}]\n`,
      ['a', 'web'],
      true,
    ],
  ];
  for (const [what, text, asked, isBound] of CASES) {
    test(what, () => assert.is(facts({ 'rbac.yaml': text }).binding(...asked) !== undefined, isBound));
  }

  test('what is near counts for the default account, its own name counts from afar', () => {
    assert.not(facts({ 'far.yaml': binding('kind: ServiceAccount, name: default') }).binding('a', 'default'));
    assert.ok(facts({ 'far.yaml': binding('kind: ServiceAccount, name: default, namespace: a') }).binding('a', 'default'));
    assert.ok(facts({ 'near.yaml': binding('kind: ServiceAccount, name: default') }).binding('a', 'default'));
    assert.ok(facts({ 'far.yaml': binding('kind: ServiceAccount, name: web') }).binding('a', 'web'));
    assert.not(facts({ 'outside.yaml': binding('kind: ServiceAccount, name: web') }).binding('a', 'web'));
  });

  test('namespaces of kustomizations replace those that are written', () => {
    const text = binding('kind: ServiceAccount, name: web, namespace: b');
    assert.ok(facts({ 'rbac.yaml': text }, { namespaces: 'given' }).binding('a', 'web'));
    assert.ok(facts({ 'rbac.yaml': text }, { namespaces: 'varies' }).binding('a', 'web'));
  });

  test('the first one by file and line, whatever the order of the files', () => {
    const files = {
      'b.yaml': binding('kind: ServiceAccount, name: web'),
      'a.yaml': `${account('web')}${binding('kind: Group, name: system:serviceaccounts')}`,
    };
    for (const order of [files, Object.fromEntries(Object.entries(files).reverse())]) {
      assert.equal(facts(order).binding(undefined, 'web'), {
        kind: 'RoleBinding',
        name: 'b',
        role: 'Role reader',
        file: 'a.yaml',
        line: 2,
      });
    }
  });
});

suite('facts: accounts', (test) => {
  test('there whenever the workload is, known, or taken', () => {
    const about = (file: string, reach: Partial<Reach> = {}, namespace?: string): boolean[] => {
      const found = facts({ [file]: account('web', namespace) }, reach);
      return [
        found.account(undefined, 'web') !== undefined,
        found.likelyAccount(undefined, 'web') !== undefined,
        found.isTaken(undefined, 'web'),
      ];
    };
    assert.equal(about('a.yaml'), [true, true, false]);
    assert.equal(about('rival.yaml'), [false, true, true]);
    assert.equal(about('far.yaml'), [false, false, false]);
    assert.equal(about('outside.yaml'), [false, false, false]);
    assert.equal(about('a.yaml', {}, 'b'), [false, false, false]);
    assert.equal(about('a.yaml', { namespaces: 'given' }, 'b'), [true, true, false]);
    assert.equal(about('a.yaml', { namespaces: 'varies' }, 'b'), [false, false, true]);
  });

  test('only core v1 accounts', () => {
    assert.not(
      facts({ 'a.yaml': account('web').replace('apiVersion: v1', 'apiVersion: example.com/v1') }).account(undefined, 'web'),
    );
  });

  test('names: the workload, its kind behind, cut with a hash at 253 characters', () => {
    assert.equal(accountNames('web', 'CronJob'), ['web', 'web-cronjob', 'web-cronjob-only']);
    const [, long, only] = accountNames('a'.repeat(253), 'Deployment');
    assert.equal([long.length <= 253, only.length <= 253, long === only], [true, true, false]);
  });

  test('generateName counts without its last hyphens', () => {
    assert.is(baseName({ metadata: { generateName: 'web-' } }), 'web');
    assert.is(baseName({ metadata: { generateName: 'web-.' } }), 'web');
    assert.is(baseName({ metadata: { name: 'web', generateName: 'other-' } }), 'web');
    assert.is(baseName({}), '');
  });
});

suite('facts: workloads', (test) => {
  const files = {
    'a.yaml':
      workload('StatefulSet', 'name: web') +
      workload('Deployment', 'name: web') +
      workload('ReplicaSet', 'generateName: web-') +
      workload('Deployment', 'name: web', '', 'b'),
    'far.yaml': workload('DaemonSet', 'name: web'),
    'uses.yaml':
      workload('Deployment', 'name: one', 'serviceAccountName: web') +
      workload('Deployment', 'name: two', 'serviceAccount: web', 'b'),
  };

  test('kinds in the order of their claim', () => {
    assert.equal(facts(files).kindsNamed(undefined, 'web'), ['Deployment', 'StatefulSet', 'ReplicaSet']);
    assert.equal(facts({ 'a.yaml': workload('Deployment', 'name: web', '', 'b') }).kindsNamed('a', 'web'), []);
    assert.equal(facts(files).kindsNamed(undefined, 'none'), []);
  });

  test('relied on by others: another kind or name, or a twin alongside, in the same namespace', () => {
    const others = (file: string, kind: string, name: string, namespace?: string): boolean =>
      facts({ [file]: files['uses.yaml'] }).isUsedByOthers(namespace, 'web', { kind, name });
    assert.ok(others('uses.yaml', 'Deployment', 'web'));
    assert.ok(others('uses.yaml', 'Job', 'one', 'c'));
    assert.ok(others('uses.yaml', 'Deployment', 'one', 'c'));
    assert.not(others('far.yaml', 'Job', 'web'));
    const rival = facts(
      { 'rival.yaml': workload('Deployment', 'name: one', 'serviceAccountName: web') },
      { isAlongside: () => false },
    );
    assert.ok(rival.isUsedByOthers(undefined, 'web', { kind: 'Deployment', name: 'two' }));
    assert.not(rival.isUsedByOthers(undefined, 'web', { kind: 'Deployment', name: 'one' }));
  });

  test('references that kustomize does not follow', () => {
    assert.not(facts({}).losesReference('apps/v1', 'ReplicaSet'));
    assert.ok(facts({}, { isRenamed: true }).losesReference('apps/v1', 'ReplicaSet'));
    assert.not(facts({}, { isRenamed: true }).losesReference('apps/v1', 'Deployment'));
  });
});

suite('facts: which files are read', (test) => {
  test('no file is read before a name in it is asked for', () => {
    const read: string[] = [];
    const file = (path: string): SourceFile => ({
      path,
      text: account(path),
      objects: () => {
        read.push(path);
        return [];
      },
    });
    const found = collectFacts([file('one'), file('two')], KINDS, NO_UNITS)(REACH);
    assert.equal(read, []);
    found.account(undefined, 'two');
    found.account(undefined, 'two');
    assert.equal(read, ['two']);
  });
});
