/** What is reported about a pod and never changed. */
import type { Container, Pod } from '../kubernetes/object.ts';
import { violationsOf, type ControlId, type Violation } from '../kubernetes/pod-security/index.ts';
import { isObject, itemsAt, stringAt } from '../util/json.ts';
import type { FindingId } from './catalogue.ts';
import { observation, type Observation } from './observation.ts';

/**
 * Everything in a pod that is reported because its author asked for it.
 *
 * @param remaining what the pod violates after hardening; what a transform took away is not reported
 */
export function observePod(pod: Pod, remaining: readonly Violation[] = violationsOf(pod, 'restricted')): Observation[] {
  const nodeFiles = [...hostPaths(pod)];
  const reported = new Set(nodeFiles.map(({ at }) => at));
  const isLeft = ({ control, pointer }: Violation): boolean =>
    !reported.has(pointer) && remaining.some((one) => one.control === control && one.pointer === pointer);
  const violations = violationsOf(pod, 'restricted').filter(isLeft);
  return [
    ...windowsPod(pod),
    ...nodeFiles,
    ...violations.flatMap(requested),
    ...pod.containers.flatMap((container) => [...secrets(container)]),
    ...ephemeralContainers(pod),
  ];
}

/** The controls that a pod only fails when its author asked for it. No transform takes care of them. */
const REPORTED: Readonly<Partial<Record<ControlId, FindingId>>> = {
  'baseline/appArmorProfile': 'apparmor-profile',
  'baseline/hostNamespaces': 'host-namespace',
  'baseline/hostPorts': 'host-port',
  'baseline/hostProbesAndHostLifecycle': 'host-probe',
  'baseline/seLinuxOptions': 'unsafe-selinux-options',
  'baseline/sysctls': 'unsafe-sysctl',
  'baseline/windowsHostProcess': 'host-process',
  'restricted/procMount': 'proc-mount',
  'restricted/volumeTypes': 'volume-type',
};

/** The observation of a violation that the author asked for. What ephemeral containers ask for goes with them. */
function requested({ control, container, pointer, message }: Violation): Observation[] {
  const isAdded = control === 'restricted/capabilities' && pointer.endsWith('/capabilities/add');
  const id = isAdded ? 'capability-added' : REPORTED[control];
  if (id === undefined || pointer.startsWith('/spec/ephemeralContainers/')) return [];
  return [observation(id, message, { at: pointer, ...(container === undefined ? {} : { container }) })];
}

function* windowsPod({ isWindows }: Pod): Generator<Observation> {
  if (isWindows) yield observation('windows-pod', 'runs on Windows', { at: '/spec' });
}

const SOCKET = /\/(?:docker|containerd|crio|cri-dockerd)(?:\/(?:containerd|crio))?\.sock$/;

function* hostPaths({ spec }: Pod): Generator<Observation> {
  for (const [index, volume] of itemsAt(spec, 'volumes').entries()) {
    const path = stringAt(volume, 'hostPath', 'path');
    if (path === undefined) continue;
    const at = `/spec/volumes/${index}`;
    yield SOCKET.test(path)
      ? observation('docker-socket', `can control the container runtime of its node through ${path}`, { at })
      : observation('host-path', `uses the node's files at ${path}`, { at });
  }
}

const SECRET_NAME = /(?:PASSWORD|PASSWD|SECRET|TOKEN|API_?KEY|PRIVATE_?KEY|ACCESS_?KEY)$/i;
/** References to other variables, and switches. */
const NO_SECRET = /^(?:\$\(|(?:yes|no|on|off|true|false|[01])$)/i;

function* secrets({ name: container, value, pointer }: Container): Generator<Observation> {
  for (const [index, variable] of itemsAt(value, 'env').entries()) {
    const name = stringAt(variable, 'name') ?? '';
    const text = stringAt(variable, 'value') ?? '';
    if (!SECRET_NAME.test(name) || text === '' || NO_SECRET.test(text)) continue;
    const at = `${pointer}/env/${index}`;
    yield observation('secret-in-environment', `has what looks like a secret in the variable ${name}`, { at, container });
  }
}

function* ephemeralContainers({ spec }: Pod): Generator<Observation> {
  for (const [index, value] of itemsAt(spec, 'ephemeralContainers').entries()) {
    if (!isObject(value)) continue;
    const container = stringAt(value, 'name') ?? '';
    yield observation('ephemeral-container', 'is an ephemeral container', {
      at: `/spec/ephemeralContainers/${index}`,
      container,
    });
  }
}
