/** What kharden reports and never changes: things that no manifest fixer can take away without knowing the program. */
import { isObject, itemsAt, member, path, stringAt, type Json, type JsonObject } from '../util/json.ts';
import type { Container, Pod } from '../kubernetes/object.ts';

export interface Observation {
  readonly id: string;
  /** Default: `warning`. */
  readonly severity?: 'warning' | 'info';
  readonly message: string;
  /** JSON Pointer from the pod. */
  readonly at: string;
  readonly container?: Container;
  /** Of all observations of a run with one such key only the first is shown. */
  readonly oncePerRun?: string;
}

/** The sysctls that PSS baseline allows (Pod Security Standards, "Sysctls"). */
const SAFE_SYSCTLS = new Set([
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.ping_group_range',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_rmem',
  'net.ipv4.tcp_wmem',
]);
const SOCKET = /\/(?:docker|containerd|crio|cri-dockerd)(?:\/(?:containerd|crio))?\.sock$/;
const SECRET_NAME = /(?:PASSWORD|PASSWD|SECRET|TOKEN|API_?KEY|PRIVATE_?KEY|ACCESS_?KEY)$/i;

/** Everything in a pod that deserves a look, in the order of the manifest. */
export function observePod(pod: Pod): Observation[] {
  return [...ofPod(pod), ...pod.containers.flatMap((container) => [...ofContainer(container)]), ...ofEphemeral(pod)];
}

function* ofPod(pod: Pod): Generator<Observation> {
  if (pod.isWindows)
    yield {
      id: 'windows-pod',
      message: 'runs on Windows, where the API server refuses Linux fields: it gets resources, an account and runAsNonRoot only',
      at: '/spec',
    };
  for (const field of ['hostNetwork', 'hostPID', 'hostIPC'] as const) {
    if (path(pod.spec, field) === true)
      yield {
        id: 'host-namespace',
        message: `shares the node's namespace (${field}: true): remove it if the program does without`,
        at: `/spec/${field}`,
      };
  }
  for (const [index, volume] of itemsAt(pod.spec, 'volumes').entries()) {
    const hostPath = stringAt(volume, 'hostPath', 'path');
    if (hostPath === undefined) continue;
    const at = `/spec/volumes/${index}`;
    if (SOCKET.test(hostPath))
      yield {
        id: 'docker-socket',
        message: `reaches the container runtime through ${hostPath}, which is root on the node: use the Kubernetes API instead`,
        at,
      };
    else yield { id: 'host-path', message: `uses the node's files at ${hostPath}: prefer a persistent volume`, at };
  }
  for (const [index, sysctl] of itemsAt(pod.spec, 'securityContext', 'sysctls').entries()) {
    const name = stringAt(sysctl, 'name');
    if (name !== undefined && !SAFE_SYSCTLS.has(name))
      yield {
        id: 'unsafe-sysctl',
        message: `sets the sysctl ${name}, which the baseline standard does not allow`,
        at: `/spec/securityContext/sysctls/${index}`,
      };
  }
}

function* ofContainer(container: Container): Generator<Observation> {
  const { value, pointer } = container;
  const added = itemsAt(value, 'securityContext', 'capabilities', 'add').filter(
    (name) => !/^(?:CAP_)?NET_BIND_SERVICE$/.test(String(name)),
  );
  if (added.length > 0) {
    yield {
      id: 'capability-added',
      message: `adds ${added.join(', ')}, which the restricted standard does not allow: remove what the program does without`,
      at: `${pointer}/securityContext/capabilities/add`,
      container,
    };
  }
  const procMount = stringAt(value, 'securityContext', 'procMount');
  if (procMount !== undefined && procMount !== 'Default')
    yield {
      id: 'proc-mount',
      message: `has procMount ${procMount}, which uncovers kernel files`,
      at: `${pointer}/securityContext/procMount`,
      container,
    };
  for (const [index, port] of itemsAt(value, 'ports').entries()) {
    const hostPort = member(port, 'hostPort');
    if (typeof hostPort === 'number' && hostPort > 0)
      yield {
        id: 'host-port',
        message: `takes port ${hostPort} of its node: use a Service`,
        at: `${pointer}/ports/${index}`,
        container,
      };
  }
  for (const at of hostHandlers(value, ''))
    yield {
      id: 'host-probe',
      message:
        'sends a probe to a host of its own choice, which the baseline standard forbids since Kubernetes 1.34: remove host',
      at: `${pointer}${at}`,
      container,
    };
  for (const [index, variable] of itemsAt(value, 'env').entries()) {
    const name = stringAt(variable, 'name') ?? '';
    const text = stringAt(variable, 'value') ?? '';
    if (SECRET_NAME.test(name) && text !== '' && !/^(?:\$\(|(?:yes|no|on|off|true|false|[01])$)/i.test(text)) {
      yield {
        id: 'secret-in-environment',
        message: `has what looks like a secret in the variable ${name}: move it to a Secret`,
        at: `${pointer}/env/${index}`,
        container,
      };
    }
  }
}

/** Probes and lifecycle handlers that name a host. */
function* hostHandlers(container: JsonObject, base: string): Generator<string> {
  for (const field of ['livenessProbe', 'readinessProbe', 'startupProbe', 'lifecycle']) {
    const handlers: readonly (readonly [string, Json | undefined])[] =
      field === 'lifecycle'
        ? ['postStart', 'preStop'].map((name) => [`/lifecycle/${name}`, path(container, 'lifecycle', name)])
        : [[`/${field}`, member(container, field)]];
    for (const [at, handler] of handlers) {
      for (const kind of ['httpGet', 'tcpSocket']) {
        if (stringAt(handler, kind, 'host')) yield `${base}${at}/${kind}/host`;
      }
    }
  }
}

/** Ephemeral containers come through the API alone; a manifest that holds some is refused. */
function* ofEphemeral(pod: Pod): Generator<Observation> {
  for (const [index, container] of itemsAt(pod.spec, 'ephemeralContainers').entries()) {
    if (isObject(container))
      yield {
        id: 'ephemeral-container',
        message: `declares the ephemeral container ${stringAt(container, 'name') ?? ''}, which the API server refuses in a manifest: remove it`,
        at: `/spec/ephemeralContainers/${index}`,
      };
  }
}
