import { parseDocument } from 'yaml';
import { observeRbac } from '../../src/observations/rbac.ts';
import type { JsonObject } from '../../src/util/json.ts';
import { assert, suite } from '../harness.ts';
import { readObjects } from '../objects.ts';

const API = 'apiVersion: rbac.authorization.k8s.io/v1\n';
const binding = (subject: string): string =>
  `${API}kind: RoleBinding\nmetadata: {name: b}\nroleRef: {kind: Role, name: reader}\nsubjects: [{${subject}}]\n`;

suite('observations of rights', (test) => {
  const role = (rule: string, kind = 'ClusterRole'): string =>
    `${API}kind: ${kind}\nmetadata: {name: r}\nrules: [{apiGroups: [""], resources: [pods], verbs: [get]}, {${rule}}]\n`;
  const admin = (subject: string): string => binding(subject).replace('name: reader', 'name: cluster-admin');
  const CASES: readonly (readonly [what: string, text: string, expected: readonly string[]])[] = [
    ['all verbs', role('resources: [pods], verbs: ["*"]'), ['wildcard-rights /rules/1']],
    ['all resources', role('resources: ["*"], verbs: [get]', 'Role'), ['wildcard-rights /rules/1']],
    ['both are one', role('resources: ["*"], verbs: ["*"]'), ['wildcard-rights /rules/1']],
    ['paths that are no resources', role('nonResourceURLs: ["*"], verbs: ["*"]'), []],
    ['sub-resources', role('resources: [pods/*], verbs: [get]'), []],
    ['a default account', binding('kind: ServiceAccount, name: default'), ['default-account-binding /subjects/0']],
    [
      'a default account as cluster-admin',
      admin('kind: ServiceAccount, name: default'),
      ['default-account-binding /subjects/0', 'cluster-admin-binding /subjects/0'],
    ],
    ['an account as cluster-admin', admin('kind: ServiceAccount, name: web'), ['cluster-admin-binding /subjects/0']],
    ['a person as cluster-admin', admin('kind: User, name: alice'), []],
    ['everybody', binding('kind: Group, name: system:authenticated'), ['broad-binding /subjects/0']],
    ['nobody known', binding('kind: User, name: system:anonymous'), ['broad-binding /subjects/0']],
    ['whoever has not signed in', binding('kind: Group, name: "system:unauthenticated"'), ['broad-binding /subjects/0']],
    ['an account of its own', binding('kind: ServiceAccount, name: web'), []],
    ['another API group', role('verbs: ["*"]').replace('rbac.authorization.k8s.io', 'example.com'), []],
  ];
  test('the messages name the rights and who has them', () => {
    const messages = [
      role('resources: ["*"], verbs: ["*"]'),
      role('resources: [pods], verbs: [get, "*"]'),
      binding('kind: ServiceAccount, name: default'),
      admin('kind: ServiceAccount, name: web'),
      binding('kind: Group, name: system:authenticated').replace('RoleBinding', 'ClusterRoleBinding'),
    ].flatMap((text) => readObjects(parseDocument(text).toJS() as JsonObject).flatMap(observeRbac));
    assert.equal(
      messages.map(({ message }) => message.replace(/:(?= ).*$/, '')),
      [
        'allows all verbs and all resources',
        'allows all verbs',
        'gives reader to the default ServiceAccount',
        'gives cluster-admin to the ServiceAccount web',
        'gives reader to system:authenticated',
      ],
    );
  });

  for (const [what, text, expected] of CASES) {
    test(what, () =>
      assert.equal(
        readObjects(parseDocument(text).toJS() as JsonObject)
          .flatMap(observeRbac)
          .map(({ id, at }) => `${id} ${at}`),
        expected,
      ),
    );
  }
});
