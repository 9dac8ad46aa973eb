/**
 * The component of `--format kustomize` beside the base, built by the real kustomize, has the values that the base has after
 * `--write`: for every manifest of the corpus that changes and that kustomize takes, and for whole kustomizations.
 */
import fastGlob from 'fast-glob';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { isObject, path, stringAt, type Json, type JsonObject } from '../../src/util/json.ts';
import { assert, suite } from '../harness.ts';
import { overlayCases, type OverlayCase } from '../overlays.ts';
import { copyOf, CORPUS, execute, kharden, PROJECT, temporaryFolder } from './world.ts';

const OVERLAY = 'resources: [../base]\ncomponents: [../hardening]\n';
/** How many manifests must be equal, and how many kustomizations: few manifests where fixtures stand in for the corpus. */
const FLOOR = CORPUS.startsWith(PROJECT) ? 20 : 200;
const KUSTOMIZATIONS = 80;

/** A folder with a base for each manifest of the corpus. */
function gather(): { root: string; cases: string[] } {
  const root = temporaryFolder();
  const cases = fastGlob.sync('**/*.{yaml,yml,json}', { cwd: CORPUS }).sort();
  for (const file of cases) {
    const folder = join(root, file, 'base');
    mkdirSync(folder, { recursive: true });
    cpSync(join(CORPUS, file), join(folder, `manifest-${basename(file)}`));
    writeFileSync(join(folder, 'kustomization.yaml'), `resources: [${JSON.stringify(`manifest-${basename(file)}`)}]\n`);
    mkdirSync(join(root, file, 'overlay'));
    writeFileSync(join(root, file, 'overlay/kustomization.yaml'), OVERLAY);
  }
  return { root, cases };
}

/** The objects of a build in an order of their own; undefined when kustomize refuses it. */
function build(folder: string): { objects: JsonObject[] } | { refusal: string } {
  const { status, stdout, stderr } = execute('kustomize', ['build', '--load-restrictor', 'LoadRestrictionsNone', folder]);
  if (status !== 0) return { refusal: stderr };
  const objects = parseAllDocuments(stdout)
    .map((document) => document.toJS() as Json)
    .filter(isObject);
  return { objects: objects.sort((left, right) => (idOf(left) < idOf(right) ? -1 : 1)) };
}

function idOf(object: JsonObject): string {
  const words = [stringAt(object, 'apiVersion'), stringAt(object, 'kind')];
  return [...words, stringAt(object, 'metadata', 'namespace'), stringAt(object, 'metadata', 'name')].join(' ');
}

/** Writes the component of a base; gives what it says of objects that are left out. */
function component(folder: string): string[] {
  const { status, stderr } = kharden(['--format', 'kustomize', '--out', 'hardening', 'base'], { cwd: folder });
  assert.is(status, 0, stderr);
  return stderr.split('\n').filter((line) => line.includes('not-in-component'));
}

const { root, cases } = gather();
const written = copyOf(root);
const bySelf = kharden(['--write', '--quiet', written]);
const isChanged = (file: string): boolean => {
  const path = join(file, 'base', `manifest-${basename(file)}`);
  return !readFileSync(join(root, path)).equals(readFileSync(join(written, path)));
};

suite('component: manifests', (test) => {
  let equal = 0;

  test('the corpus is hardened', () => assert.is([0, 2].includes(bySelf.status), true, bySelf.stderr));

  for (const file of cases.filter(isChanged)) {
    test(file, () => {
      const expected = build(join(written, file, 'base'));
      if ('refusal' in expected) return assert.ok('refusal' in build(join(root, file, 'base')), expected.refusal);
      const leftOut = component(join(root, file));
      const actual = build(join(root, file, 'overlay'));
      if (leftOut.length > 0) return;
      assert.equal(actual, expected);
      equal++;
    });
  }

  test(`at least ${FLOOR} of them are equal`, () => assert.ok(equal >= FLOOR, `only ${equal}`));
});

/** A folder with a folder for each case. */
function folderOf(all: readonly Pick<OverlayCase, 'name' | 'files'>[]): string {
  const root = temporaryFolder();
  for (const { name, files } of all) {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, name, file)), { recursive: true });
      writeFileSync(join(root, name, file), text);
    }
  }
  return root;
}

suite('component: kustomizations', (test) => {
  const FOLDERS = [copyOf(join(PROJECT, 'test/folders')), copyOf(CORPUS), folderOf(overlayCases())];
  let equal = 0;

  for (const folder of FOLDERS) {
    for (const file of fastGlob.sync('**/{kustomization.yaml,kustomization.yml,Kustomization}', { cwd: folder }).sort()) {
      if (readFileSync(join(folder, file), 'utf8').includes('kind: Component')) continue;
      test(file, () => {
        const base = join(folder, dirname(file));
        const { status, stdout } = execute('kustomize', ['build', '--load-restrictor', 'LoadRestrictionsNone', base]);
        if (status !== 0 || stdout === '') return;
        const root = temporaryFolder();
        const expected = kharden([], { input: stdout, cwd: root });
        const { status: ownStatus, stderr } = kharden(['--format', 'kustomize', '--out', 'hardening'], {
          input: stdout,
          cwd: root,
        });
        assert.equal([expected.status, ownStatus], [0, 0], stderr);
        mkdirSync(join(root, 'overlay'));
        const overlay = `resources: [${JSON.stringify(relative(join(root, 'overlay'), base))}]\ncomponents: [../hardening]\n`;
        writeFileSync(join(root, 'overlay/kustomization.yaml'), overlay);
        mkdirSync(join(root, 'hard'));
        writeFileSync(join(root, 'hard/all.yaml'), expected.stdout);
        writeFileSync(join(root, 'hard/kustomization.yaml'), 'resources: [all.yaml]\n');
        const built = build(join(root, 'hard'));
        if ('refusal' in built || /not-in-component/.test(stderr)) return;
        assert.equal(build(join(root, 'overlay')), built);
        equal++;
      });
    }
  }

  test(`at least ${KUSTOMIZATIONS} of them are equal`, () => assert.ok(equal >= KUSTOMIZATIONS, `only ${equal}`));
});

/** What may stand in a base that nobody edits; all of it is named as files. */
const FORMS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'a list': {
    'kustomization.yaml': 'resources: [a.yaml]\n',
    'a.yaml': `apiVersion: v1\nkind: List\nitems:\n${item(deployment('a'))}${item(deployment('b'))}- {apiVersion: v1, kind: Namespace, metadata: {name: c}}\n`,
  },
  'a custom resource': {
    'kustomization.yaml': 'resources: [a.yaml]\n',
    'a.yaml': `${deployment('a').replace('apps/v1', 'argoproj.io/v1alpha1').replace('Deployment', 'Rollout')}---\n${deployment('a')}`,
  },
  'names that mean something as patterns': {
    'kustomization.yaml': 'resources: [a.yaml]\n',
    'a.yaml': `${deployment('a.b')}---\n${deployment('a-b')}`,
  },
  'one name in two namespaces': {
    'kustomization.yaml': 'resources: [a.yaml]\n',
    'a.yaml': `${deployment('a')}---\n${deployment('a', 'other').replace('name: app, image: redis', 'name: app, image: nginx')}`,
  },
  'a namespace of its own': { 'kustomization.yaml': 'namespace: here\nresources: [a.yaml]\n', 'a.yaml': deployment('a') },
  'a namespace in place of another': {
    'kustomization.yaml': 'namespace: here\nresources: [a.yaml]\n',
    'a.yaml': deployment('a', 'there'),
  },
  'images of its own': {
    'kustomization.yaml': 'images: [{name: redis, newTag: "8"}]\nresources: [a.yaml]\n',
    'a.yaml': deployment('a'),
  },
};

function deployment(name: string, namespace?: string): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}${namespace === undefined ? '' : `\n  namespace: ${namespace}`}
spec:
  selector: {matchLabels: {app: a}}
  template:
    metadata: {labels: {app: a}}
    spec:
      containers: [{name: app, image: redis}]
`;
}

function item(object: string): string {
  return object.replace(/^(?=.)/gm, '  ').replace(/^ {2}/, '- ');
}

suite('component: forms', (test) => {
  for (const [name, files] of Object.entries(FORMS)) {
    test(name, () => {
      const root = folderOf([{ name: 'base', files }]);
      mkdirSync(join(root, 'overlay'));
      writeFileSync(join(root, 'overlay/kustomization.yaml'), OVERLAY);
      const hardened = copyOf(root);
      assert.is(kharden(['--write', '--quiet', join(hardened, 'base')]).status, 0);
      assert.equal(component(root), []);
      assert.equal(build(join(root, 'overlay')), build(join(hardened, 'base')));
    });
  }

  test('a prefix: account and workload agree', () => {
    const files = { 'kustomization.yaml': 'namePrefix: pre-\nresources: [a.yaml]\n', 'a.yaml': deployment('a') };
    const root = folderOf([{ name: 'base', files }]);
    mkdirSync(join(root, 'overlay'));
    writeFileSync(join(root, 'overlay/kustomization.yaml'), `namePrefix: out-\nnamespace: here\n${OVERLAY}`);
    assert.equal(component(root), []);
    const built = build(join(root, 'overlay'));
    assert.ok('objects' in built);
    const [workload, account] = built.objects;
    assert.is(path(workload, 'spec', 'template', 'spec', 'serviceAccountName'), stringAt(account, 'metadata', 'name'));
    assert.equal(
      [workload, account].map((one) => stringAt(one, 'metadata', 'namespace')),
      ['here', 'here'],
    );
  });

  test('a base that changed since: the build fails, and says where', () => {
    const root = folderOf([
      { name: 'base', files: { 'kustomization.yaml': 'resources: [a.yaml]\n', 'a.yaml': deployment('a') } },
    ]);
    mkdirSync(join(root, 'overlay'));
    writeFileSync(join(root, 'overlay/kustomization.yaml'), OVERLAY);
    assert.equal(component(root), []);
    const changed = deployment('a').replace('containers:', 'securityContext: {runAsUser: 5}\n      containers:');
    writeFileSync(join(root, 'base/a.yaml'), changed);
    const built = build(join(root, 'overlay'));
    assert.match('refusal' in built ? built.refusal : '', /testing value \/spec\/template\/spec\/securityContext failed/);
  });
});
