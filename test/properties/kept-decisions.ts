/** I8: what the author decided stays, and is reported where it is less safe. */
import type { Finding } from '../../src/index.ts';
import { isObject, path, stringAt, type Json } from '../../src/util/json.ts';
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
    for (const spec of podsOf(text, subject).values()) {
      for (const container of containersIn(spec)) {
        const name = stringAt(container, 'name');
        const silent = INSECURE.find(
          ([field, value, ...reasons]) =>
            path(container, 'securityContext', field) === value && !isReported(name, field, reasons, findings),
        );
        if (silent) fail(`${silent[0]} of ${name} without a word`, output);
      }
    }
  },
};

/** Fields, their less safe values, and the findings that say why such a field is kept; each may also be an `explicit-value`. */
const INSECURE: readonly (readonly [field: string, value: Json, ...ids: string[]])[] = [
  ['privileged', true, 'privileged-container'],
  ['allowPrivilegeEscalation', true, 'privileged-container'],
  ['readOnlyRootFilesystem', false, 'privileged-container'],
  ['runAsNonRoot', false, 'privileged-container', 'host-access', 'needs-root'],
  ['runAsUser', 0, 'privileged-container', 'host-access', 'needs-root'],
  ['runAsGroup', 0, 'privileged-container', 'host-access', 'needs-root'],
];

/** True when a finding of the container leads to the field or gives one of the reasons, or when the pod is for Windows. */
function isReported(container: string | undefined, field: string, ids: readonly string[], findings: readonly Finding[]): boolean {
  return findings.some(
    (finding) =>
      finding.id === 'windows-pod' ||
      (finding.container === container &&
        (ids.includes(finding.id) || (finding.id === 'explicit-value' && finding.pointer?.endsWith(`/${field}`)))),
  );
}

function isLoss(operation: PatchOperation, before: PatchOperation | undefined): boolean {
  if (operation.op !== 'replace' && operation.op !== 'remove') return false;
  const was = before?.op === 'test' ? before.value : undefined;
  const isEmpty = was === null || ((isObject(was) || Array.isArray(was)) && Object.keys(was).length === 0);
  return !isEmpty && !REPLACED.test(operation.path);
}
