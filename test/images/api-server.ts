/** What the API server refuses in a pod (`pkg/apis/core/validation` of Kubernetes 1.36) that hardening could bring about. */
import { isObject, itemsAt, member, path, stringAt, type Json, type JsonObject } from '../../src/util/json.ts';
import { compareQuantities, parseQuantity } from '../../src/kubernetes/quantity.ts';

const LABEL = /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/;
const LINUX_FIELDS = [
  'allowPrivilegeEscalation',
  'appArmorProfile',
  'capabilities',
  'privileged',
  'procMount',
  'readOnlyRootFilesystem',
  'runAsGroup',
  'runAsUser',
  'seLinuxOptions',
  'seccompProfile',
];
const LINUX_POD_FIELDS = [...LINUX_FIELDS, 'fsGroup', 'fsGroupChangePolicy', 'supplementalGroups', 'sysctls'];

/** The containers of a pod, init containers first. */
export function containersIn(spec: Json): JsonObject[] {
  return [...itemsAt(spec, 'initContainers'), ...itemsAt(spec, 'containers')].filter(isObject);
}

/** Every reason to refuse a workload's pod; `isWindows` for a pod that does not say so. */
export function refusals(workload: Json, spec: Json, isWindows = stringAt(spec, 'os', 'name') === 'windows'): string[] {
  const each = containersIn(spec).map((container) => [...ofContainer(container), ...ofMounts(workload, spec, container)]);
  return [...ofPod(spec), ...each.flat(), ...(isWindows ? ofWindows(spec) : ofRoot(spec))];
}

function* ofPod(spec: Json): Generator<string> {
  const names = itemsAt(spec, 'volumes').map((volume) => stringAt(volume, 'name') ?? '');
  for (const name of repeated(names)) yield `two volumes are called ${name}`;
  for (const name of names.filter((one) => !LABEL.test(one))) yield `the volume name ${name} is no label`;
  for (const volume of itemsAt(spec, 'volumes')) {
    if (isObject(volume) && Object.keys(volume).length > 2) yield `the volume ${stringAt(volume, 'name')} has two sources`;
  }
  const sysctls = itemsAt(spec, 'securityContext', 'sysctls').map((sysctl) => stringAt(sysctl, 'name') ?? '');
  for (const name of repeated(sysctls)) yield `the sysctl ${name} is set twice`;
  const isOnNode = path(spec, 'hostNetwork') === true;
  if (isOnNode && sysctls.some((name) => name.startsWith('net.'))) yield 'a net sysctl with hostNetwork';
  if (isOnNode && path(spec, 'hostUsers') === false) yield 'hostUsers: false with hostNetwork';
  const account = stringAt(spec, 'serviceAccountName');
  const isSubdomain = (account ?? 'none').split('.').every((part) => LABEL.test(part));
  if (!isSubdomain) yield `the account name ${account} is no subdomain`;
}

/** `privileged` is the author's own: whether the pod is taken is not up to hardening. */
function* ofWindows(spec: Json): Generator<string> {
  for (const field of LINUX_POD_FIELDS) if (path(spec, 'securityContext', field) !== undefined) yield `Windows with ${field}`;
  for (const container of containersIn(spec)) {
    for (const field of LINUX_FIELDS) if (path(container, 'securityContext', field) !== undefined) yield `Windows with ${field}`;
  }
}

/** Accepted by the API server and refused by the kubelet. */
function* ofRoot(spec: Json): Generator<string> {
  for (const { securityContext = null } of containersIn(spec)) {
    const isRoot = path(securityContext, 'runAsUser') === 0;
    if (isRoot && path(securityContext, 'runAsNonRoot') === true) yield 'runAsNonRoot with runAsUser: 0 never starts';
  }
}

function* ofContainer(container: JsonObject): Generator<string> {
  const context = member(container, 'securityContext') ?? null;
  const isPrivileged = path(context, 'privileged') === true || itemsAt(context, 'capabilities', 'add').includes('CAP_SYS_ADMIN');
  const isConfined = path(context, 'allowPrivilegeEscalation') === false;
  if (isPrivileged && isConfined) yield 'allowPrivilegeEscalation: false for a privileged container';
  const limits = path(container, 'resources', 'limits');
  for (const [name, limit] of isObject(limits) ? Object.entries(limits) : []) {
    const request = path(container, 'resources', 'requests', name);
    const [most, wanted] = [parseQuantity(limit), parseQuantity(request)];
    if (most && wanted && compareQuantities(wanted, most) > 0) yield `the request of ${name} is above its limit`;
  }
  const variables = itemsAt(container, 'env').map((variable) => stringAt(variable, 'name') ?? '');
  for (const name of repeated(variables)) yield `the variable ${name} is set twice`;
}

function* ofMounts(workload: Json, spec: Json, container: JsonObject): Generator<string> {
  const claims = itemsAt(workload, 'spec', 'volumeClaimTemplates').map((claim) => stringAt(claim, 'metadata', 'name'));
  const volumes = new Set([...itemsAt(spec, 'volumes').map((volume) => stringAt(volume, 'name')), ...claims]);
  const mounts = itemsAt(container, 'volumeMounts');
  const places = mounts.map((mount) => (stringAt(mount, 'mountPath') ?? '').replace(/\/+$/, ''));
  for (const place of repeated(places)) yield `two mounts at ${place}`;
  for (const mount of mounts) {
    if (!volumes.has(stringAt(mount, 'name'))) yield `the mount ${stringAt(mount, 'name')} has no volume`;
  }
}

function repeated(names: readonly string[]): string[] {
  return names.filter((name, index) => names.indexOf(name) !== index);
}
