import { parseDocument } from 'yaml';
import { observeRbac } from '../../src/observations/rbac.ts';
import { powerfulRights } from '../../src/observations/rights.ts';
import type { JsonObject } from '../../src/util/json.ts';
import type { Facts } from '../../src/workspace/facts.ts';
import { assert, suite } from '../harness.ts';
import { readObjects } from '../objects.ts';

/** No other object is known. */
const NONE = { object: () => undefined } as unknown as Facts;

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
    ].flatMap((text) => readObjects(parseDocument(text).toJS() as JsonObject).flatMap((object) => observeRbac(object, NONE)));
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
          .flatMap((object) => observeRbac(object, NONE))
          .map(({ id, at }) => `${id} ${at}`),
        expected,
      ),
    );
  }
});

/** One rule, and the ids of what it gives. */
const RULES: readonly (readonly [rule: JsonObject, ids: readonly string[]])[] = [
  [{ apiGroups: [''], resources: ['secrets'], verbs: ['get'] }, ['reads-secrets']],
  [{ apiGroups: ['*'], resources: ['secrets'], verbs: ['watch'] }, ['reads-secrets']],
  [{ apiGroups: [''], resources: ['secrets'], verbs: ['create'] }, []],
  [{ apiGroups: ['apps'], resources: ['secrets'], verbs: ['get'] }, []],
  [{ apiGroups: [''], resources: ['secrets'], resourceNames: ['a'], verbs: ['get'] }, []],
  [{ apiGroups: [''], resources: ['secrets', '*'], verbs: ['get'] }, []],
  [{ apiGroups: [''], resources: ['pods'], verbs: ['create'] }, ['creates-pods']],
  [
    { apiGroups: ['', 'apps', 'batch'], resources: ['pods', 'deployments', 'jobs'], verbs: ['create'] },
    ['creates-pods', 'creates-pods', 'creates-pods'],
  ],
  [{ apiGroups: [''], resources: ['pods'], verbs: ['get', 'list', 'watch'] }, []],
  [{ apiGroups: [''], resources: ['pods/exec'], verbs: ['create'] }, ['enters-pods']],
  [{ apiGroups: [''], resources: ['pods/attach'], verbs: ['get'] }, ['enters-pods']],
  [{ apiGroups: ['rbac.authorization.k8s.io'], resources: ['clusterroles'], verbs: ['escalate'] }, ['raises-rights']],
  [{ apiGroups: ['rbac.authorization.k8s.io'], resources: ['roles'], verbs: ['create'] }, []],
  [{ apiGroups: [''], resources: ['users'], verbs: ['impersonate'] }, ['raises-rights']],
  [{ apiGroups: [''], resources: ['persistentvolumes'], verbs: ['create'] }, ['creates-persistent-volumes']],
  [{ apiGroups: [''], resources: ['nodes/proxy'], verbs: ['get'] }, ['reaches-nodes']],
  [
    { apiGroups: ['certificates.k8s.io'], resources: ['certificatesigningrequests/approval'], verbs: ['update'] },
    ['approves-certificates'],
  ],
  [
    { apiGroups: ['admissionregistration.k8s.io'], resources: ['mutatingwebhookconfigurations'], verbs: ['patch'] },
    ['changes-webhooks'],
  ],
  [{ apiGroups: [''], resources: ['serviceaccounts/token'], verbs: ['create'] }, ['creates-tokens']],
];

suite('powerful rights', (test) => {
  for (const [rule, ids] of RULES) {
    test(JSON.stringify(rule), () =>
      assert.equal(
        powerfulRights({ rules: [{ apiGroups: [''], resources: ['events'], verbs: ['create'] }, rule] }).map(({ id }) => id),
        ids,
      ),
    );
  }
});
