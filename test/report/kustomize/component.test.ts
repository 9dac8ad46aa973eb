/**
 * The component read as kustomize reads it, patched by another library: the objects of the fixtures get the values that `--write`
 * gives them. The integration tests build it with kustomize itself.
 */
import { applyPatch, type Operation } from 'rfc6902';
import { parse, parseAllDocuments } from 'yaml';
import { harden, type FileResult, type HardenOptions, type Input } from '../../../src/index.ts';
import type { FolderContent } from '../../../src/report/format.ts';
import { composeComponent } from '../../../src/report/kustomize/component.ts';
import { deepEqual, isObject, itemsAt, path, stringAt, type Json, type JsonObject } from '../../../src/util/json.ts';
import { isParsed, parseYaml, splitStream } from '../../../src/yaml/index.ts';
import { assert, suite } from '../../harness.ts';
import { fixtures } from '../formats/results.ts';

interface Patch {
  readonly target: Readonly<Record<'group' | 'version' | 'kind' | 'name', string>> & { readonly namespace?: string };
  readonly patch: string;
}

function compose(files: readonly FileResult[]): FolderContent & { patches: readonly Patch[]; resources: readonly Json[] } {
  const content = composeComponent({ problems: [], files });
  const { patches = [] } = parse(content.files.get('kustomization.yaml') ?? '') as { patches?: Patch[] };
  const resources = parseAllDocuments(content.files.get('resources.yaml') ?? '').map((document) => document.toJS() as Json);
  return { ...content, patches, resources: resources.filter((one) => one !== null) };
}

/** The objects of a text, the items of lists among them. */
function objectsIn(text: string): Json[] {
  const values = splitStream(text).map(({ start, end }) => parseYaml(text.slice(start, end)));
  const withItems = (value: Json): Json[] =>
    isObject(value) && stringAt(value, 'kind')?.endsWith('List') && Array.isArray(value['items'])
      ? itemsAt(value, 'items').flatMap(withItems)
      : [value];
  return values.flatMap((parsed) => (isParsed(parsed) ? withItems(parsed.value) : []));
}

function fits({ target }: Patch, object: Json): boolean {
  const [first = '', second] = (stringAt(object, 'apiVersion') ?? '').split('/');
  const [group, version] = second === undefined ? ['', first] : [first, second];
  const is = (pattern: string, text: string | undefined): boolean => new RegExp(`^(?:${pattern})$`).test(text ?? '');
  return (
    is(target.group, group) &&
    is(target.version, version) &&
    is(target.kind, stringAt(object, 'kind')) &&
    is(target.name, stringAt(object, 'metadata', 'name')) &&
    (target.namespace === undefined || is(target.namespace, stringAt(object, 'metadata', 'namespace') ?? 'default'))
  );
}

/** An object after a patch, as the library of kustomize carries it out: a missing field is `null`. */
function patched(object: Json, { patch }: Patch): Json {
  const changed = structuredClone(object) as JsonObject;
  const operations = parse(patch) as Operation[] | { metadata: { annotations: JsonObject } };
  if (!Array.isArray(operations)) {
    const metadata = (changed['metadata'] ?? {}) as JsonObject;
    return {
      ...changed,
      metadata: { ...metadata, annotations: { ...(metadata['annotations'] as object), ...operations.metadata.annotations } },
    };
  }
  for (const operation of operations) {
    const [error] = applyPatch(changed, [operation]);
    const isAbsent = operation.op === 'test' && operation.value === null && error?.name === 'MissingError';
    const isNull =
      operation.op === 'test' && operation.value === null && error?.name === 'TestError' && error.message.includes('undefined');
    assert.ok(error === null || isAbsent || isNull, `${error} in ${JSON.stringify(operation)}`);
  }
  return changed;
}

/** Annotations that are all removed leave an empty map behind, which kustomize takes away. */
function withoutEmpty(object: Json): Json {
  const { annotations, ...metadata } = (path(object, 'metadata') ?? {}) as JsonObject;
  return isObject(annotations) && Object.keys(annotations).length === 0 ? { ...(object as JsonObject), metadata } : object;
}

function of(files: Readonly<Record<string, string>>): ReturnType<typeof compose> {
  return compose(harden(Object.entries(files).map(([path, content]): Input => ({ path, content }))).files);
}

const pod = (metadata: string): string =>
  `apiVersion: v1\nkind: Pod\nmetadata: ${metadata}\nspec: {containers: [{name: a, image: nginx}]}\n`;

suite('report/kustomize', (test) => {
  test('the objects of the fixtures get the values that --write gives them', () => {
    let equal = 0;
    for (const file of fixtures().files.filter(({ edits }) => edits.length > 0)) {
      const { patches, resources, problems } = compose([file]);
      if (problems.length > 0) continue;
      const objects = objectsIn(file.input).map((object) =>
        withoutEmpty(patches.filter((one) => fits(one, object)).reduce(patched, object)),
      );
      const expected = objectsIn(file.output);
      assert.is(objects.length + resources.length, expected.length, file.path);
      for (const one of [...objects, ...resources])
        assert.ok(
          expected.some((other) => deepEqual(one, withoutEmpty(other))),
          `${file.path}: ${JSON.stringify(one)}`,
        );
      equal++;
    }
    assert.ok(equal >= 10, String(equal));
  });

  test('an object without a name, and an item without a kind, are left out with their accounts', () => {
    const list = `apiVersion: apps/v1\nkind: DeploymentList\nitems:\n- metadata: {name: d}\n  spec: {template: {spec: {containers: [{name: a, image: nginx}]}}}\n`;
    const { patches, resources, problems } = of({ 'a.yaml': pod('{generateName: a}'), 'l.yaml': list });
    assert.equal([patches, resources], [[], []]);
    assert.equal(
      problems.map(({ id, path, line, object, message }) => `${path}:${line} ${id} ${object?.kind} ${object?.name}: ${message}`),
      [
        'a.yaml:1 not-in-component Pod : left out of the component: kustomize takes no object without a name: give it one, or leave it out of the base',
        'l.yaml:5 not-in-component Deployment d: left out of the component: kustomize needs apiVersion and kind in each item of a list: write them there',
      ],
    );
  });

  test('objects of one name that change alike get one patch; others are left out, and each is named', () => {
    const alike = of({ 'x/a.yaml': pod('{name: a}'), 'y/a.yaml': pod('{name: a}') });
    assert.equal([alike.patches.length, alike.resources.length, alike.problems.length], [1, 1, 0]);
    const unlike = of({ 'x/a.yaml': pod('{name: a}'), 'y/a.yaml': pod('{name: a}').replace('nginx', 'redis') });
    assert.equal([unlike.patches.length, unlike.resources.length], [0, 0]);
    assert.equal(
      unlike.problems.map(({ path, message }) => [path, message]),
      [
        [
          'x/a.yaml',
          'left out of the component: y/a.yaml has another object of this name that changes otherwise: name the files of one build',
        ],
        [
          'y/a.yaml',
          'left out of the component: x/a.yaml has another object of this name that changes otherwise: name the files of one build',
        ],
      ],
    );
  });

  test('new objects have the namespace that all builds give, and else their own', () => {
    const namespaceWith = (kustomizations: Readonly<Record<string, string>>): string | undefined =>
      stringAt(of({ 'base/a.yaml': pod('{name: a}'), ...kustomizations }).resources[0], 'metadata', 'namespace');
    const base = { 'base/kustomization.yaml': 'resources: [a.yaml]\n' };
    const over = (namespace: string): string => `namespace: ${namespace}\nresources: [../base]\n`;
    assert.is(namespaceWith({ 'base/kustomization.yaml': 'namespace: b\nresources: [a.yaml]\n' }), 'b');
    assert.is(namespaceWith({ ...base, 'x/kustomization.yaml': over('x') }), 'x');
    assert.is(namespaceWith({ ...base, 'x/kustomization.yaml': over('x'), 'y/kustomization.yaml': over('y') }), undefined);
    assert.is(namespaceWith(base), undefined);
  });

  test('targets fit one object alone', () => {
    const { patches } = of({ 'a.yaml': `${pod('{name: a.b, namespace: c}')}---\n${pod('{name: a}')}` });
    assert.equal(
      patches.map(({ target }) => target),
      [
        { group: '^$', version: 'v1', kind: 'Pod', namespace: 'c', name: 'a\\.b' },
        { group: '^$', version: 'v1', kind: 'Pod', namespace: 'default', name: 'a' },
      ],
    );
  });

  test('a null is filled, the first annotations are merged, and the last ones are removed one by one', () => {
    const legacy = '{name: a, annotations: {seccomp.security.alpha.kubernetes.io/pod: runtime/default}}';
    const patchesOf = (content: string, settings: HardenOptions['settings'] = {}): string => {
      const { files } = harden([{ path: 'a.yaml', content }], { only: ['seccomp-runtime-default'], settings });
      return compose(files)
        .patches.map(({ patch }) => patch)
        .join('---\n');
    };
    assert.match(patchesOf(pod(legacy)), /- op: remove\n {2}path: "\/metadata\/annotations\/seccomp/);
    assert.match(
      patchesOf(pod('{name: a}'), { kubeVersion: { major: 1, minor: 18 } }),
      /^apiVersion: v1\nkind: Pod\nmetadata:\n {2}name: a\n {2}annotations:\n/,
    );
    const empty = patchesOf(pod('{name: a}').replace('spec: {', 'spec: {securityContext: null, '));
    assert.match(
      empty,
      /- op: test\n {2}path: \/spec\/securityContext\n {2}value: null\n- op: add\n {2}path: \/spec\/securityContext\n/,
    );
  });
});
