/**
 * The score that kubesec gives to a Deployment: its rules and points, written down once more from its documentation
 * (https://kubesec.io/). A point counts once, whichever container has it.
 */
import { itemsAt, path, stringAt, type Json } from '../../src/util/json.ts';

type Test = (spec: Json, container: Json) => boolean;

/** The container's own value, or the pod's. */
const context = (spec: Json, container: Json, field: string): Json | undefined =>
  path(container, 'securityContext', field) ?? path(spec, 'securityContext', field);
const has =
  (kind: 'requests' | 'limits', resource: string): Test =>
  (_spec, container) =>
    path(container, 'resources', kind, resource) !== undefined;
const isHigh =
  (field: string): Test =>
  (spec, container) =>
    Number(context(spec, container, field) ?? 0) > 10_000;

export const RULES: readonly (readonly [id: string, points: number, test: Test])[] = [
  ['ApparmorAny', 3, (spec, container) => context(spec, container, 'appArmorProfile') !== undefined],
  ['ServiceAccountName', 3, (spec) => (stringAt(spec, 'serviceAccountName') ?? '') !== ''],
  ['ReadOnlyRootFilesystem', 1, (spec, container) => context(spec, container, 'readOnlyRootFilesystem') === true],
  ['RunAsNonRoot', 1, (spec, container) => context(spec, container, 'runAsNonRoot') === true],
  ['RunAsUser', 1, isHigh('runAsUser')],
  ['RunAsGroup', 1, isHigh('runAsGroup')],
  ['CapDropAny', 1, (_spec, container) => itemsAt(container, 'securityContext', 'capabilities', 'drop').length > 0],
  ['CapDropAll', 1, (_spec, container) => itemsAt(container, 'securityContext', 'capabilities', 'drop').includes('ALL')],
  ['RequestsCPU', 1, has('requests', 'cpu')],
  ['LimitsCPU', 1, has('limits', 'cpu')],
  ['RequestsMemory', 1, has('requests', 'memory')],
  ['LimitsMemory', 1, has('limits', 'memory')],
  ['SeccompAny', 1, (spec, container) => context(spec, container, 'seccompProfile') !== undefined],
  ['AutomountServiceAccountToken', 1, (spec) => path(spec, 'automountServiceAccountToken') === false],
  ['HostUsers', 1, (spec) => path(spec, 'hostUsers') === false],
  ['AllowPrivilegeEscalation', -7, (spec, container) => context(spec, container, 'allowPrivilegeEscalation') === true],
  ['HostNetwork', -9, (spec) => path(spec, 'hostNetwork') === true],
  ['HostPID', -9, (spec) => path(spec, 'hostPID') === true],
  ['HostIPC', -9, (spec) => path(spec, 'hostIPC') === true],
  ['Privileged', -30, (spec, container) => context(spec, container, 'privileged') === true],
];

/** The best score that the rules give to a Deployment. */
export const BEST = RULES.reduce((sum, [, points]) => sum + Math.max(0, points), 0);

/** The rules that a pod spec meets, for good or ill. */
export function met(spec: Json): string[] {
  const containers = itemsAt(spec, 'containers');
  return RULES.filter(([, , test]) => containers.some((container) => test(spec, container))).map(([id]) => id);
}

export function scoreOf(spec: Json): number {
  const ids = met(spec);
  return RULES.reduce((sum, [id, points]) => sum + (ids.includes(id) ? points : 0), 0);
}
