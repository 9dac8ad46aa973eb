import type { Pod } from '../../src/kubernetes/object.ts';
import type { ControlId, Violation } from '../../src/kubernetes/pod-security/index.ts';
import {
  judgeHardened,
  unexplainedViolations,
  withFailedControls,
  type Explanation,
} from '../../src/observations/pod-security.ts';
import type { Op } from '../../src/patch/index.ts';
import { assert, suite } from '../harness.ts';
import { objectOf, podOf } from './object.ts';

const SECCOMP = 'restricted/seccompProfile';
const NO_ROOT = 'restricted/runAsNonRoot';
const pod = podOf('');
const violation = (control: ControlId, container?: string, pointer = '/spec/x'): Violation => ({
  control,
  level: 'restricted',
  message: 'does something',
  pointer,
  ...(container === undefined ? {} : { container }),
});
const finding = (controls: readonly ControlId[], container?: string, at = '/spec'): Explanation => ({
  at,
  controls,
  ...(container === undefined ? {} : { container }),
});

/** What stays unnamed, as `control container`. */
function unnamed(
  findings: readonly Explanation[],
  violations: readonly Violation[],
  unasked: readonly ControlId[] = [],
): string[] {
  return unexplainedViolations(findings, [{ pod, violations }], new Set(unasked)).map(
    ({ id, controls, container }) => `${id} ${controls.join()} ${container ?? '-'}`,
  );
}

suite('violations and the findings that name them', (test) => {
  const CASES: readonly (readonly [what: string, findings: Explanation[], violations: Violation[], expected: string[]])[] = [
    ['no finding', [], [violation(SECCOMP, 'web')], [`pod-security ${SECCOMP} web`]],
    ['of the same container', [finding([SECCOMP], 'web')], [violation(SECCOMP, 'web')], []],
    ['of another container', [finding([SECCOMP], 'db')], [violation(SECCOMP, 'web')], [`pod-security ${SECCOMP} web`]],
    ['of the pod', [finding([SECCOMP])], [violation(SECCOMP, 'web')], []],
    ['of a container about its pod', [finding([SECCOMP], 'web')], [violation(SECCOMP)], []],
    ['about another control', [finding([NO_ROOT], 'web')], [violation(SECCOMP, 'web')], [`pod-security ${SECCOMP} web`]],
    ['about no control', [{ at: '/spec' }], [violation(SECCOMP)], [`pod-security ${SECCOMP} -`]],
    [
      'two violations of one control',
      [],
      [violation(SECCOMP, 'a'), violation(SECCOMP, 'b')],
      [`pod-security ${SECCOMP} a`, `pod-security ${SECCOMP} b`],
    ],
  ];
  for (const [what, findings, violations, expected] of CASES)
    test(what, () => assert.equal(unnamed(findings, violations), expected));

  test('what the user has switched off is not reported', () =>
    assert.equal(unnamed([], [violation(SECCOMP), violation(NO_ROOT)], [SECCOMP]), [`pod-security ${NO_ROOT} -`]));

  test('the finding says what fails, where, and what to do', () => {
    const violations = [violation(SECCOMP, 'web', '/spec/containers/0/securityContext')];
    const [found] = unexplainedViolations([], [{ pod, violations }], new Set());
    assert.equal(found, {
      id: 'pod-security',
      severity: 'warning',
      message:
        'does something, so the pod does not meet restricted/seccompProfile (Seccomp) of the Pod Security Standards: set seccompProfile.type: RuntimeDefault',
      at: '/spec/containers/0/securityContext',
      container: 'web',
      controls: [SECCOMP],
    });
  });

  test('a finding keeps the controls that fail', () => {
    const findings = [finding([SECCOMP, NO_ROOT], 'web'), finding([SECCOMP], 'db'), { at: '/spec', id: 'a' }];
    const kept = withFailedControls(findings, [{ pod, violations: [violation(NO_ROOT, 'web'), violation(SECCOMP, 'web')] }]);
    assert.equal(kept, [finding([SECCOMP, NO_ROOT], 'web'), { at: '/spec', container: 'db' }, { at: '/spec', id: 'a' }]);
    assert.equal(withFailedControls(findings.slice(0, 1), [{ pod, violations: [violation(NO_ROOT)] }]), [
      finding([NO_ROOT], 'web'),
    ]);
  });
});

const TWO_PODS = `
apiVersion: example.com/v1
kind: Cluster
metadata: {name: a, annotations: {}}
spec:
  leader: {template: {spec: {containers: [{name: main, image: a}]}}}
  workers: [{template: {spec: {containers: [{name: main, image: a}]}}}]
`;

suite('hardened pods', (test) => {
  const custom = ['/spec/leader/template/spec', '/spec/workers/*/template/spec'].map((podSpec) => ({
    apiVersion: 'example.com/v1',
    kind: 'Cluster',
    podSpec,
  }));
  const object = objectOf(TWO_PODS, custom);
  const LEADER = '/spec/leader/template/spec/containers/0/securityContext';
  const escalation = (pods: ReturnType<typeof judgeHardened>['pods']): boolean[] =>
    pods.map(({ violations }) => violations.some(({ control }) => control === 'restricted/allowPrivilegeEscalation'));

  test('operations count for the pod that they are about', () => {
    const op: Op = { op: 'add', path: `${LEADER}/allowPrivilegeEscalation`, value: false };
    assert.equal(escalation(judgeHardened(object, []).pods), [true, true]);
    assert.equal(escalation(judgeHardened(object, [op]).pods), [false, true]);
  });

  test('operations that do not fit judge nothing', () => {
    const op: Op = { op: 'add', path: '/kind/x', value: false };
    assert.equal(judgeHardened(object, [op]), { pods: [], edit: undefined });
  });

  test('annotations of the pod count', () => {
    const { object: one } = podOf(
      '',
      '',
      'name: a, annotations: {container.apparmor.security.beta.kubernetes.io/web: unconfined}',
    );
    const [judged] = judgeHardened(one, []).pods;
    assert.ok(judged?.violations.some(({ control }) => control === 'baseline/appArmorProfile'));
  });

  test('a finding about one pod does not name the violations of another', () => {
    const [leader, worker] = object.pods as readonly [Pod, Pod];
    const pods = [leader, worker].map((one) => ({ pod: one, violations: [violation(SECCOMP, 'main', '/spec')] }));
    const places = (at: string): string[] =>
      unexplainedViolations([finding([SECCOMP], 'main', at)], pods, new Set()).map((one) => one.at);
    assert.equal(places('/spec/leader/template/spec/containers/0'), ['/spec/workers/0/template/spec']);
    assert.equal(places('/spec/workers/0/template/spec'), ['/spec/leader/template/spec']);
    assert.equal(places('/metadata/annotations'), []);
  });
});
