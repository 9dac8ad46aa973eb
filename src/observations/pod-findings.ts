/** What is reported about a pod and never changed, because only its owner knows what the program can do without. */
import { CONTROLS } from '../kubernetes/pod-security/index.ts';
import type { FindingKind } from './finding-kind.ts';

export const POD_FINDINGS = {
  'windows-pod': {
    title: 'Windows pod',
    severity: 'warning',
    advice:
      'only resources, the ServiceAccount and runAsNonRoot are set there; ' +
      'set os.name: windows if it is missing, so that the Pod Security Standards ask for nothing else',
    controls: [
      'restricted/allowPrivilegeEscalation',
      'restricted/capabilities',
      'restricted/runAsNonRoot',
      'restricted/runAsUser',
      'restricted/seccompProfile',
    ],
  },
  'host-namespace': {
    title: 'Namespace of the node',
    severity: 'warning',
    advice:
      'a process in the pod can watch or reach other programs of the node; remove the field if the program works without it',
    controls: ['baseline/hostNamespaces'],
  },
  'host-process': {
    title: 'Windows HostProcess container',
    severity: 'warning',
    advice: 'it has the rights of a program that is installed on the node; remove hostProcess if the program works without it',
    controls: ['baseline/windowsHostProcess'],
  },
  'host-path': {
    title: 'Files of the node',
    severity: 'warning',
    advice:
      'a pod should not depend on its node or be able to change it; use a PersistentVolumeClaim, a ConfigMap or an emptyDir',
    controls: ['baseline/hostPathVolumes', 'restricted/volumeTypes'],
  },
  'docker-socket': {
    title: 'Socket of the container runtime',
    severity: 'warning',
    advice: 'whoever can use the socket is root on the node; use the Kubernetes API or a tool that needs no socket',
    controls: ['baseline/hostPathVolumes', 'restricted/volumeTypes'],
  },
  'volume-type': {
    title: 'Volume type',
    severity: 'warning',
    advice:
      'the restricted standard does not allow pods to name a storage system; ' +
      'describe the storage in a PersistentVolume and use it through a PersistentVolumeClaim',
    controls: ['restricted/volumeTypes'],
  },
  'unsafe-sysctl': {
    title: 'Unsafe sysctl',
    severity: 'warning',
    advice:
      'it can affect the node and its other pods, and the baseline standard does not allow it; remove it, or set it on the node',
    controls: ['baseline/sysctls'],
  },
  'capability-added': {
    title: 'Added capability',
    severity: 'warning',
    advice: 'the restricted standard allows only NET_BIND_SERVICE; remove the others if the program works without them',
    controls: ['baseline/capabilities', 'restricted/capabilities'],
  },
  'proc-mount': {
    title: '/proc without masks',
    severity: 'warning',
    advice: 'files of the kernel in /proc become visible that are hidden from containers otherwise; remove procMount',
    controls: ['baseline/procMount', 'restricted/procMount'],
  },
  'apparmor-profile': {
    title: 'AppArmor profile',
    severity: 'warning',
    advice: "the container runtime's default profile no longer confines the container; remove the field, or set RuntimeDefault",
    controls: ['baseline/appArmorProfile'],
  },
  'unsafe-selinux-options': {
    title: 'SELinux options',
    severity: 'warning',
    advice:
      'the container can get rights on the node that SELinux does not give to containers; remove user and role, ' +
      'and set no type or one of container_t, container_init_t, container_kvm_t and container_engine_t',
    controls: ['baseline/seLinuxOptions'],
  },
  'host-port': {
    title: 'Port of the node',
    severity: 'warning',
    advice: 'the port is open to everyone who can reach the node; remove hostPort and use a Service',
    controls: ['baseline/hostPorts'],
  },
  'host-probe': {
    title: 'Probe or lifecycle hook with a host',
    severity: 'warning',
    advice:
      'the baseline standard forbids this since Kubernetes 1.34, because it makes the kubelet a way into other networks; ' +
      'remove host, and the kubelet calls the pod itself',
    controls: ['baseline/hostProbesAndHostLifecycle'],
  },
  'secret-in-environment': {
    title: 'Secret in an environment variable',
    severity: 'warning',
    advice: 'everyone who can read the manifest or the pod can read it; move it to a Secret and use secretKeyRef',
  },
  'ephemeral-container': {
    title: 'Ephemeral container in a manifest',
    severity: 'warning',
    advice: 'the API server takes ephemeral containers for running pods only (kubectl debug) and refuses the manifest; remove it',
    controls: CONTROLS.map(({ id }) => id),
  },
  'pod-security': {
    title: 'Control of the Pod Security Standards that is not met',
    severity: 'warning',
    advice: 'the finding names the control, the place and what to do',
    controls: CONTROLS.map(({ id }) => id),
  },
} as const satisfies Readonly<Record<string, FindingKind>>;
