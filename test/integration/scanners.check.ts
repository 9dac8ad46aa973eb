/**
 * kube-score and checkov judge real manifests before and after hardening: nothing that passed may fail, and a new object passes
 * everything.
 */
import { isArray, isObject, itemsAt, stringAt, type Json, type JsonObject } from '../../src/util/json.ts';
import { readWorkloads } from '../objects.ts';
import { assert, suite } from '../harness.ts';
import { count, manifestsIn, objectsOf, originalFailures, originalObjects, SCANNERS, type Objects } from './scanners.ts';
import { CORPUS, copyOf, kharden } from './world.ts';

/** What containerd and CRI-O give to a container that drops nothing. */
const GIVEN = [
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'NET_RAW',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
];

/** The same object with the capabilities of its containers spelled out: those that the runtime gives are added, too. */
function spelledOut(value: Json): Json {
  if (isArray(value)) return value.map(spelledOut);
  if (!isObject(value)) return value;
  const inner = Object.fromEntries(Object.entries(value).map(([key, one]) => [key, spelledOut(one)]));
  if (stringAt(value, 'image') === undefined || stringAt(value, 'name') === undefined) return inner;
  const added = [...itemsAt(value, 'securityContext', 'capabilities', 'add'), ...(dropsAll(value) ? [] : GIVEN)];
  const context = isObject(inner['securityContext']) ? inner['securityContext'] : {};
  const capabilities = isObject(context['capabilities']) ? context['capabilities'] : {};
  return {
    ...inner,
    securityContext: { ...context, capabilities: { ...capabilities, ...(added.length > 0 ? { add: added } : {}) } },
  };
}

function dropsAll(container: Json): boolean {
  return itemsAt(container, 'securityContext', 'capabilities', 'drop').some((name) => String(name).toUpperCase() === 'ALL');
}

suite('scanners', (test) => {
  const folder = copyOf(CORPUS);
  const before = originalObjects();
  const { status, stderr } = kharden(['--write', '--quiet', folder]);
  const after = objectsOf(manifestsIn(folder));
  const added = [...after.keys()].filter((id) => !before.has(id));

  test('every object is still there, and the new ones are service accounts', () => {
    assert.ok(status === 0 || status === 2, stderr);
    assert.equal(
      [...before.keys()].filter((id) => !after.has(id)),
      [],
    );
    assert.ok(added.length > 0);
    assert.equal(
      added.filter((id) => stringAt(after.get(id), 'kind') !== 'ServiceAccount'),
      [],
    );
  });

  test('containers get back only capabilities that they had', () => {
    const addedIn = (id: string, objects: Objects): Map<string, string[]> => {
      const containers = readWorkloads(objects.get(id) ?? {}).flatMap(({ pods }) => pods.flatMap((pod) => pod.containers));
      return new Map(
        containers.map(({ name, value }) => [name, itemsAt(value, 'securityContext', 'capabilities', 'add').map(String)]),
      );
    };
    const wider = [...before.keys()].flatMap((id) => {
      const had = addedIn(id, before);
      return [...addedIn(id, after)].flatMap(([name, add]) =>
        add.filter((one) => !GIVEN.includes(one) && !had.get(name)?.includes(one)).map((one) => `${id} ${name} ${one}`),
      );
    });
    assert.equal(wider, []);
  });

  for (const scanner of SCANNERS) {
    test(`${scanner.name} finds no new problem`, () => {
      const [failedBefore, failedAfter] = [originalFailures(scanner), scanner.scan(after)];
      const news = [...failedAfter].flatMap(([id, checks]) =>
        [...checks].filter((check) => !failedBefore.get(id)?.has(check)).map((check) => ({ id, check })),
      );
      const suspects = new Map(
        news.flatMap(({ id }) => (before.has(id) ? [[id, spelledOut(before.get(id) ?? {}) as JsonObject] as const] : [])),
      );
      const failedSpelledOut = suspects.size > 0 ? scanner.scan(suspects) : undefined;
      const worse = news
        .filter(({ id, check }) => !failedSpelledOut?.get(id)?.has(check))
        .map(({ id, check }) => `${id}: ${check}`);
      console.log(
        `\n${scanner.name}: ${count(failedBefore)} failed checks of ${before.size} objects before, ${count(failedAfter)} of ${after.size} after`,
      );
      assert.equal(worse, []);
      assert.ok(count(failedAfter) < count(failedBefore));
    });
  }
});
