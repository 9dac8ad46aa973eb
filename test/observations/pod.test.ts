import { observePod } from '../../src/observations/pod.ts';
import { assert, suite } from '../harness.ts';
import { podOf } from './object.ts';

const C = '/spec/containers/0';
const ANNOTATION = 'container.apparmor.security.beta.kubernetes.io';

/** What a pod has, and what is reported: id, place, container, and the start of the message. */
const CASES: readonly (readonly [what: string, pod: Parameters<typeof podOf>, ...expected: string[]])[] = [
  ['nothing', ['']],
  ['what transforms answer', ['', 'securityContext: {runAsUser: 0, allowPrivilegeEscalation: true}']],
  ['Windows', ['os: {name: windows}'], 'windows-pod /spec - runs on Windows'],
  [
    'namespaces of the node',
    ['hostNetwork: true, hostPID: false, hostIPC: true'],
    'host-namespace /spec/hostNetwork - shares the network namespace of its node (hostNetwork: true)',
    'host-namespace /spec/hostIPC - shares the IPC namespace of its node (hostIPC: true)',
  ],
  [
    'HostProcess',
    ['', 'securityContext: {windowsOptions: {hostProcess: true}}'],
    'windows-pod /spec - runs on Windows',
    `host-process ${C}/securityContext/windowsOptions/hostProcess web runs as a process of its Windows node (hostProcess: true)`,
  ],
  [
    'volumes',
    ['volumes: [{name: a, hostPath: {path: /var/log}}, {name: b, nfs: {}}, {name: c, hostPath: {path: /run/docker.sock}}]'],
    "host-path /spec/volumes/0 - uses the node's files at /var/log",
    'docker-socket /spec/volumes/2 - can control the container runtime of its node through /run/docker.sock',
    'volume-type /spec/volumes/1 - has the volume b of the type nfs',
  ],
  [
    'a volume that names no path of its node',
    ['volumes: [{name: a, hostPath: {}}]'],
    'volume-type /spec/volumes/0 - has the volume a of the type hostPath',
  ],
  [
    'a sysctl',
    ['securityContext: {sysctls: [{name: net.ipv4.tcp_syncookies}, {name: kernel.msgmax}]}'],
    'unsafe-sysctl /spec/securityContext/sysctls/1 - sets the sysctl kernel.msgmax',
  ],
  [
    'capabilities, with a name that only the kernel knows',
    ['', 'securityContext: {capabilities: {add: [NET_BIND_SERVICE, SYS_TIME, CAP_NET_BIND_SERVICE]}}'],
    `capability-added ${C}/securityContext/capabilities/add web adds SYS_TIME, CAP_NET_BIND_SERVICE`,
  ],
  [
    'procMount',
    ['hostUsers: false', 'securityContext: {procMount: Unmasked}'],
    `proc-mount ${C}/securityContext/procMount web sets procMount: Unmasked`,
  ],
  [
    'AppArmor, by field and annotation',
    ['', 'securityContext: {appArmorProfile: {type: Unconfined}}', `name: a, annotations: {${ANNOTATION}/web: unconfined}`],
    'apparmor-profile /metadata/annotations/container.apparmor.security.beta.kubernetes.io~1web web sets the AppArmor profile unconfined by an annotation',
    `apparmor-profile ${C}/securityContext/appArmorProfile/type web sets the AppArmor profile Unconfined`,
  ],
  [
    'SELinux',
    ['securityContext: {seLinuxOptions: {type: spc_t}}'],
    'unsafe-selinux-options /spec/securityContext/seLinuxOptions/type - sets the SELinux type spc_t',
  ],
  [
    'a port of the node',
    ['', 'ports: [{containerPort: 80}, {containerPort: 81, hostPort: 81}]'],
    `host-port ${C}/ports/1/hostPort web takes the port 81 of its node (hostPort)`,
  ],
  [
    'a probe',
    ['', 'readinessProbe: {httpGet: {host: example.com, port: 80}}'],
    `host-probe ${C}/readinessProbe/httpGet/host web makes the kubelet call the host example.com (readinessProbe)`,
  ],
  [
    'secrets, and what only looks like some',
    [
      '',
      'env: [{name: DB_PASSWORD, value: hunter2}, {name: API_TOKEN, value: $(TOKEN)}, {name: USE_TOKEN, value: "true"}, {name: A_SECRET}]',
    ],
    `secret-in-environment ${C}/env/0 web has what looks like a secret in the variable DB_PASSWORD`,
  ],
  [
    'an ephemeral container, whatever it asks for',
    ['ephemeralContainers: [{name: debug, securityContext: {procMount: Unmasked}}]'],
    'ephemeral-container /spec/ephemeralContainers/0 debug is an ephemeral container',
  ],
];

/** Where container runtimes listen by default, and paths that only look like it. */
const SOCKETS =
  '/run/docker.sock /var/run/docker.sock /run/containerd/containerd.sock /run/k3s/containerd/containerd.sock /run/crio/crio.sock ' +
  '/var/run/crio/crio.sock /run/cri-dockerd.sock /host/run/containerd.sock';
const NO_SOCKETS =
  '/var/run /run/docker.sock.d /run/mydocker.sock docker.sock /run/dockershim.sock /run/docker/x.sock /run/docker-sock';

const SECRETS =
  'PASSWORD DB_PASSWORD db_password DB_PASSWD CLIENT_SECRET ApiToken APIKEY API_KEY PRIVATE_KEY PRIVATEKEY ACCESS_KEY AWS_ACCESSKEY';
const NO_SECRETS = 'PASSWORD_FILE SECRET_NAME TOKEN_URL KEY PUBLIC_KEY PASS SECRETS TOKENS API-KEY';
const SECRET_VALUES = 'hunter2 yesterday x$(A) 10 00 none $A onward';
const OTHER_VALUES = '$(A) $(A)x yes no on off true false 0 1 TRUE Yes';

suite('observations of pods', (test) => {
  const idsOf = (...pod: Parameters<typeof podOf>): string =>
    observePod(podOf(...pod))
      .map(({ id }) => id)
      .join(' ');
  const volume = (path: string): string => idsOf(`volumes: [{name: a, hostPath: {path: '${path}'}}]`);
  const variable = (name: string, value: string): string => idsOf('', `env: [{name: '${name}', value: '${value}'}]`);

  test('sockets of container runtimes', () => {
    for (const path of SOCKETS.split(' ')) assert.is(volume(path), 'docker-socket', path);
    for (const path of NO_SOCKETS.split(' ')) assert.is(volume(path), 'host-path', path);
  });

  test('names and values of secrets', () => {
    for (const name of SECRETS.split(' ')) assert.is(variable(name, 'x'), 'secret-in-environment', name);
    for (const name of NO_SECRETS.split(' ')) assert.is(variable(name, 'x'), '', name);
    for (const value of SECRET_VALUES.split(' ')) assert.is(variable('TOKEN', value), 'secret-in-environment', value);
    for (const value of [...OTHER_VALUES.split(' '), '']) assert.is(variable('TOKEN', value), '', value);
  });

  for (const [what, pod, ...expected] of CASES) {
    test(what, () => {
      const lines = observePod(podOf(...pod)).map(
        ({ id, at, container, message }) => `${id} ${at} ${container ?? '-'} ${message}`,
      );
      assert.is(lines.length, expected.length, lines.join('\n'));
      for (const [index, start] of expected.entries()) assert.ok(lines[index]?.startsWith(`${start}: `), lines[index] ?? '');
    });
  }
});
