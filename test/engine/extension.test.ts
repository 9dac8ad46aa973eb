/** What can be added by one declaration: a transform for objects without pods, a kind with pod templates. */
import { createHarden } from '../../src/engine/harden.ts';
import { harden, type CustomWorkload, type HardenOptions } from '../../src/index.ts';
import { NO_OPTIONS } from '../../src/transform/options.ts';
import { defineTransform, type Transform } from '../../src/transform/transform.ts';
import { member } from '../../src/util/json.ts';
import { transforms } from '../../transforms/index.ts';
import { assert, suite } from '../harness.ts';

const LABEL = 'pod-security.kubernetes.io/enforce';

const labelNamespaces = defineTransform(
  {
    id: 'label-namespaces',
    title: 'Label namespaces',
    description: 'Labels every Namespace.',
    rationale: 'A test.',
    target: 'object',
    kinds: [{ group: '', kind: 'Namespace' }],
    fields: { labels: '1.0' },
    references: {},
    safety: 'safe',
    profiles: ['restricted'],
    since: '0.1.0',
    options: NO_OPTIONS,
    messages: { label: 'the namespace {name} gets a label', there: 'the label is there' },
  },
  function* (namespace) {
    const labels = member(namespace.value['metadata'], 'labels');
    if (member(labels, LABEL) !== undefined) yield { message: 'there', at: '/metadata/labels', severity: 'info' };
    else {
      const path = `/metadata/labels/${LABEL.replace('/', '~1')}` as const;
      const limits = { apiVersion: 'v1', kind: 'LimitRange', metadata: { name: 'all', namespace: namespace.name } };
      yield {
        message: 'label',
        data: { name: namespace.name },
        ops: [{ op: 'add', path, value: 'restricted' }],
        newObjects: [limits],
      };
    }
  },
);

const withToy = createHarden([...transforms, labelNamespaces as unknown as Transform]);
const ALONE: HardenOptions = { only: ['label-namespaces'] };

function hardenText(content: string, options: HardenOptions, run = withToy) {
  const [file] = run([{ path: 'a.yaml', content }], options).files;
  if (!file) throw new Error('no result');
  return file;
}

const pod = (indent: string): string => `${indent}containers:\n${indent}- name: web\n${indent}  image: example.com/web:1\n`;
const namespace = (more = ''): string => `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n${more}`;
const limits = 'apiVersion: v1\nkind: LimitRange\nmetadata:\n  name: all\n  namespace: shop\n';

suite('engine: a transform for another kind', (test) => {
  test('changes objects of the kind and creates others of any kind before them', () => {
    const { output, changes } = hardenText(namespace(), ALONE);
    assert.is(output, `${limits}---\n${namespace(`  labels:\n    ${LABEL}: restricted\n`)}`);
    assert.equal(
      changes.map(({ message, object }) => [message, object]),
      [['the namespace shop gets a label', { kind: 'Namespace', name: 'shop' }]],
    );
  });

  test('in a list the new object is an item', () => {
    const list = `apiVersion: v1\nkind: List\nitems:\n- ${namespace().trimEnd().replaceAll('\n', '\n  ')}\n`;
    assert.match(
      hardenText(list, ALONE).output,
      /items:\n- apiVersion: v1\n {2}kind: LimitRange\n[^]*- apiVersion: v1\n {2}kind: Namespace/,
    );
  });

  test('reports what it leaves alone where it stands', () => {
    const { output, findings } = hardenText(namespace(`  labels: {${LABEL}: baseline}\n`), ALONE);
    assert.is(output, namespace(`  labels: {${LABEL}: baseline}\n`));
    assert.equal(
      findings.map(({ id, severity, line, object }) => [id, severity, line, object?.kind]),
      [['there', 'info', 5, 'Namespace']],
    );
  });

  test('obeys opt-outs on the object', () => {
    const text = namespace('  annotations: {kharden.dev/skip: label-namespaces}\n');
    const { output, findings } = hardenText(text, ALONE);
    assert.is(output, text);
    assert.equal(
      findings.map(({ id }) => id),
      ['skipped-on-request'],
    );
  });

  test('obeys exceptions of the configuration', () => {
    const exceptions = [{ match: { kind: ['Namespace'], name: ['sh*'] }, skip: ['label-namespaces'] }];
    assert.is(hardenText(namespace(), { ...ALONE, exceptions }).output, namespace());
  });

  test('leaves objects of that kind alone when it does not run', () =>
    assert.is(hardenText(namespace(), { skip: ['label-namespaces'] }).output, namespace()));
});

suite('engine: a transform with a bug', (test) => {
  test('changes nothing, and the error says so', () => {
    const ops = [
      { op: 'add', path: '/spec/hostUsers', value: false },
      { op: 'add', path: '/spec/hostUsers', value: true },
    ] as const;
    const meta = { ...labelNamespaces.meta, id: 'contradiction', target: 'pod' as const, fields: { hostUsers: '1.25' } };
    const contradiction = defineTransform(meta, function* () {
      yield { message: 'label', data: { name: '' }, ops };
    });
    const run = createHarden([contradiction as unknown as Transform]);
    const text = `apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n${pod('  ')}`;
    const { output, findings } = hardenText(text, {}, run);
    assert.is(output, text);
    assert.match(
      findings.find(({ id }) => id === 'internal-error')?.message ?? '',
      /nothing was written; please report this with the file$/,
    );
  });
});

const ROLLOUT: CustomWorkload = { apiVersion: 'example.com/v1alpha1', kind: 'Rollout', podSpec: '/spec/template/spec' };
const ESCALATION: HardenOptions = { only: ['no-privilege-escalation'] };
const secured = (indent: string): string =>
  `${pod(indent)}${indent}  securityContext:\n${indent}    allowPrivilegeEscalation: false\n`;

suite('engine: a kind of the configuration', (test) => {
  const rollout = (spec: (indent: string) => string, apiVersion = 'example.com/v1alpha1'): string =>
    `apiVersion: ${apiVersion}\nkind: Rollout\nmetadata:\n  name: web\nspec:\n  template:\n    spec:\n${spec('      ')}`;
  const run = (text: string, workloads: readonly CustomWorkload[]) => hardenText(text, { ...ESCALATION, workloads }, harden);

  test('is hardened like any workload', () => {
    assert.is(run(rollout(pod), [ROLLOUT]).output, rollout(secured));
    assert.is(run(rollout(pod), [ROLLOUT]).workloads, 1);
    assert.is(run(rollout(pod), []).output, rollout(pod));
  });

  test('counts in every version of its group and in no other group', () => {
    assert.is(run(rollout(pod, 'example.com/v1'), [ROLLOUT]).output, rollout(secured, 'example.com/v1'));
    assert.is(run(rollout(pod, 'example.org/v1'), [ROLLOUT]).output, rollout(pod, 'example.org/v1'));
  });

  test('may have the name of a built-in kind', () => {
    const job = (spec: (indent: string) => string): string =>
      `apiVersion: batch.example.com/v1alpha1\nkind: Job\nmetadata:\n  name: web\nspec:\n  tasks:\n  - name: a\n    template:\n      spec:\n${spec('        ')}  - name: b\n    template:\n      spec:\n${spec('        ')}`;
    const podSpec = '/spec/tasks/*/template/spec';
    assert.is(run(job(pod), [{ apiVersion: 'batch.example.com/v1alpha1', kind: 'Job', podSpec }]).output, job(secured));
    assert.is(run(job(pod), []).output, job(pod));
  });

  test('may have several pod specs, also beside which no metadata stand', () => {
    const pair = (spec: (indent: string) => string): string =>
      `apiVersion: example.com/v1\nkind: Pair\nmetadata:\n  name: web\nspec:\n  left:\n${spec('    ')}  right:\n${spec('    ')}`;
    const kind = { apiVersion: 'example.com/v1', kind: 'Pair' };
    const workloads = [
      { ...kind, podSpec: '/spec/left' },
      { ...kind, podSpec: '/spec/right' },
    ];
    assert.is(run(pair(pod), workloads).output, pair(secured));
    const full = hardenText(pair(pod), { workloads }, harden);
    assert.is(full.output.match(/kind: ServiceAccount/g)?.length, 1);
    assert.is(full.output.match(/serviceAccountName: web/g)?.length, 2);
    assert.is(hardenText(full.output, { workloads }, harden).output, full.output);
  });

  test('without a pod spec where the configuration says is reported', () => {
    const { findings, output } = run(rollout(pod), [{ ...ROLLOUT, podSpec: '/spec/pod' }]);
    assert.equal(
      findings.map(({ id }) => id),
      ['no-pod-spec'],
    );
    assert.is(output, rollout(pod));
  });
});
