/** What the annotations of an object and of its pods opt out of, and what is said of those that say nothing. */
import { harden } from '../../src/index.ts';
import { assert, suite } from '../harness.ts';

const ONLY = ['no-privilege-escalation', 'drop-all-capabilities', 'read-only-root-fs'];
const LEFT_OUT = 'is left out on request';

/** A Deployment of the containers `web` and `log` with annotations of its own and of its pods. */
function deployment(own: readonly string[], ofPods: readonly string[] = []): string {
  const map = (lines: readonly string[], indent: string): string =>
    lines.length === 0 ? '' : `${indent}annotations:\n${lines.map((line) => `${indent}  ${line}\n`).join('')}`;
  const container = (name: string): string => `      - name: ${name}\n        image: nats:2\n`;
  return (
    `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: a\n${map(own, '  ')}spec:\n  template:\n    metadata:\n` +
    `      labels: {a: b}\n${map(ofPods, '      ')}    spec:\n      containers:\n${container('web')}${container('log')}`
  );
}

const short = (id: string): string =>
  ({ 'no-privilege-escalation': 'npe', 'drop-all-capabilities': 'drop', 'read-only-root-fs': 'ro' })[id] ?? id;

/** What is applied, by transform and container, and what is said of annotations: line, id and message up to the advice. */
function run(own: readonly string[], ofPods?: readonly string[]): { applied: string; said: string[] } {
  const [file] = harden([{ path: 'a.yaml', content: deployment(own, ofPods) }], { only: ONLY }).files;
  const applied = new Set(file?.changes.map(({ transform, container }) => `${short(transform)}/${container}`));
  const said = file?.findings.filter(({ id }) => /skip|unknown-(?:transform|container)|unusable/.test(id)) ?? [];
  return {
    applied: [...applied].sort().join(' '),
    said: said.map(({ line, id, message }) => `${line} ${id} ${message.replace(/: (?!.*: ).*$/, '')}`),
  };
}

const ALL = 'drop/log drop/web npe/log npe/web ro/log ro/web';

interface Case {
  readonly own?: readonly string[];
  readonly ofPods?: readonly string[];
  readonly applied: string;
  readonly said?: readonly string[];
}

const CASES: Readonly<Record<string, Case>> = {
  nothing: { own: ['example.com/skip: all', 'kharden.dev/skipped: all', 'kharden.dev/reason: x'], applied: ALL },
  all: {
    own: ['kharden.dev/skip: all'],
    applied: '',
    said: ONLY.toSorted((left, right) => (short(left) > short(right) ? 1 : 0)).map(
      (id) => `6 skipped-on-request ${id} ${LEFT_OUT}`,
    ),
  },
  'one transform, with a reason': {
    own: ['kharden.dev/reason: tested', 'kharden.dev/skip: no-privilege-escalation'],
    applied: 'drop/log drop/web ro/log ro/web',
    said: [`7 skipped-on-request no-privilege-escalation ${LEFT_OUT} (tested)`],
  },
  'several, with spaces and empty ones': {
    own: ['kharden.dev/skip: " no-privilege-escalation ,, drop-all-capabilities,"'],
    applied: 'ro/log ro/web',
    said: [`6 skipped-on-request no-privilege-escalation ${LEFT_OUT}`, `6 skipped-on-request drop-all-capabilities ${LEFT_OUT}`],
  },
  'one container': {
    own: ['kharden.dev/skip.web: drop-all-capabilities'],
    applied: 'drop/log npe/log npe/web ro/log ro/web',
    said: [`6 skipped-on-request drop-all-capabilities ${LEFT_OUT}`],
  },
  'in the pod, with the reason beside it': {
    own: ['kharden.dev/reason: other'],
    ofPods: ['kharden.dev/skip.log: drop-all-capabilities', 'kharden.dev/reason: tested'],
    applied: 'drop/web npe/log npe/web ro/log ro/web',
    said: [`12 skipped-on-request drop-all-capabilities ${LEFT_OUT} (tested)`],
  },
  'a reason that is no text': {
    own: ['kharden.dev/skip.web: drop-all-capabilities', 'kharden.dev/reason: 5'],
    applied: 'drop/log npe/log npe/web ro/log ro/web',
    said: [`6 skipped-on-request drop-all-capabilities ${LEFT_OUT}`],
  },
  'an unknown transform': {
    own: ['kharden.dev/skip: drop-all-capability, x'],
    applied: ALL,
    said: [
      '6 unknown-transform kharden.dev/skip names drop-all-capability, which is not a transform (did you mean drop-all-capabilities?)',
      '6 unknown-transform kharden.dev/skip names x, which is not a transform',
    ],
  },
  'an unknown container': {
    own: ['kharden.dev/skip.wep: all', 'kharden.dev/writable.other: /x'],
    applied: ALL,
    said: [
      '6 unknown-container kharden.dev/skip.wep names no container of this pod (did you mean web?)',
      '7 unknown-container kharden.dev/writable.other names no container of this pod',
    ],
  },
  'no names': {
    own: ['kharden.dev/skip: ""', 'kharden.dev/skip.web: 5', 'kharden.dev/writable.web: ","'],
    applied: ALL,
    said: ['kharden.dev/skip', 'kharden.dev/skip.web', 'kharden.dev/writable.web'].map(
      (key, index) => `${6 + index} unusable-annotation ${key} holds no names`,
    ),
  },
  'a relative path': {
    own: ['kharden.dev/writable.web: /x, y'],
    applied: ALL,
    said: ['6 unusable-annotation kharden.dev/writable.web holds y, which is not an absolute path'],
  },
  'a transform that does not run': { own: ['kharden.dev/skip: resources'], applied: ALL },
};

suite('engine: opt-outs', (test) => {
  for (const [what, { own = [], ofPods, applied, said = [] }] of Object.entries(CASES)) {
    test(what, () => {
      const found = run(own, ofPods);
      assert.is(found.applied, applied);
      assert.equal(found.said.sort(), [...said].sort());
    });
  }

  test('an opt-out without an effect', () => {
    const content = deployment(['kharden.dev/skip.web: resources', 'kharden.dev/skip.log: all']);
    const findings = (only: string[]): string[] =>
      harden([{ path: 'a.yaml', content }], { only }).files.flatMap((file) =>
        file.findings.filter(({ id }) => id === 'unused-skip').map(({ line, message }) => `${line} ${message}`),
      );
    const advice = 'has no effect: the transform would change nothing here; remove it from the annotation';
    assert.equal(findings(['dedicated-service-account']), [`7 the opt-out of all ${advice}`]);
    assert.equal(findings(['resources']), []);
  });

  const accepting = (own: readonly string[], ofPods?: readonly string[]): string[] => {
    const content = deployment(own, ofPods).replace('    spec:\n', '    spec:\n      hostPID: true\n');
    const [file] = harden([{ path: 'a.yaml', content }], { only: ONLY }).files;
    const findings =
      file?.findings.filter(({ id }) => /^(?:host-|unused-accept|unknown-annotation|unknown-container)/.test(id)) ?? [];
    return findings.map(({ id, severity, container, accepted }) =>
      [id, severity, container, accepted === undefined ? undefined : `(${accepted})`]
        .filter((part) => part !== undefined)
        .join(' '),
    );
  };

  test('an accepted finding no longer warns, for the workload or for one container', () => {
    const [first = '', ...others] = ['host-namespace warning', 'host-access warning web', 'host-access warning log'];
    assert.equal(accepting([]), [first, ...others]);
    assert.equal(accepting(['kharden.dev/accept: host-namespace']), ['host-namespace info ()', ...others]);
    const reason = ['kharden.dev/accept: "host-namespace, host-access"', 'kharden.dev/reason: an agent'];
    const all = ['host-namespace info (an agent)', 'host-access info web (an agent)', 'host-access info log (an agent)'];
    assert.equal(accepting(reason), all);
    assert.equal(accepting([], reason), all);
    assert.equal(accepting(['kharden.dev/accept.log: host-access']), [first, others[0], 'host-access info log ()']);
  });

  test('what is accepted and no finding, a container that is none, and an unknown annotation are reported', () => {
    const warned = ['host-namespace warning', 'host-access warning web', 'host-access warning log'];
    assert.equal(accepting(['kharden.dev/accept: host-port']), ['unused-accept warning', ...warned]);
    assert.equal(accepting(['kharden.dev/accept.wbe: host-access']), ['unknown-container warning', ...warned]);
    assert.equal(accepting(['kharden.dev/accepted: host-access']), ['unknown-annotation warning', ...warned]);
  });

  test('paths that must stay writable, of the object and of its pods', () => {
    const content = deployment(['kharden.dev/writable.web: "/srv/x/, /srv/y"'], ['kharden.dev/writable.web: /srv/y, /z']);
    const [file] = harden([{ path: 'a.yaml', content }], { only: ['read-only-root-fs'] }).files;
    const paths = [...(file?.output.matchAll(/mountPath: (\S+)/g) ?? [])].map(([, path]) => path);
    assert.equal(
      paths.filter((path) => path !== '/tmp'),
      ['/srv/x', '/srv/y', '/z'],
    );
  });
});
