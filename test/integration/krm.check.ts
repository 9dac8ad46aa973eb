/** The function in kustomize, the pipe behind it, and the contract that both keep. */
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { itemsAt, member, path, stringAt, type Json } from '../../src/util/json.ts';
import { assert, suite } from '../harness.ts';
import { asLines } from '../cli/program.ts';
import { copyOf, execute, jsonLines, kharden, KHARDEN, PROJECT, temporaryFolder, type Outcome } from './world.ts';

const world = temporaryFolder();
const bin = join(world, 'bin');
mkdirSync(bin);
symlinkSync(KHARDEN, join(bin, 'kharden'));

const FLAGS = ['--enable-alpha-plugins', '--enable-exec'];

function kustomize(folder: string, flags: readonly string[] = FLAGS): Outcome {
  return execute('kustomize', ['build', ...flags, folder], { env: { PATH: `${bin}:${process.env['PATH']}` } });
}

function succeed({ status, stdout, stderr }: Outcome): string {
  assert.is(status, 0, stderr);
  return stdout;
}

function documents(text: string): Json[] {
  return jsonLines<{ json?: Json; error?: string }>(succeed(execute('judge', ['decode', '-'], { input: text }))).map(
    ({ json, error }) => json ?? error ?? null,
  );
}

const nameOf = (object: Json): string => `${stringAt(object, 'kind')} ${stringAt(object, 'metadata', 'name')}`;
const sorted = (text: string): Json[] => documents(text).sort((left, right) => (nameOf(left) < nameOf(right) ? -1 : 1));
const accountOf = (object: Json): string | undefined =>
  stringAt(object, 'spec', 'template', 'spec', 'serviceAccountName') ??
  stringAt(object, 'spec', 'jobTemplate', 'spec', 'template', 'spec', 'serviceAccountName');

function functionConfig(spec: string): string {
  const metadata = "{name: kharden, annotations: {config.kubernetes.io/function: 'exec: {path: kharden}'}}";
  return `apiVersion: kharden.dev/v1alpha1\nkind: KhardenConfig\nmetadata: ${metadata}\nspec: ${spec}\n`;
}

/** A copy of the example with further kustomizations beside it. */
function example(kustomizations: Readonly<Record<string, string>> = {}): string {
  const folder = join(copyOf(join(PROJECT, 'examples')), 'kustomize');
  for (const [name, text] of Object.entries(kustomizations)) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'kustomization.yaml'), text);
  }
  return folder;
}

suite('kustomize: the function', (test) => {
  test('the example meets the restricted standard', () => {
    const text = succeed(kustomize(join(example(), 'hardened')));
    const levels = jsonLines<{ level?: string }>(succeed(execute('judge', ['psa', '-'], { input: text }))).flatMap(
      ({ level }) => level ?? [],
    );
    assert.equal(
      levels,
      Array.from({ length: 5 }, () => 'restricted'),
    );
    assert.not.match(text, /annotations:|cpu: "2"/);
  });

  test('the summary is shown, because kustomize shows what a function prints to stderr', () => {
    assert.match(kustomize(join(example(), 'hardened')).stderr, /^kharden: 1 file, \d+ workloads; wrote 1 file/m);
  });

  test('gives what the pipe gives', () => {
    const folder = example({ plain: 'namePrefix: dev-\nresources: [../../shop]\n' });
    const [settings] = documents(readFileSync(join(folder, 'hardened/kharden.yaml'), 'utf8'));
    writeFileSync(join(folder, '.kharden.yaml'), JSON.stringify(member(settings, 'spec')));
    const piped = succeed(kharden(['-'], { cwd: folder, input: succeed(kustomize(join(folder, 'plain'), [])) }));
    assert.equal(sorted(succeed(kustomize(join(folder, 'hardened')))), sorted(piped));
  });

  test('prefixes, suffixes and namespaces of overlays above reach both ends of the new accounts', () => {
    const text = succeed(
      kustomize(join(example({ eu: 'namePrefix: eu-\nnameSuffix: -b\nnamespace: mail\nresources: [../hardened]\n' }), 'eu')),
    );
    const objects = sorted(text);
    const workloads = ['cart', 'nightly-report', 'postgres', 'redis', 'web'].map((name) => `eu-dev-${name}-b`);
    assert.equal(
      objects.flatMap((object) => (stringAt(object, 'kind') === 'ServiceAccount' ? stringAt(object, 'metadata', 'name') : [])),
      workloads,
    );
    assert.equal(objects.flatMap((object) => accountOf(object) ?? []).sort(), workloads);
    assert.ok(objects.every((object) => stringAt(object, 'metadata', 'namespace') === 'mail'));
  });

  test('run twice changes nothing more', () => {
    const twice = example({ again: 'resources: [../hardened]\ntransformers: [kharden.yaml]\n' });
    writeFileSync(join(twice, 'again/kharden.yaml'), functionConfig('{transforms: {resources: {limits: {cpu: null}}}}'));
    assert.is(succeed(kustomize(join(twice, 'again'))), succeed(kustomize(join(twice, 'hardened'))));
  });

  test('a missing flag: an error, or silence that a check breaks', () => {
    const folder = join(example(), 'hardened');
    assert.match(kustomize(folder, []).stderr, /external plugins disabled/);
    const silent = kustomize(folder, ['--enable-alpha-plugins']);
    assert.is(silent.status, 0);
    assert.is(kharden(['--check', '-'], { input: silent.stdout }).status, 1);
  });

  test('errors stop the build and say why', () => {
    const config = functionConfig('{skp: [resources]}');
    const pod = 'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: {name: a}}\n';
    const folder = example({
      config: 'resources: [../../shop]\ntransformers: [kharden.yaml]\n',
      pod: 'resources: [pod.yaml]\ntransformers: [kharden.yaml]\n',
    });
    writeFileSync(join(folder, 'config/kharden.yaml'), config);
    writeFileSync(join(folder, 'pod/kharden.yaml'), config.replace('skp', 'skip'));
    writeFileSync(join(folder, 'pod/pod.yaml'), pod);
    const misspelt = kustomize(join(folder, 'config'));
    assert.match(asLines(misspelt.stderr), /functionConfig:1:1 invalid-config spec\.skp: unknown key: did you mean skip\?/);
    const malformed = kustomize(join(folder, 'pod'));
    assert.match(
      asLines(malformed.stderr),
      /skipped-malformed Pod a: has a pod template, containers or initContainers of another type than the API server accepts/,
    );
    for (const { status, stdout } of [misspelt, malformed]) assert.equal([status, stdout], [1, '']);
  });
});

const list = (rest: string): string => `apiVersion: config.kubernetes.io/v1\nkind: ResourceList\n${rest}`;

suite('the function contract', (test) => {
  const ITEM = `- apiVersion: v1
  kind: Pod
  metadata:
    name: a
    annotations:
      internal.config.kubernetes.io/path: 'a/b.yaml'
      internal.config.kubernetes.io/index: '3'
      internal.config.kubernetes.io/id: '1'
      config.k8s.io/id: '1'
      config.kubernetes.io/index: '3'
      config.kubernetes.io/path: 'a/b.yaml'
      kustomize.config.k8s.io/id: |
        kind: Pod
  spec:
    containers:
    - name: a
      image: example/a:1 # ours
`;

  test('annotations and comments stay, a new item is filed beside its workload, and findings are results', () => {
    const [object] = documents(succeed(kharden([], { input: list(`items:\n${ITEM}`), cwd: world })));
    const [account, pod] = itemsAt(object, 'items');
    const annotations = { 'internal.config.kubernetes.io/path': 'a/b.yaml', 'config.kubernetes.io/path': 'a/b.yaml' };
    assert.equal(path(account, 'metadata', 'annotations'), annotations);
    assert.equal(
      path(pod, 'metadata', 'annotations'),
      member(member(itemsAt(documents(list(`items:\n${ITEM}`))[0], 'items')[0], 'metadata'), 'annotations'),
    );
    const unknown = 'container a: has the image docker.io/example/a, of which nothing is known';
    const result = itemsAt(object, 'results').find((one) => stringAt(one, 'message')?.startsWith(unknown));
    assert.equal(path(result, 'severity'), 'warning');
    assert.equal(path(result, 'resourceRef'), { apiVersion: 'v1', kind: 'Pod', name: 'a' });
    assert.equal(path(result, 'field'), { path: 'spec.containers[0].image' });
    assert.equal(path(result, 'file'), { path: 'a/b.yaml', index: 3 });
  });

  test('JSON, the older version, and settings in a ConfigMap', () => {
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'a' },
      spec: { containers: [{ name: 'a', image: 'example/a' }] },
    };
    const functionConfig = { apiVersion: 'v1', kind: 'ConfigMap', data: { only: 'resources, no-service-account-token' } };
    const input = JSON.stringify({
      apiVersion: 'config.kubernetes.io/v1beta1',
      kind: 'ResourceList',
      items: [pod],
      functionConfig,
    });
    const output = JSON.parse(succeed(kharden([], { input, cwd: world }))) as Json;
    assert.equal(Object.keys(path(itemsAt(output, 'items')[0], 'spec') as object), [
      'containers',
      'automountServiceAccountToken',
    ]);
  });

  test('with errors the list comes back unchanged, with them among the results, and the exit code is 1', () => {
    const broken = list('items:\n- apiVersion: v1\n  kind: Pod\n  metadata: {name: a}\n  spec: {containers: [1]}\n');
    const { status, stdout } = kharden([], { input: broken, cwd: world });
    assert.is(status, 1);
    assert.ok(stdout.startsWith(broken));
    assert.equal(
      itemsAt(documents(stdout)[0], 'results').map((result) => member(result, 'severity')),
      ['error'],
    );
  });
});
