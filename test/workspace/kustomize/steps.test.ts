/** What single steps do: operations of JSON patches, images, annotations, replacements, and which objects they fit. */
import { parse } from 'yaml';
import type { Json, JsonObject } from '../../../src/util/json.ts';
import { addAnnotations, replaceImages } from '../../../src/workspace/kustomize/fields.ts';
import { applyOperation } from '../../../src/workspace/kustomize/json6902.ts';
import { readReplacement } from '../../../src/workspace/kustomize/replacements.ts';
import { fitsObject, fitsTarget, identityOf } from '../../../src/workspace/kustomize/selector.ts';
import { BuildError } from '../../../src/workspace/kustomize/step.ts';
import { assert, suite } from '../../harness.ts';

const value = (text: string): JsonObject => parse(text) as JsonObject;

suite('steps: operations', (test) => {
  type Case = readonly [what: string, before: string, operation: string, after: string | undefined];
  /** Each tried with kustomize 5.8; undefined where it refuses the build. */
  const CASES: readonly Case[] = [
    ['add', '{a: {}}', '{op: add, path: /a/b, value: 1}', '{a: {b: 1}}'],
    ['add at an index', '{a: [1, 2]}', '{op: add, path: /a/1, value: 3}', '{a: [1, 3, 2]}'],
    ['append', '{a: [1]}', '{op: add, path: /a/-, value: 2}', '{a: [1, 2]}'],
    ['an index from the end', '{a: [{b: 1}, {b: 2}]}', '{op: replace, path: /a/-1/b, value: 3}', '{a: [{b: 1}, {b: 3}]}'],
    ['replace of what is missing adds it', '{a: 1}', '{op: replace, path: /b, value: 2}', '{a: 1, b: 2}'],
    ['copy', '{a: [1]}', '{op: copy, from: /a/-1, path: /b}', '{a: [1], b: 1}'],
    ['move', '{a: 1}', '{op: move, from: /a, path: /b}', '{b: 1}'],
    ['a test that holds', '{a: [1]}', '{op: test, path: /a, value: [1]}', '{a: [1]}'],
    ['a test that fails', '{a: [1]}', '{op: test, path: /a, value: [2]}', undefined],
    ['a test that nothing is there', '{a: 1}', '{op: test, path: /b, value: null}', '{a: 1}'],
    ['a test that nothing is there, and something is', '{a: 1}', '{op: test, path: /a, value: null}', undefined],
    ['a test that nothing is in what is missing', '{a: 1}', '{op: test, path: /b/c, value: null}', undefined],
    ['a test that nothing is behind a list', '{a: [1]}', '{op: test, path: /a/1, value: null}', undefined],
    ['remove of what is missing', '{a: 1}', '{op: remove, path: /b}', undefined],
    ['add below what is missing', '{a: 1}', '{op: add, path: /b/c, value: 1}', undefined],
    ['an operation that is none', '{a: 1}', 'text', undefined],
    ['a pointer that is none', '{a: 1}', '{op: add, path: b, value: 1}', undefined],
    ['a path to a prototype', '{a: {}}', '{op: add, path: /a/__proto__/b, value: 1}', undefined],
    ['a root that is no object', '{a: {}}', '{op: replace, path: "", value: 1}', undefined],
  ];
  for (const [what, before, operation, after] of CASES) {
    test(what, () => {
      const apply = (): JsonObject => applyOperation(value(before), parse(operation) as Json);
      if (after !== undefined) return assert.equal(apply(), value(after));
      let error: unknown;
      try {
        apply();
      } catch (caught) {
        error = caught;
      }
      assert.ok(error instanceof BuildError);
    });
  }
});

suite('steps: selectors', (test) => {
  const web = identityOf(
    value('{apiVersion: apps/v1, kind: Deployment, metadata: {name: web, labels: {tier: front, app: web}, annotations: {a: b}}}'),
  );
  const later = { ...web, names: ['web', 'dev-web'], namespaces: ['default', 'dev'] };
  type Case = readonly [target: string, fits: boolean];
  const TARGETS: readonly Case[] = [
    ['{}', true],
    ['{group: apps, kind: Deployment, version: v1, name: web}', true],
    ['{kind: Deploy}', false],
    ['{kind: Deploy.*|Job}', true],
    ['{name: w}', false],
    ['{name: "dev-.*", namespace: dev}', true],
    ['{namespace: prod}', false],
    ['{group: batch}', false],
    ['{name: "["}', false],
    ['{labelSelector: "tier=front,app==web"}', true],
    ['{labelSelector: "tier!=front"}', false],
    ['{labelSelector: "other!=front"}', true],
    ['{labelSelector: "tier in (back, front), app notin (a, b)"}', true],
    ['{labelSelector: "tier in (back)"}', false],
    ['{labelSelector: "app notin (web)"}', false],
    ['{labelSelector: "app,!legacy"}', true],
    ['{labelSelector: legacy}', false],
    ['{annotationSelector: a=b}', true],
    ['{annotationSelector: a=c}', false],
  ];
  for (const [target, fits] of TARGETS) test(target, () => assert.is(fitsTarget(value(target))(later), fits));

  const OBJECTS: readonly Case[] = [
    ['{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}}', true],
    ['{apiVersion: apps/v1, kind: Deployment, metadata: {name: dev-web, namespace: dev}}', true],
    ['{apiVersion: apps/v1, kind: Deployment, metadata: {name: web, namespace: prod}}', false],
    ['{apiVersion: apps/v1, kind: Deployment}', false],
    ['{apiVersion: apps/v1, kind: StatefulSet, metadata: {name: web}}', false],
    ['{kind: Deployment, metadata: {name: web}}', false],
  ];
  for (const [patch, fits] of OBJECTS) test(`the patch ${patch}`, () => assert.is(fitsObject(value(patch))(later), fits));
});

suite('steps: images', (test) => {
  type Case = readonly [image: string, entry: string, after: string];
  const CASES: readonly Case[] = [
    ['web:1', '{name: web, newTag: "2"}', 'web:2'],
    ['web', '{name: web, newName: example.com/web}', 'example.com/web'],
    ['web:1@sha256:ab', '{name: web, newTag: 2}', 'web:2'],
    ['web:1', '{name: web, digest: "sha256:ab"}', 'web@sha256:ab'],
    ['web:1', '{name: web, newTag: "2", digest: "sha256:ab"}', 'web:2@sha256:ab'],
    ['web:1', '{name: web, tagSuffix: -slim}', 'web:1-slim'],
    ['web:1', '{name: we, newName: other}', 'web:1'],
    ['web/app:1', '{name: web, newName: other}', 'web/app:1'],
    ['example.com/web:1', '{name: web, newName: other}', 'example.com/web:1'],
  ];
  for (const [image, entry, after] of CASES) {
    test(`${image}, ${entry}`, () => {
      const pod = (name: string): JsonObject => ({
        spec: { initContainers: [{ image: name }], containers: [{ image: name }, 1] },
      });
      assert.equal(replaceImages(pod(image), value(entry)), pod(after));
    });
  }
});

suite('steps: annotations', (test) => {
  test('on the object and on each template', () => {
    const before = value('{metadata: {annotations: {c: d}}, spec: {jobTemplate: {spec: {template: {spec: {}}}}}}');
    const after =
      '{metadata: {annotations: {c: d, a: b}}, spec: {jobTemplate: {metadata: {annotations: {a: b}}, spec: {template: {metadata: {annotations: {a: b}}, spec: {}}}}}}';
    assert.equal(addAnnotations(before, { a: 'b' }), value(after));
  });

  test('on an object without a template', () =>
    assert.equal(addAnnotations({ spec: 1 }, { a: 'b' }), { spec: 1, metadata: { annotations: { a: 'b' } } }));
});

suite('steps: replacements', (test) => {
  const source = value('{kind: ConfigMap, metadata: {name: settings}, data: {tag: "2", "a.b": "x/y/z"}}');
  type Case = readonly [what: string, from: string, target: string, before: string, after: string];
  const CASES: readonly Case[] = [
    ['a field', 'fieldPath: data.tag', 'fieldPaths: [a.b]', '{a: {b: 1}}', '{a: {b: "2"}}'],
    ['the name, when no field is given', 'kind: ConfigMap', 'fieldPaths: [a]', '{a: 1}', '{a: settings}'],
    ['what is missing stays so', 'fieldPath: data.tag', 'fieldPaths: [a.c]', '{a: {b: 1}}', '{a: {b: 1}}'],
    [
      'what is missing is created',
      'fieldPath: data.tag',
      'fieldPaths: [a.c.d], options: {create: true}',
      '{a: {b: 1}}',
      '{a: {b: 1, c: {d: "2"}}}',
    ],
    [
      'an item by a field',
      'fieldPath: data.tag',
      'fieldPaths: ["a.[name=x].b"]',
      '{a: [{name: x, b: 1}, {name: y, b: 1}]}',
      '{a: [{name: x, b: "2"}, {name: y, b: 1}]}',
    ],
    ['every item', 'fieldPath: data.tag', 'fieldPaths: ["a.*"]', '{a: [1, 3]}', '{a: ["2", "2"]}'],
    ['an item by its index', 'fieldPath: data.tag', 'fieldPaths: [a.1]', '{a: [1, 3]}', '{a: [1, "2"]}'],
    [
      'a part of a text',
      'fieldPath: data.tag',
      'fieldPaths: [a], options: {delimiter: ":", index: 1}',
      '{a: "web:1"}',
      '{a: "web:2"}',
    ],
    [
      'a part before the text',
      'fieldPath: data.tag',
      'fieldPaths: [a], options: {delimiter: ":", index: -1}',
      '{a: "web:1"}',
      '{a: "2:web:1"}',
    ],
    [
      'a part after the text',
      'fieldPath: data.tag',
      'fieldPaths: [a], options: {delimiter: ":", index: 9}',
      '{a: "web:1"}',
      '{a: "web:1:2"}',
    ],
    [
      'a part of the source',
      'fieldPath: "data.a\\\\.b", options: {delimiter: /, index: 1}',
      'fieldPaths: [a]',
      '{a: 1}',
      '{a: y}',
    ],
    ['a key in brackets', 'fieldPath: "data.[a.b]"', 'fieldPaths: ["a.[x.y/z]"]', '{a: {x.y/z: 1}}', '{a: {x.y/z: x/y/z}}'],
    ['a source that is not there', 'fieldPath: data.none', 'fieldPaths: [a]', '{a: 1}', '{a: 1}'],
  ];
  for (const [what, from, target, before, after] of CASES) {
    test(what, () => {
      const entry = value(`{source: {name: settings, ${from}}, targets: [{select: {kind: Deployment}, ${target}}]}`);
      const [replacement] = readReplacement(entry, (fits) => (fits(identityOf(source)) ? source : undefined));
      assert.equal(replacement?.apply(value(before)), value(after));
    });
  }

  test('objects that are selected and not rejected', () => {
    const entry = value('{source: {name: settings}, targets: [{select: {kind: Job}, reject: [{name: old}]}]}');
    const [replacement] = readReplacement(entry, () => source);
    const fits = (text: string): boolean | undefined => replacement?.fits(identityOf(value(text)));
    assert.ok(fits('{kind: Job, metadata: {name: new}}'));
    assert.not(fits('{kind: Job, metadata: {name: old}}'));
    assert.not(fits('{kind: Pod, metadata: {name: new}}'));
  });
});
