/** The reading of labels and of amounts, and the finding of containers. */
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { JsonObject } from '../../src/util/json.ts';
import { assert, suite } from '../harness.ts';
import { valueOf, wrongAmounts } from './amounts.ts';
import { readLabels } from './label.ts';
import { placeOf } from './workload.ts';

const HEAD = '- file: a/b.yaml\n  workload: Pod/a\n  container: c\n  why: a reason\n';
const here = fileURLToPath(new URL('.', import.meta.url));

suite('label files', (test) => {
  test('the labels of the project are read, and no container has two', () => {
    const names = readdirSync(here).filter((name) => name.endsWith('.yaml'));
    const labels = names.flatMap((name) => readLabels(readFileSync(here + name, 'utf8'), name));
    const keys = labels.map(({ file, workload, container }) => `${file}: ${workload}: ${container}`);
    assert.equal(
      keys.filter((key, index) => keys.indexOf(key) !== index),
      [],
    );
    assert.ok(labels.length >= 150);
  });

  for (const [text, fault] of [
    [`${HEAD}  usr: any\n`, 'usr is no key of a label'],
    [`${HEAD}  user: nobody\n`, 'user must be one of'],
    [`${HEAD}  user: own\n`, 'user: own and uid go together'],
    [`${HEAD}  user: any\n  uid: 7\n`, 'user: own and uid go together'],
    [`${HEAD}  token: gone\n`, 'token must be one of'],
    [`${HEAD}  limits: {memory: 3Gi}\n`, 'limits must be amounts'],
    [`${HEAD}  limits: {gpu: any}\n`, 'limits must be amounts'],
    [`${HEAD}  requests: lots\n`, 'requests must be amounts'],
    [`${HEAD}  mounts: [tmp]\n`, 'mounts must be a list of absolute paths'],
    [`${HEAD}  token: kept\n  mayMount: [/tmp]\n`, 'mayMount says nothing without mounts'],
    [`${HEAD}  capabilities: [chown]\n`, 'capabilities must be a list'],
    [`${HEAD}  readOnlyRootFilesystem: "yes"\n`, 'readOnlyRootFilesystem must be one of'],
    [HEAD, 'it judges nothing'],
    ['- user: any\n', 'file is missing'],
    ['- a: [\n', 'a/b'],
  ] as const) {
    test(`${fault}: ${text.split('\n').at(-2)}`, () => {
      assert.throws(() => readLabels(text, 'a/b.yaml'), fault);
    });
  }
});

const LIST = `kind: List
items:
  - { kind: Pod, metadata: { name: a }, spec: { containers: [{ name: c, image: one }] } }
  - { kind: Pod, metadata: { name: b }, spec: { initContainers: [{ name: i }], containers: [{ name: c }] } }
---
kind: Pod
metadata: { name: a, namespace: n }
spec: { containers: [{ name: c, image: two }] }
---
kind: Cluster
metadata: { name: x }
spec: { groups: [{ template: { spec: { containers: [{ name: deep }] } } }] }
---
broken: [
`;

suite('finding the container of a label', (test) => {
  const place = (workload: string, container: string, ordinal?: number) =>
    placeOf({ file: 'f', workload, container, why: 'w' }, LIST, ordinal);

  test('by namespace, by document, in items of lists, among init containers, and in custom resources', () => {
    assert.is(place('Pod/n/a', 'c').container['image'], 'two');
    assert.is(place('Pod/n/a', 'c').namespace, 'n');
    assert.is(place('Pod/a#0', 'c').container['image'], 'one');
    assert.is(place('Pod/a#1', 'c').ordinal, 1);
    assert.is(place('Pod/a', 'c', 1).container['image'], 'two');
    assert.is(place('Pod/b', 'i').container['name'], 'i');
    assert.is(place('Cluster/x', 'deep').container['name'], 'deep');
  });

  test('none or several is an error', () => {
    assert.throws(() => place('Pod/a', 'c'), '2 workloads are called Pod/a');
    assert.throws(() => place('Pod/z', 'c'), '0 workloads are called Pod/z');
    assert.throws(() => place('Pod/b', 'z'), '0 containers are called z');
  });
});

suite('amounts of labels', (test) => {
  test('quantities', () => {
    assert.equal(['500m', '1', '1Ki', '1e3', '2G', '0.5Mi', 2].map(valueOf), [0.5, 1, 1024, 1000, 2e9, 524288, 2]);
    assert.ok(Number.isNaN(valueOf('much')) && Number.isNaN(valueOf('1Q')));
  });

  const container = (requests: string | undefined, limits: string | undefined): JsonObject => ({
    resources: { requests: requests ? { memory: requests } : {}, limits: limits ? { memory: limits } : {} },
  });
  const memory = (wanted: string, part: 'requests' | 'limits', before: JsonObject, after: JsonObject) =>
    wrongAmounts({ memory: wanted }, part, before, after);

  test('what is wanted of limits; none is no bound', () => {
    const [none, one, three] = [container(undefined, undefined), container(undefined, '1Gi'), container(undefined, '3Gi')];
    assert.equal(memory('>=3Gi', 'limits', none, one), ['memory wanted >=3Gi, got 1Gi']);
    assert.equal(
      [three, none].flatMap((after) => memory('>=3Gi', 'limits', none, after)),
      [],
    );
    assert.is(memory('<=1Gi', 'limits', none, three).length, 1);
    assert.is(memory('<=1Gi', 'limits', none, none).length, 1);
    assert.equal(memory('none', 'limits', none, one), ['memory wanted none, got 1Gi']);
    assert.is(memory('any', 'limits', none, none).length, 1);
    assert.is(memory('author', 'limits', one, three).length, 1);
    assert.equal(memory('author', 'limits', container(undefined, '1024Mi'), one), []);
  });

  test('a request that is missing beside a limit is that limit', () => {
    const [limit, lowered, same] = [container(undefined, '1Gi'), container('64Mi', '1Gi'), container('1Gi', '1Gi')];
    assert.equal(memory('author', 'requests', limit, lowered), ['memory wanted author, got 64Mi']);
    assert.equal(
      [limit, same].flatMap((after) => memory('author', 'requests', limit, after)),
      [],
    );
    assert.equal(memory('=1Gi', 'requests', limit, limit), []);
    assert.is(wrongAmounts('any', 'requests', limit, same).length, 1);
  });
});
