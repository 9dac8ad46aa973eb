/** The comparison of a container with its label. */
import type { JsonObject } from '../../src/util/json.ts';
import { assert, suite } from '../harness.ts';
import { mismatches, type Subject } from './compare.ts';
import type { Label } from './label.ts';
import { accountsOf } from './workload.ts';

/** A container with its pod; what is given is merged over both. */
function subject(container: JsonObject, pod: JsonObject = {}, accounts: readonly JsonObject[] = []): Subject {
  return { container, pod, accounts, namespace: '', ordinal: 0 };
}

function security(fields: JsonObject): JsonObject {
  return { securityContext: fields };
}

const BARE = subject({});
const [ROOT, NUMBER, HIGH, ONLY] = [
  subject(security({ runAsUser: 0 })),
  subject(security({ runAsNonRoot: true, runAsUser: 999 })),
  subject({}, security({ runAsNonRoot: true, runAsUser: 10001 })),
  subject(security({ runAsNonRoot: true })),
];
const MOUNTED = (...paths: readonly string[]) =>
  subject(
    { volumeMounts: paths.map((mountPath, index) => ({ name: `v${index}`, mountPath })) },
    { volumes: paths.map((_, index) => ({ name: `v${index}`, emptyDir: {} })) },
  );
const ACCOUNTS = accountsOf(['kind: ServiceAccount\nmetadata: { name: a }\nautomountServiceAccountToken: false\n']);
const TOKENLESS = subject({}, { automountServiceAccountToken: false });

/** What a label wants, before and after, and whether that is right. */
const CASES: readonly [wanted: Partial<Label>, before: Subject, right: readonly Subject[], wrong: readonly Subject[]][] = [
  [{ user: 'own', uid: 999 }, BARE, [NUMBER], [BARE, HIGH, ONLY, ROOT]],
  [{ user: 'high' }, BARE, [HIGH], [BARE, NUMBER, ONLY]],
  [{ user: 'any' }, BARE, [HIGH, NUMBER], [BARE, ONLY, ROOT, subject(security({ runAsUser: 7 }))]],
  [{ user: 'assigned' }, BARE, [ONLY], [BARE, NUMBER]],
  [{ user: 'root' }, BARE, [BARE], [NUMBER, ONLY, ROOT]],
  [{ user: 'root' }, ROOT, [ROOT], [BARE, NUMBER]],
  [{ user: 'left' }, ONLY, [ONLY], [NUMBER, BARE]],
  [{ user: 'author' }, ONLY, [ONLY, NUMBER], [BARE, ROOT]],
  [{ user: 'author' }, BARE, [BARE], [NUMBER, ONLY]],
  [{ user: 'author' }, subject(security({ runAsUser: 999 })), [NUMBER], [HIGH, ROOT]],
  [{ readOnlyRootFilesystem: true }, BARE, [subject(security({ readOnlyRootFilesystem: true }))], [BARE]],
  [{ readOnlyRootFilesystem: false }, BARE, [BARE], [subject(security({ readOnlyRootFilesystem: true }))]],
  [{ readOnlyRootFilesystem: 'author' }, BARE, [BARE], [subject(security({ readOnlyRootFilesystem: false }))]],
  [{ allowPrivilegeEscalation: false }, BARE, [subject(security({ allowPrivilegeEscalation: false }))], [BARE]],
  [{ allowPrivilegeEscalation: 'author' }, BARE, [BARE], [subject(security({ allowPrivilegeEscalation: false }))]],
  [
    { mounts: ['/run|/var/run'], mayMount: ['/tmp'] },
    BARE,
    [MOUNTED('/run'), MOUNTED('/var/run/', '/tmp')],
    [BARE, MOUNTED('/tmp'), MOUNTED('/run', '/data')],
  ],
  [{ mounts: [] }, MOUNTED('/data'), [MOUNTED('/data')], [MOUNTED('/data', '/tmp')]],
  [{ mounts: ['/tmp'] }, BARE, [MOUNTED('/tmp')], [subject({ volumeMounts: [{ name: 'v', mountPath: '/tmp' }] })]],
  [
    { unprivilegedPorts: true },
    BARE,
    [subject({}, security({ sysctls: [{ name: 'net.ipv4.ip_unprivileged_port_start', value: '0' }] }))],
    [BARE],
  ],
  [{ token: 'removed' }, BARE, [TOKENLESS, subject({}, { serviceAccountName: 'a' }, ACCOUNTS)], [BARE]],
  [
    { token: 'kept' },
    BARE,
    [BARE, subject({}, { automountServiceAccountToken: true })],
    [TOKENLESS, subject({}, { serviceAccountName: 'a' }, ACCOUNTS)],
  ],
  [{ token: 'author' }, TOKENLESS, [TOKENLESS], [BARE]],
  [
    { account: 'new' },
    BARE,
    [subject({}, { serviceAccountName: 'a' }, ACCOUNTS)],
    [BARE, subject({}, { serviceAccountName: 'b' }, ACCOUNTS)],
  ],
  [
    { account: 'kept' },
    subject({}, { serviceAccount: 'a' }),
    [subject({}, { serviceAccountName: 'a' })],
    [BARE, subject({}, { serviceAccountName: 'b' })],
  ],
  [{ limits: 'none' }, BARE, [BARE], [subject({ resources: { limits: { cpu: '1' } } })]],
  [
    { requests: { cpu: '<=1' } },
    BARE,
    [BARE, subject({ resources: { requests: { cpu: '900m' } } })],
    [subject({ resources: { requests: { cpu: 2 } } })],
  ],
  [
    { capabilities: ['CHOWN'] },
    BARE,
    [subject(security({ capabilities: { add: ['CAP_CHOWN'] } }))],
    [BARE, subject(security({ capabilities: { add: ['CHOWN', 'KILL'] } }))],
  ],
  [{ capabilities: [] }, BARE, [BARE], [subject(security({ capabilities: { add: ['CHOWN'] } }))]],
  [
    { needsCapabilities: ['CHOWN', 'KILL'] },
    BARE,
    [
      BARE,
      subject(security({ capabilities: { drop: ['all'], add: ['CHOWN', 'KILL'] } })),
      subject(security({ capabilities: { add: ['ALL'] } })),
    ],
    [
      subject(security({ capabilities: { drop: ['ALL'], add: ['CHOWN'] } })),
      subject(security({ capabilities: { drop: ['KILL'] } })),
    ],
  ],
];

suite('containers against labels', (test) => {
  for (const [wanted, before, right, wrong] of CASES) {
    test(JSON.stringify(wanted), () => {
      const label = { file: 'f', workload: 'Pod/a', container: 'c', why: 'w', ...wanted };
      right.forEach((after) => assert.equal(mismatches(label, before, after), []));
      wrong.forEach((after) =>
        assert.equal(
          mismatches(label, before, after).map(({ key }) => key),
          [Object.keys(wanted)[0]],
        ),
      );
    });
  }

  test('a mismatch says what was wanted and what came', () => {
    const label = {
      file: 'f',
      workload: 'Pod/a',
      container: 'c',
      why: 'w',
      user: 'own',
      uid: 999,
      mounts: ['/a'],
      mayMount: ['/b'],
    } as const;
    assert.equal(mismatches(label, BARE, BARE), [
      { key: 'user', wanted: 'own 999', got: 'runAsNonRoot undefined, runAsUser undefined' },
      { key: 'mounts', wanted: '["/a"] (may: /b)', got: 'no mount at /a' },
    ]);
  });
});
