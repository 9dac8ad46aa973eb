import { parseDocument } from 'yaml';
import { controlOf, CONTROLS, judgePod, violationsOf, type PodParts } from '../../../src/kubernetes/pod-security/index.ts';
import { merge, objectAt, type Json, type JsonObject } from '../../../src/util/json.ts';
import { assert, suite } from '../../harness.ts';

const yaml = (text: string): JsonObject => (parseDocument(text).toJS() ?? {}) as JsonObject;

const partsOf = (pod: JsonObject): PodParts => ({
  spec: objectAt(pod, 'spec'),
  annotations: objectAt(pod, 'metadata', 'annotations'),
});

const RESTRICTED = yaml(`
spec:
  securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}
  containers: [{name: web, image: nginx, securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}}]
`);

/** The restricted pod with other fields in its spec, and its only container with others in its own. */
function podWith(spec: string, container = ''): JsonObject {
  const [first] = (RESTRICTED['spec'] as { containers: Json[] }).containers as JsonObject[];
  const changed = merge(RESTRICTED, { spec: yaml(spec) });
  return merge(changed, { spec: { containers: [merge(first as JsonObject, yaml(container))] } });
}

const context = (fields: string): string => `securityContext: {${fields}}`;
const C = '/spec/containers/0';

/** What a pod is, its level, and its violations at the level `restricted`: control, container, pointer and message. */
const CASES: readonly (readonly [what: string, pod: JsonObject, level: string, ...violations: string[]])[] = [
  ['restricted', RESTRICTED, 'restricted'],
  [
    'a bare container',
    yaml('spec: {containers: [{name: web}]}'),
    'baseline',
    `restricted/allowPrivilegeEscalation web ${C}/securityContext/allowPrivilegeEscalation does not set allowPrivilegeEscalation: false`,
    `restricted/capabilities web ${C}/securityContext/capabilities/drop does not drop all capabilities`,
    `restricted/runAsNonRoot web ${C}/securityContext/runAsNonRoot does not set runAsNonRoot: true`,
    `restricted/seccompProfile web ${C}/securityContext/seccompProfile has no seccomp profile`,
  ],
  [
    'the namespaces of the node',
    podWith('{hostNetwork: true, hostPID: true, hostIPC: true}'),
    'privileged',
    'baseline/hostNamespaces - /spec/hostNetwork shares the network namespace of its node (hostNetwork: true)',
    'baseline/hostNamespaces - /spec/hostPID shares the process ID namespace of its node (hostPID: true)',
    'baseline/hostNamespaces - /spec/hostIPC shares the IPC namespace of its node (hostIPC: true)',
  ],
  [
    'HostProcess',
    podWith(context('windowsOptions: {hostProcess: true}')),
    'privileged',
    'baseline/windowsHostProcess - /spec/securityContext/windowsOptions/hostProcess runs as a process of its Windows node (hostProcess: true)',
  ],
  [
    'privileged',
    podWith('', context('privileged: true')),
    'privileged',
    `baseline/privileged web ${C}/securityContext/privileged is privileged (privileged: true)`,
  ],
  [
    'a capability of baseline',
    podWith('', context('capabilities: {add: [CHOWN, NET_BIND_SERVICE]}')),
    'baseline',
    `restricted/capabilities web ${C}/securityContext/capabilities/add adds CHOWN`,
  ],
  [
    'other capabilities, and one with a prefix',
    podWith('', context('capabilities: {add: [NET_RAW, CAP_CHOWN]}')),
    'privileged',
    `restricted/capabilities web ${C}/securityContext/capabilities/add adds NET_RAW, CAP_CHOWN`,
  ],
  [
    'a file of the node',
    podWith('volumes: [{name: a, emptyDir: {}}, {name: log, hostPath: {path: /var/log}}]'),
    'privileged',
    'restricted/volumeTypes - /spec/volumes/1 has the volume log of the type hostPath',
  ],
  [
    'an NFS volume, and one without a source',
    podWith('volumes: [{name: b}, {name: a, nfs: {server: a, path: /}}]'),
    'baseline',
    'restricted/volumeTypes - /spec/volumes/1 has the volume a of the type nfs',
  ],
  [
    'a port of the node',
    podWith('', 'ports: [{containerPort: 1, hostPort: 0}, {containerPort: 2, hostPort: 2}]'),
    'privileged',
    `baseline/hostPorts web ${C}/ports/1/hostPort takes the port 2 of its node (hostPort)`,
  ],
  [
    'hosts in handlers',
    podWith(
      '',
      '{livenessProbe: {httpGet: {host: a}}, lifecycle: {preStop: {tcpSocket: {host: b}}, postStart: {httpGet: {host: ""}}}}',
    ),
    'privileged',
    `baseline/hostProbesAndHostLifecycle web ${C}/livenessProbe/httpGet/host makes the kubelet call the host a (livenessProbe)`,
    `baseline/hostProbesAndHostLifecycle web ${C}/lifecycle/preStop/tcpSocket/host makes the kubelet call the host b (lifecycle.preStop)`,
  ],
  [
    'AppArmor',
    podWith(context('appArmorProfile: {type: Unconfined}'), context('appArmorProfile: {}')),
    'privileged',
    'baseline/appArmorProfile - /spec/securityContext/appArmorProfile/type sets the AppArmor profile Unconfined',
    `baseline/appArmorProfile web ${C}/securityContext/appArmorProfile/type sets the AppArmor profile without a type`,
  ],
  [
    'AppArmor by an annotation',
    merge(RESTRICTED, yaml('metadata: {annotations: {container.apparmor.security.beta.kubernetes.io/web: unconfined}}')),
    'privileged',
    'baseline/appArmorProfile web /metadata/annotations/container.apparmor.security.beta.kubernetes.io~1web sets the AppArmor profile unconfined by an annotation',
  ],
  [
    'SELinux',
    podWith(
      context('seLinuxOptions: {level: s0, type: container_t}'),
      context('seLinuxOptions: {user: u, role: r, type: spc_t}'),
    ),
    'privileged',
    `baseline/seLinuxOptions web ${C}/securityContext/seLinuxOptions/user sets the SELinux user u`,
    `baseline/seLinuxOptions web ${C}/securityContext/seLinuxOptions/role sets the SELinux role r`,
    `baseline/seLinuxOptions web ${C}/securityContext/seLinuxOptions/type sets the SELinux type spc_t`,
  ],
  [
    'an unmasked /proc',
    podWith('', context('procMount: Unmasked')),
    'privileged',
    `restricted/procMount web ${C}/securityContext/procMount sets procMount: Unmasked`,
  ],
  [
    'an unmasked /proc in a user namespace',
    podWith('hostUsers: false', context('procMount: Unmasked')),
    'baseline',
    `restricted/procMount web ${C}/securityContext/procMount sets procMount: Unmasked`,
  ],
  [
    'seccomp unconfined for the pod, and for a container that inherits it',
    podWith(context('seccompProfile: {type: Unconfined}')),
    'privileged',
    'restricted/seccompProfile - /spec/securityContext/seccompProfile/type sets the seccomp profile Unconfined',
  ],
  [
    'sysctls',
    podWith(context('sysctls: [{name: net.ipv4.tcp_rmem}, {name: kernel.msgmax}]')),
    'privileged',
    'baseline/sysctls - /spec/securityContext/sysctls/1 sets the sysctl kernel.msgmax',
  ],
  [
    'root in the pod, whatever its container says',
    podWith(context('runAsNonRoot: false, runAsUser: 0'), context('runAsNonRoot: true, runAsUser: 1000')),
    'baseline',
    'restricted/runAsNonRoot - /spec/securityContext/runAsNonRoot sets runAsNonRoot: false',
    'restricted/runAsUser - /spec/securityContext/runAsUser sets runAsUser: 0',
  ],
  ['root in a user namespace', podWith(`{hostUsers: false, ${context('runAsNonRoot: false, runAsUser: 0')}}`), 'restricted'],
  [
    'an init container and an ephemeral one',
    merge(RESTRICTED, yaml('spec: {initContainers: [{name: a}], ephemeralContainers: [{name: b}]}')),
    'baseline',
    'restricted/allowPrivilegeEscalation a /spec/initContainers/0/securityContext/allowPrivilegeEscalation does not set allowPrivilegeEscalation: false',
    'restricted/allowPrivilegeEscalation b /spec/ephemeralContainers/0/securityContext/allowPrivilegeEscalation does not set allowPrivilegeEscalation: false',
    'restricted/capabilities a /spec/initContainers/0/securityContext/capabilities/drop does not drop all capabilities',
    'restricted/capabilities b /spec/ephemeralContainers/0/securityContext/capabilities/drop does not drop all capabilities',
  ],
  ['Windows', yaml('spec: {os: {name: windows}, securityContext: {runAsNonRoot: true}, containers: [{name: a}]}'), 'restricted'],
  [
    'Windows by a node selector alone',
    yaml('spec: {nodeSelector: {kubernetes.io/os: windows}, securityContext: {runAsNonRoot: true}, containers: [{name: a}]}'),
    'baseline',
    `restricted/allowPrivilegeEscalation a ${C}/securityContext/allowPrivilegeEscalation does not set allowPrivilegeEscalation: false`,
    `restricted/capabilities a ${C}/securityContext/capabilities/drop does not drop all capabilities`,
    `restricted/seccompProfile a ${C}/securityContext/seccompProfile has no seccomp profile`,
  ],
];

suite('Pod Security Standards', (test) => {
  for (const [what, pod, level, ...expected] of CASES) {
    test(what, () => {
      const found = violationsOf(partsOf(pod), 'restricted').map(
        ({ control, container, pointer, message }) => `${control} ${container ?? '-'} ${pointer} ${message}`,
      );
      assert.equal(found, expected);
      assert.is(judgePod(partsOf(pod)).level, level);
    });
  }

  test('the level baseline has the controls that restricted replaces', () => {
    const pod = podWith(
      'volumes: [{name: log, hostPath: {path: /var/log}}]',
      context('procMount: Unmasked, seccompProfile: {type: Unconfined}, capabilities: {add: [CHOWN, NET_RAW]}'),
    );
    assert.equal(
      violationsOf(partsOf(pod), 'baseline').map(({ control, level, message }) => `${control} ${level} ${message}`),
      [
        'baseline/capabilities baseline adds NET_RAW',
        'baseline/hostPathVolumes baseline uses files of its node at /var/log',
        'baseline/procMount baseline sets procMount: Unmasked',
        'baseline/seccompProfile baseline sets the seccomp profile Unconfined',
      ],
    );
  });

  test('each control is found by its id', () => {
    assert.is(CONTROLS.length, 19);
    for (const control of CONTROLS) assert.is(controlOf(control.id), control);
  });
});
