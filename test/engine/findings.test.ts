/** What of the findings of a run is shown: accepted ones, those of a baseline, those that stand once for all. */
import { baselineOf, harden, type Finding, type HardenOptions } from '../../src/index.ts';
import { assert, suite } from '../harness.ts';

const ONLY = ['no-privilege-escalation'];

/** A Pod with two findings of its own, and one for each of its containers `a` and `b`. */
function pod(name: string, image = 'busybox'): string {
  const container = (one: string): string => `  - {name: ${one}, image: ${image}, ports: [{containerPort: 1, hostPort: 1}]}\n`;
  return `apiVersion: v1\nkind: Pod\nmetadata: {generateName: ${name}, namespace: shop}\nspec:\n  hostPID: true\n  containers:\n${container('a')}${container('b')}`;
}

function run(inputs: Readonly<Record<string, string>>, options: HardenOptions = {}) {
  const given = Object.entries(inputs).map(([path, content]) => ({ path, content }));
  return harden(given, { only: ONLY, ...options });
}

function said(findings: readonly Finding[]): string[] {
  return findings
    .filter(({ id }) => /^host-(?:port|namespace)$|^duplicate-key$|^unknown-image$|^invalid/.test(id))
    .map(({ id, severity, container, accepted }) =>
      [id, severity, container, accepted].filter((one) => one !== undefined).join(' '),
    );
}

const found = (inputs: Readonly<Record<string, string>>, options?: HardenOptions): string[] =>
  run(inputs, options).files.flatMap(({ findings }) => said(findings));

const WARNED = ['host-namespace warning', 'host-port warning a', 'host-port warning b'];

suite('engine/findings', (test) => {
  test('what the configuration accepts no longer warns: everywhere, or where everything of its match fits', () => {
    const accepting = (findings: string[], match?: NonNullable<HardenOptions['accept']>[number]['match']): string[] =>
      found({ 'k8s/a.yaml': pod('x') }, { accept: [{ findings, reason: 'seen', ...(match && { match }) }] });
    assert.equal(accepting(['host-path']), WARNED);
    assert.equal(accepting(['host-port']), ['host-namespace warning', 'host-port info a seen', 'host-port info b seen']);
    assert.equal(accepting(['host-namespace', 'host-port'], { container: ['b'] }), [
      ...WARNED.slice(0, 2),
      'host-port info b seen',
    ]);
    for (const match of [{ path: ['k8s/*'] }, { namespace: ['sh*'] }, { kind: ['Job', 'Pod'] }, { path: ['k8s'], kind: ['Pod'] }])
      assert.equal(accepting(['host-namespace'], match)[0], 'host-namespace info seen');
    for (const match of [{ path: ['apps/*'] }, { namespace: ['x'] }, { kind: ['Job'] }, { path: ['k8s'], name: ['y'] }])
      assert.equal(accepting(['host-namespace'], match), WARNED);
  });

  test('what is about a whole file is accepted by its path alone; an error never is', () => {
    const text = `${pod('x')}  hostPID: true\n`;
    const accept = (match: object) => [{ findings: ['duplicate-key', 'invalid-yaml'], reason: 'r', match }];
    assert.ok(found({ 'a.yaml': text }, { accept: accept({ path: ['a.yaml'] }) }).includes('duplicate-key info r'));
    assert.ok(found({ 'a.yaml': text }, { accept: accept({ kind: ['Pod'] }) }).includes('duplicate-key warning'));
    assert.equal(found({ 'a.yaml': 'kind: Pod\nspec: }\n' }, { accept: accept({}) }), ['invalid-yaml error']);
  });

  test('the first entry gives the reason, and the annotation goes before both', () => {
    const accept = [
      { findings: ['host-port'], reason: 'one', match: { container: ['a'] } },
      { findings: ['host-port'], reason: 'two' },
    ];
    assert.equal(found({ 'a.yaml': pod('x') }, { accept }).slice(1), ['host-port info a one', 'host-port info b two']);
    const annotated = pod('x').replace('shop}', 'shop, annotations: {kharden.dev/accept: host-port, kharden.dev/reason: mine}}');
    assert.equal(found({ 'a.yaml': annotated }, { accept }).slice(1), ['host-port info a mine', 'host-port info b mine']);
  });

  test('entries that accept nothing, and exceptions for nothing, are told', () => {
    const accept = [
      { findings: ['host-port', 'host-path'], reason: 'r' },
      { findings: ['host-namespace'], reason: 'r', match: { kind: ['Job'] } },
    ];
    const exceptions = [
      { match: { kind: ['Pod'] }, skip: 'all' as const },
      { match: { kind: ['Job'] }, skip: 'all' as const },
      { match: { kind: ['Pod'], container: ['c'] }, skip: 'all' as const },
      { match: { container: ['a'] }, skip: 'all' as const },
    ];
    const { unmatched } = run({ 'a.yaml': pod('x') }, { accept, exceptions });
    assert.equal(unmatched, {
      exceptions: [1, 2],
      accept: [
        { entry: 0, finding: 1 },
        { entry: 1, finding: 0 },
      ],
      usage: [],
    });
  });

  test('a baseline sets apart what it counts, wherever it stands in its file', () => {
    const baseline = baselineOf(run({ 'a.yaml': pod('x') }).files.flatMap(({ findings }) => findings));
    assert.equal(
      baseline.filter(({ id }) => id.startsWith('host-port')),
      ['a', 'b'].map((name) => ({ path: 'a.yaml', subject: `Pod shop/, container ${name}`, id: 'host-port', count: 1 })),
    );
    assert.equal(found({ 'a.yaml': `# moved\n---\n${pod('x')}` }, { baseline }), []);
    assert.equal(found({ 'b.yaml': pod('x') }, { baseline }), WARNED);
    const [file] = run({ 'a.yaml': `${pod('x')}---\n${pod('y')}` }, { baseline }).files;
    assert.equal([said(file?.known ?? []), said(file?.findings ?? [])], [WARNED, WARNED]);
  });

  test('a baseline holds neither errors nor what is accepted', () => {
    const { files } = run(
      { 'a.yaml': 'kind: Pod\nspec: }\n', 'b.yaml': pod('x') },
      { accept: [{ findings: ['host-port', 'host-namespace'], reason: 'r' }] },
    );
    const ids = baselineOf(files.flatMap(({ findings }) => findings)).map(({ id }) => id);
    assert.equal(
      ids.filter((id) => /^(?:invalid|host-(?:port|namespace)$)/.test(id)),
      [],
    );
  });

  test('what stands once for all of a run is in a baseline for each, so that any part of the files is known', () => {
    const inputs = { 'a.yaml': pod('x', 'example.com/a'), 'b.yaml': pod('y', 'example.com/a') };
    const unknown = (options?: HardenOptions): number =>
      found(inputs, options).filter((line) => line.startsWith('unknown-image')).length;
    assert.equal([unknown(), unknown({ everyFinding: true })], [1, 4]);
    const every = run(inputs, { everyFinding: true }).files.flatMap(({ findings }) => findings);
    assert.equal(found({ 'b.yaml': inputs['b.yaml'] }, { baseline: baselineOf(every) }), []);
    const ofFirst = baselineOf(every.filter(({ path }) => path === 'a.yaml'));
    const [, second] = run(inputs, { baseline: ofFirst }).files;
    assert.match(second?.findings.find(({ id }) => id === 'unknown-image')?.message ?? '', /\(and 1 more in this run: Pod \)$/);
  });
});
