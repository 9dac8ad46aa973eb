/** What is reported about a pod and never changed. */
import type { Container, Pod } from '../kubernetes/object.ts';
import type { ControlId, Violation } from '../kubernetes/pod-security/index.ts';
import { isObject, itemsAt, stringAt } from '../util/json.ts';
import type { FindingId } from './catalogue.ts';
import { observation, type Observation } from './observation.ts';
import { judgeWritten } from './pod-security.ts';

/**
 * Everything in a pod that is reported because its author asked for it.
 *
 * @param remaining what the pod violates after hardening; what a transform took away is not reported
 */
export function observePod(pod: Pod, remaining: readonly Violation[] = judgeWritten(pod).violations): Observation[] {
  const seen: Observation[] = [];
  if (pod.isWindows) seen.push(observation('windows-pod', 'runs on Windows', { at: '/spec' }));
  observeHostPaths(pod, seen);
  if (remaining.length > 0) observeRequests(pod, remaining, seen);
  for (const container of pod.containers) observeSecrets(container, seen);
  observeEphemeralContainers(pod, seen);
  return seen;
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

/** Adds what the author asked for and what remains, but for places that are reported already. What ephemeral containers ask for goes with them. */
function observeRequests(pod: Pod, remaining: readonly Violation[], seen: Observation[]): void {
  const keyOf = ({ control, pointer }: Violation): string => `${control} ${pointer}`;
  const left = new Set(remaining.map(keyOf));
  const reported = new Set(seen.map(({ at }) => at));
  for (const violation of judgeWritten(pod).violations) {
    const { control, container, pointer, message } = violation;
    const isAdded = control === 'restricted/capabilities' && pointer.endsWith('/capabilities/add');
    const id = isAdded ? 'capability-added' : REPORTED[control];
    if (id === undefined || pointer.startsWith('/spec/ephemeralContainers/')) continue;
    if (!left.has(keyOf(violation)) || reported.has(pointer)) continue;
    seen.push(observation(id, message, { at: pointer, ...(container === undefined ? {} : { container }) }));
  }
}

const SOCKET = /\/(?:docker|containerd|crio|cri-dockerd)(?:\/(?:containerd|crio))?\.sock$/;

function observeHostPaths({ spec }: Pod, seen: Observation[]): void {
  for (const [index, volume] of itemsAt(spec, 'volumes').entries()) {
    const path = stringAt(volume, 'hostPath', 'path');
    if (path === undefined) continue;
    const at = `/spec/volumes/${index}`;
    seen.push(
      SOCKET.test(path)
        ? observation('docker-socket', `can control the container runtime of its node through ${path}`, { at })
        : observation('host-path', `uses the node's files at ${path}`, { at }),
    );
  }
}

const SECRET_NAME = /(?:PASSWORD|PASSWD|SECRET|TOKEN|API_?KEY|PRIVATE_?KEY|ACCESS_?KEY)$/i;
/** References to other variables, and switches. */
const NO_SECRET = /^(?:\$\(|(?:yes|no|on|off|true|false|[01])$)/i;

function observeSecrets({ name: container, value, pointer }: Container, seen: Observation[]): void {
  for (const [index, variable] of itemsAt(value, 'env').entries()) {
    const name = stringAt(variable, 'name') ?? '';
    const text = stringAt(variable, 'value') ?? '';
    if (!SECRET_NAME.test(name) || text === '' || NO_SECRET.test(text)) continue;
    const at = `${pointer}/env/${index}`;
    const what = `has what looks like a secret in the variable ${name}`;
    seen.push(observation('secret-in-environment', what, { at, container }));
  }
}

function observeEphemeralContainers({ spec }: Pod, seen: Observation[]): void {
  for (const [index, value] of itemsAt(spec, 'ephemeralContainers').entries()) {
    if (!isObject(value)) continue;
    const container = stringAt(value, 'name') ?? '';
    const at = `/spec/ephemeralContainers/${index}`;
    seen.push(observation('ephemeral-container', 'is an ephemeral container', { at, container }));
  }
}
