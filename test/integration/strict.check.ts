/**
 * Under `strict` each workload without access to its node passes the security checks of kube-score and checkov, or kharden says of the
 * container why not. The programs judge real manifests; no workload is excepted.
 */
import { harden, type FileResult } from '../../src/index.ts';
import type { Container, Pod } from '../../src/kubernetes/object.ts';
import { isArray, isObject, itemsAt, member, path, type Json, type JsonObject } from '../../src/util/json.ts';
import { transforms } from '../../transforms/index.ts';
import { readWorkloads } from '../objects.ts';
import { assert, suite } from '../harness.ts';
import {
  manifestsIn,
  objectId,
  objectsOf,
  originalFailures,
  originalObjects,
  SCANNERS,
  type Manifest,
  type Objects,
  type Scanner,
} from './scanners.ts';
import { EXPLANATIONS, NO_HARDENING, ON_REQUEST } from './strict.ts';
import { CORPUS } from './world.ts';

/** What kharden says of a container, or of a whole pod: a finding, or a change with its reason. */
interface Statement {
  readonly id: string;
  readonly message: string;
  readonly container?: string;
}

/** A failed security check of a workload; `container` where a container fails it by itself. */
interface Failure {
  readonly id: string;
  readonly check: string;
  readonly container: string | undefined;
}

function podsOf(object: JsonObject | undefined): readonly Pod[] {
  return readWorkloads(object ?? {}).flatMap(({ pods }) => pods);
}

/** True for a pod that its author gave something of the node: `strict` keeps that, and reports it. */
function hasHostAccess({ spec, containers }: Pod): boolean {
  return (
    ['hostNetwork', 'hostPID', 'hostIPC'].some((field) => member(spec, field) === true) ||
    itemsAt(spec, 'volumes').some((volume) => (member(volume, 'hostPath') ?? undefined) !== undefined) ||
    containers.some(
      ({ value }) =>
        path(value, 'securityContext', 'privileged') === true ||
        itemsAt(value, 'ports').some((port) => Number(member(port, 'hostPort') ?? 0) > 0),
    )
  );
}

/** The workloads without access to their node that some scanner judges. */
function subjects(): string[] {
  return [...originalObjects()].flatMap(([id, object]) => {
    const pods = podsOf(object);
    const isJudged = SCANNERS.some((scanner) => originalFailures(scanner).has(id));
    return isJudged && pods.length > 0 && !pods.some(hasHostAccess) ? [id] : [];
  });
}

/** Every project by itself, and every rendered chart: what one says of rights holds for no other. */
function hardened(manifests: readonly Manifest[]): FileResult[] {
  const projects = new Map<string, Manifest[]>();
  for (const one of manifests) {
    const [folder = ''] = one.path.split('/');
    const project = folder === 'rendered' ? one.path : folder;
    projects.set(project, [...(projects.get(project) ?? []), one]);
  }
  return [...projects.values()].flatMap((all) => {
    const inputs = all.map(({ path: file, text }) => ({ path: file, content: text }));
    return harden(inputs, { profile: 'strict' }).files;
  });
}

/** What kharden says of each object, by the id of the object. */
function statementsIn(files: readonly FileResult[]): Map<string, Statement[]> {
  const statements = new Map<string, Statement[]>();
  for (const { path: file, findings, changes } of files) {
    for (const one of [...findings, ...changes.map((change) => ({ ...change, id: change.transform }))]) {
      if (one.object === undefined) continue;
      const id = objectId(file, one.object.kind, one.object.namespace, one.object.name);
      statements.set(id, [...(statements.get(id) ?? []), one]);
    }
  }
  return statements;
}

/** The object with each of its containers alone, for objects with several: scanners do not say which one fails. */
function alone(id: string, objects: Objects): [container: string, object: JsonObject][] {
  const object = objects.get(id) ?? {};
  const containers = podsOf(object).flatMap((pod) => pod.containers);
  return containers.length < 2 ? [] : containers.map((one) => [one.name, only(object, one) as JsonObject]);
}

function only(value: Json, container: Container): Json {
  if (isArray(value)) return value.map((item) => only(item, container));
  if (!isObject(value)) return value;
  if (value !== container.pod.spec)
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, only(one, container)]));
  const isInit = container.role !== 'container';
  return { ...value, initContainers: isInit ? [container.value] : [], containers: isInit ? [] : [container.value] };
}

/** Added capabilities. */
const ADDED = 'CKV_K8S_25';

/** True where only NET_BIND_SERVICE is added, which the standard `restricted` allows by name (Pod Security Standards). */
function addsWhatIsAllowed(object: JsonObject | undefined): boolean {
  const containers = podsOf(object).flatMap((pod) => pod.containers);
  const added = containers.flatMap(({ value }) => itemsAt(value, 'securityContext', 'capabilities', 'add'));
  return added.every((capability) => capability === 'NET_BIND_SERVICE');
}

function isSecurity(check: string): boolean {
  return !Object.hasOwn(NO_HARDENING, check) && !Object.hasOwn(ON_REQUEST, check);
}

/** The security checks that workloads fail, and all others that they passed before; for each container that fails them. */
function failuresOf(scanner: Scanner, ids: readonly string[], objects: Objects): Failure[] {
  const failures = scanner.scan(objects);
  const passed = (id: string, check: string): boolean => !originalFailures(scanner).get(id)?.has(check);
  const checksOf = (id: string): string[] =>
    [...(failures.get(id) ?? [])].filter(
      (check) => (isSecurity(check) || passed(id, check)) && !(check === ADDED && addsWhatIsAllowed(objects.get(id))),
    );
  const parts = ids.flatMap((id) =>
    checksOf(id).length === 0
      ? []
      : alone(id, objects).map(([container, object]) => ({ id, container, object, key: `${container} ${id}` })),
  );
  const ofParts = scanner.scan(new Map(parts.map(({ key, object }) => [key, object])));
  return ids.flatMap((id) =>
    checksOf(id).flatMap((check): Failure[] => {
      const failing = parts.filter((part) => part.id === id && ofParts.get(part.key)?.has(check));
      return failing.length === 0
        ? [{ id, check, container: undefined }]
        : failing.map(({ container }) => ({ id, check, container }));
    }),
  );
}

/** What kharden says that tells why a check fails: the ids of the statements. */
function reasonsFor({ check, container }: Failure, statements: readonly Statement[]): string[] {
  const reasons = EXPLANATIONS[check] ?? {};
  const told = statements.filter(
    (one) =>
      (one.container === undefined || container === undefined || one.container === container) &&
      Object.hasOwn(reasons, one.id) &&
      one.message.includes(reasons[one.id] ?? ''),
  );
  return [...new Set(told.map(({ id }) => id))];
}

/** How many workloads fail each check, and why, as lines. */
function numbers(explained: readonly (Failure & { readonly reasons: readonly string[] })[]): string {
  const checks = [...new Set(explained.map(({ check }) => check))].sort();
  const workloads = (some: readonly Failure[]): number => new Set(some.map(({ id }) => id)).size;
  return checks
    .map((check) => {
      const all = explained.filter((one) => one.check === check);
      const reasons = [...new Set(all.flatMap((one) => one.reasons))].sort();
      const each = reasons.map((reason) => `${reason} ${workloads(all.filter((one) => one.reasons.includes(reason)))}`);
      return `  ${check} ${workloads(all)}: ${each.join(', ')}`;
    })
    .join('\n');
}

suite('strict', (test) => {
  const files = hardened(manifestsIn(CORPUS));
  const after = objectsOf(files.map(({ path: file, output }) => ({ path: file, text: output })));
  const statements = statementsIn(files);
  const failing = new Set<string>();
  const unexplained = new Set<string>();

  test('no check that a transform of the profile answers is listed as no hardening', () => {
    const answered = transforms
      .filter(({ meta }) => meta.profiles.includes('strict'))
      .flatMap(({ meta }) => [...(meta.references.kubeScore ?? []), ...(meta.references.checkov ?? [])]);
    assert.equal(
      answered.filter((check) => Object.hasOwn(NO_HARDENING, check)),
      [],
    );
  });

  for (const scanner of SCANNERS) {
    test(`what ${scanner.name} finds in workloads without access to their node is explained`, () => {
      const failures = failuresOf(scanner, subjects(), after).map((one) => ({
        ...one,
        reasons: reasonsFor(one, statements.get(one.id) ?? []),
      }));
      for (const { id, reasons } of failures) (reasons.length > 0 ? failing : unexplained).add(id);
      console.log(`\n${scanner.name}: failed and explained\n${numbers(failures.filter(({ reasons }) => reasons.length > 0))}`);
      assert.equal(
        failures
          .filter(({ reasons }) => reasons.length === 0)
          .map(({ id, check, container }) => [check, id, container].join(' ').trim()),
        [],
      );
    });
  }

  test('more of them pass every security check than before', () => {
    const ids = subjects();
    assert.equal(
      ids.filter((id) => !after.has(id)),
      [],
    );
    const isFine = (id: string): boolean =>
      SCANNERS.every((scanner) => ![...(originalFailures(scanner).get(id) ?? [])].some(isSecurity));
    const passed = ids.filter(isFine).length;
    const passing = ids.filter((id) => !failing.has(id) && !unexplained.has(id)).length;
    console.log(`\n${ids.length} workloads without access to their node; every security check is passed`);
    console.log(`by ${passed} before, by ${passing} after; ${unexplained.size} fail one for no reason that is given`);
    assert.ok(passing > passed);
  });
});
