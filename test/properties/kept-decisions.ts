/** I8: what the author decided stays, and is reported where it is less safe. */
import type { Finding } from '../../src/index.ts';
import { isObject, path, stringAt, type Json, type JsonObject } from '../../src/util/json.ts';
import type { PatchOperation } from '../../src/patch/index.ts';
import { containersIn } from '../images/api-server.ts';
import { fail, hardened, podsOf, show } from './hardened.ts';
import { alone, printManifest, type Manifest } from './manifests.ts';
import { anyPod } from './pods.ts';
import type { Property } from './property.ts';

/** What hardening may replace or remove although the author wrote it: the same said in a form that is no longer read. */
const REPLACED = /\/capabilities\/drop(?:\/\d+)?$|\/serviceAccount(?:Name)?$|\/annotations(?:\/[^/]*seccomp[^/]*)?$/;

export const kept: Property<Manifest> = {
  name: 'I8 decisions are kept and reported',
  inputs: alone(anyPod),
  show,
  check(input, subject) {
    const { text } = printManifest(input);
    const { output, findings, patches } = hardened(text, subject);
    for (const { operations } of patches) {
      const lost = operations.find((operation, index) => isLoss(operation, operations[index - 1]));
      if (lost) fail(`${lost.op} ${lost.path}`, output);
    }
    for (const [workload, spec] of podsOf(text, subject)) {
      const silent = [...silentContainers(spec, findings), ...silentPod(workload, spec, findings)];
      if (silent[0] !== undefined) fail(`${silent[0]} without a word`, output);
    }
  },
};

function silentContainers(spec: JsonObject, findings: readonly Finding[]): string[] {
  return containersIn(spec).flatMap((container) => {
    const name = stringAt(container, 'name');
    const about = findings.filter((finding) => finding.container === name);
    return INSECURE.filter(
      ([field, value, ...reasons]) =>
        path(container, 'securityContext', field) === value &&
        !isOnWindows(field, findings) &&
        !about.some(({ id, pointer }) => reasons.includes(id) || isExplicit(field, id, pointer)),
    ).map(([field]) => `${field} of ${name}`);
  });
}

/** What the pod sets for those of its containers that set nothing themselves, and the namespaces that it shares with its node. */
function silentPod(workload: string, spec: JsonObject, findings: readonly Finding[]): string[] {
  const about = findings.filter(({ object }) => object?.name === workload);
  const inherits = (field: string): boolean =>
    containersIn(spec).some((container) => (path(container, 'securityContext', field) ?? null) === null);
  const inherited = INSECURE.filter(
    ([field, value, ...reasons]) =>
      path(spec, 'securityContext', field) === value &&
      inherits(field) &&
      !isOnWindows(field, findings) &&
      !about.some(({ id, pointer }) => reasons.includes(id) || isExplicit(field, id, pointer)),
  );
  const shared = HOST_NAMESPACES.filter(
    (field) =>
      path(spec, field) === true && !about.some(({ id, pointer }) => id === 'host-namespace' && pointer?.endsWith(`/${field}`)),
  );
  return [...inherited.map(([field]) => field), ...shared].map((field) => `${field} of the pod`);
}

const HOST_NAMESPACES = ['hostNetwork', 'hostPID', 'hostIPC'] as const;

/** Fields, their less safe values, and the findings that say why such a field is kept; each may also be an `explicit-value`. */
const INSECURE: readonly (readonly [field: string, value: Json, ...ids: string[]])[] = [
  ['privileged', true, 'privileged-container'],
  ['allowPrivilegeEscalation', true, 'privileged-container'],
  ['readOnlyRootFilesystem', false, 'privileged-container'],
  ['runAsNonRoot', false, 'privileged-container', 'host-access', 'needs-root'],
  ['runAsUser', 0, 'privileged-container', 'host-access', 'needs-root'],
  ['runAsGroup', 0, 'privileged-container', 'host-access', 'needs-root'],
];

/** True for an `explicit-value` that leads to the field. */
function isExplicit(field: string, id: string, pointer: string | undefined): boolean {
  return id === 'explicit-value' && pointer?.endsWith(`/${field}`) === true;
}

/** Windows knows only runAsNonRoot of these fields (API reference, SecurityContext). */
function isOnWindows(field: string, findings: readonly Finding[]): boolean {
  return field !== 'runAsNonRoot' && findings.some(({ id }) => id === 'windows-pod');
}

function isLoss(operation: PatchOperation, before: PatchOperation | undefined): boolean {
  if (operation.op !== 'replace' && operation.op !== 'remove') return false;
  const was = before?.op === 'test' ? before.value : undefined;
  const isEmpty = was === null || ((isObject(was) || Array.isArray(was)) && Object.keys(was).length === 0);
  return !isEmpty && !REPLACED.test(operation.path);
}
