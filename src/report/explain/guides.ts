/**
 * The rules of guides and scanners that are about security, and for each that no transform names in its references: which finding
 * reports it, or why it is not a manifest's business. The page docs/standards.md and its test are made from this list.
 */
import type { References } from '../../transform/transform.ts';

export interface Rule {
  readonly id: string;
  readonly title: string;
  /** Findings that report it. */
  readonly findings?: readonly string[];
  /** Who does it, where no manifest can. */
  readonly elsewhere?: string;
}

export interface Guide {
  /** The key of the references of transforms. */
  readonly standard: keyof References;
  readonly rules: readonly Rule[];
}

const rule = (id: string, title = '', findings: readonly string[] = []): Rule => ({ id, title, findings });
const outside = (id: string, title: string, elsewhere: string): Rule => ({ id, title, elsewhere });

/** CIS Kubernetes Benchmark v1.12, chapter 5 (Policies), and the one item of chapter 1 that a manifest can answer. */
const CIS: readonly Rule[] = [
  rule('1.2.11', 'Ensure that the admission control plugin AlwaysPullImages is set'),
  rule('5.1.1', 'Ensure that the cluster-admin role is only used where required', ['cluster-admin-binding']),
  rule('5.1.2', 'Minimize access to secrets', ['reads-secrets']),
  rule('5.1.3', 'Minimize wildcard use in Roles and ClusterRoles', ['wildcard-rights']),
  rule('5.1.4', 'Minimize access to create pods', ['creates-pods']),
  rule('5.1.5', 'Ensure that default service accounts are not actively used', ['default-account-binding']),
  rule('5.1.6', 'Ensure that Service Account Tokens are only mounted where necessary'),
  rule('5.1.7', 'Avoid use of system:masters group', ['broad-binding']),
  rule('5.1.8', 'Limit use of the Bind, Impersonate and Escalate permissions', ['raises-rights']),
  rule('5.1.9', 'Minimize access to create persistent volumes', ['creates-persistent-volumes']),
  rule('5.1.10', 'Minimize access to the proxy sub-resource of nodes', ['reaches-nodes']),
  rule('5.1.11', 'Minimize access to the approval sub-resource of certificatesigningrequests', ['approves-certificates']),
  rule('5.1.12', 'Minimize access to webhook configuration objects', ['changes-webhooks']),
  rule('5.1.13', 'Minimize access to the service account token creation', ['creates-tokens']),
  rule('5.2.1', 'Ensure that the cluster has at least one active policy control mechanism in place'),
  rule('5.2.2', 'Minimize the admission of privileged containers', ['privileged-container']),
  rule('5.2.3', 'Minimize the admission of containers wishing to share the host process ID namespace', ['host-namespace']),
  rule('5.2.4', 'Minimize the admission of containers wishing to share the host IPC namespace', ['host-namespace']),
  rule('5.2.5', 'Minimize the admission of containers wishing to share the host network namespace', ['host-namespace']),
  rule('5.2.6', 'Minimize the admission of containers with allowPrivilegeEscalation'),
  rule('5.2.7', 'Minimize the admission of root containers', ['needs-root']),
  rule('5.2.8', 'Minimize the admission of containers with the NET_RAW capability'),
  rule('5.2.9', 'Minimize the admission of containers with added capabilities', ['capability-added']),
  rule('5.2.10', 'Minimize the admission of containers with capabilities assigned'),
  rule('5.2.11', 'Minimize the admission of Windows HostProcess containers', ['host-process']),
  rule('5.2.12', 'Minimize the admission of HostPath volumes', ['host-path', 'docker-socket']),
  rule('5.2.13', 'Minimize the admission of containers which use HostPorts', ['host-port']),
  outside('5.3.1', 'Ensure that the CNI in use supports NetworkPolicies', 'the network plugin of the cluster'),
  rule('5.3.2', 'Ensure that all Namespaces have NetworkPolicies defined'),
  rule('5.4.1', 'Prefer using Secrets as files over Secrets as environment variables', ['secret-in-environment']),
  outside('5.4.2', 'Consider external secret storage', 'a secret store with its operator or CSI driver'),
  outside(
    '5.5.1',
    'Configure image provenance using the ImagePolicyWebhook admission controller',
    'an admission controller that checks signatures',
  ),
  outside(
    '5.7.1',
    'Create administrative boundaries between resources using namespaces',
    'whoever decides where an application is applied',
  ),
  rule('5.7.2', 'Ensure that the seccomp profile is set to docker/default in your pod definitions'),
  rule('5.7.3', 'Apply Security Context to Your Pods and Containers'),
  outside('5.7.4', 'The default namespace should not be used', 'whoever decides where an application is applied'),
];

/** NSA/CISA Kubernetes Hardening Guide v1.2, the advice of its chapters; the ids are ours, because it has none. */
const NSA: readonly Rule[] = [
  rule('non-root', '"Non-root" containers'),
  rule('immutable-root-filesystem', 'Immutable container file systems'),
  rule('privileged', 'Privileged containers', ['privileged-container']),
  rule('host-namespaces', 'Namespaces of the host', ['host-namespace']),
  rule('host-paths', 'Volumes with files of the host', ['host-path']),
  rule('capabilities', 'Pod security enforcement'),
  rule('seccomp', 'Hardening applications: seccomp'),
  rule('mandatory-access-control', 'Hardening applications: SELinux and AppArmor'),
  rule('sandbox', 'Hardening container environments: sandboxes and user namespaces'),
  rule('pod-security', 'Pod Security Admission'),
  rule('service-account-token', 'Protecting Pod service account tokens'),
  rule('resource-limits', 'Resource policies'),
  rule('rights', 'Role-based access control', ['wildcard-rights', 'broad-binding', 'cluster-admin-binding', 'reads-secrets']),
  rule('secrets', 'Protecting sensitive information', ['secret-in-environment']),
  outside('images', 'Building secure container images, scanning', 'the build of images and the registry'),
  rule('network-policies', 'Network policies'),
  outside('namespaces', 'Separation of namespaces', 'whoever decides where an application is applied'),
  outside(
    'control-plane',
    'Control plane hardening, etcd, kubeconfig files, worker nodes',
    'whoever runs the cluster; check with kube-bench',
  ),
  outside('encryption', 'Encryption in transit and of etcd', 'the configuration of the API server, a service mesh'),
  outside('metadata', 'Protecting cloud infrastructure: the metadata service', 'the cloud provider, or a NetworkPolicy'),
  outside('audit', 'Audit logging, threat detection', 'the configuration of the API server, tools on the nodes'),
  outside('upgrading', 'Upgrading and application security practices', 'whoever runs the cluster'),
];

/** All rules of kubesec v2 for pods. */
const KUBESEC: readonly Rule[] = [
  ...['ApparmorAny', 'ServiceAccountName', 'ReadOnlyRootFilesystem', 'RunAsNonRoot', 'RunAsUser', 'RunAsGroup'].map((id) =>
    rule(id),
  ),
  ...['CapDropAny', 'CapDropAll', 'RequestsCPU', 'LimitsCPU', 'RequestsMemory', 'LimitsMemory', 'SeccompAny'].map((id) =>
    rule(id),
  ),
  ...['AutomountServiceAccountToken', 'HostUsers', 'SeccompUnconfined', 'AllowPrivilegeEscalation'].map((id) => rule(id)),
  rule('ApparmorUnconfined', '', ['apparmor-profile']),
  rule('HostNetwork', '', ['host-namespace']),
  rule('HostPID', '', ['host-namespace']),
  rule('HostIPC', '', ['host-namespace']),
  rule('Privileged', '', ['privileged-container']),
  rule('CapSysAdmin', '', ['capability-added']),
  rule('DockerSock', '', ['docker-socket']),
  rule('ProcMount', '', ['host-path']),
  rule('SecretsAsEnvironmentVariables', '', ['secret-in-environment']),
  rule('BindingsToSystemAnonymous', '', ['broad-binding']),
  outside('HostAliases', '', 'a decision about names, which no field replaces'),
  outside('VolumeClaimAccessModeReadWriteOnce', 'StatefulSet', 'a decision about storage'),
  outside('VolumeClaimRequestsStorage', 'StatefulSet', 'a decision about storage'),
];

/** The checks of kube-linter that are about security. */
const KUBE_LINTER: readonly Rule[] = [
  ...['default-service-account', 'drop-net-raw-capability', 'no-read-only-root-fs', 'privilege-escalation-container'].map((id) =>
    rule(id),
  ),
  ...['run-as-non-root', 'unset-cpu-requirements', 'unset-memory-requirements'].map((id) => rule(id)),
  rule('privileged-container', '', ['privileged-container']),
  rule('host-network', '', ['host-namespace']),
  rule('host-pid', '', ['host-namespace']),
  rule('host-ipc', '', ['host-namespace']),
  rule('docker-sock', '', ['docker-socket']),
  rule('sensitive-host-mounts', '', ['host-path']),
  rule('writable-host-mount', '', ['host-path']),
  rule('unsafe-proc-mount', '', ['proc-mount']),
  rule('unsafe-sysctls', '', ['unsafe-sysctl']),
  rule('env-var-secret', '', ['secret-in-environment']),
  rule('access-to-secrets', '', ['reads-secrets']),
  rule('access-to-create-pods', '', ['creates-pods']),
  rule('cluster-admin-role-binding', '', ['cluster-admin-binding']),
  rule('wildcard-in-rules', '', ['wildcard-rights']),
  rule('non-isolated-pod'),
  rule('latest-tag', '', ['latest-image']),
  outside('exposed-services', '', 'a decision about who reaches the application'),
  outside('read-secret-from-env-var', '', 'the program, which has to read a file instead'),
  outside('non-existent-service-account', '', 'the files that are given to it: kharden writes the account that it names'),
];

/** The checks of kube-score that are about security. */
const KUBE_SCORE: readonly Rule[] = [
  rule('container-resources'),
  rule('container-ephemeral-storage-request-and-limit', 'only where the configuration gives an amount'),
  rule('container-image-pull-policy'),
  ...['container-security-context-user-group-id', 'container-security-context-readonlyrootfilesystem'].map((id) => rule(id)),
  rule('container-security-context-privileged', '', ['privileged-container']),
  rule('container-seccomp-profile'),
  rule('pod-networkpolicy'),
  rule('container-image-tag', '', ['latest-image']),
];

/** All guides, but for the Pod Security Standards, whose controls are in the program itself. */
export const GUIDES: readonly Guide[] = [
  { standard: 'cis', rules: CIS },
  { standard: 'nsa', rules: NSA },
  { standard: 'kubesec', rules: KUBESEC },
  { standard: 'kubeLinter', rules: KUBE_LINTER },
  { standard: 'kubeScore', rules: KUBE_SCORE },
];

/** What belongs to a cluster and not to a manifest: who does it, and how to check it. */
export const CLUSTER: readonly (readonly [what: string, who: string, check: string])[] = [
  [
    'Encryption of etcd, its certificates and its firewall',
    'whoever runs the control plane',
    'kube-bench (CIS chapters 1 and 2); `kubectl get --raw /readyz`',
  ],
  [
    'Flags of the API server: anonymous access, audit log, admission plugins',
    'whoever runs the control plane',
    'kube-bench (CIS chapter 1)',
  ],
  [
    'Flags of the kubelet: authentication, the read-only port, its certificate',
    'whoever runs the nodes',
    'kube-bench (CIS chapter 4)',
  ],
  [
    'Firewalls, access to the API server and to the metadata service of the cloud',
    'whoever runs the network',
    'a scan from outside; a request to 169.254.169.254 from a pod',
  ],
  [
    'A network plugin that enforces NetworkPolicies',
    'whoever installs the cluster',
    'a policy that denies everything, and a connection that must fail',
  ],
  [
    'Encryption and identity between workloads (service mesh)',
    'whoever runs the mesh',
    'its own check, such as `istioctl analyze` or `linkerd check`',
  ],
  [
    'Signatures and provenance of images',
    'the build, and an admission controller',
    '`cosign verify`; an image without a signature that must be refused',
  ],
  ['Vulnerabilities in images', 'the build and the registry', 'a scanner such as trivy or grype'],
  ['Security patches of nodes and of Kubernetes', 'whoever runs the nodes', '`kubectl get nodes -o wide`'],
  ['Rights of people, and how they sign in', 'whoever runs the cluster', '`kubectl auth can-i --list --as USER`'],
  ['What happens at run time (Falco, Tetragon)', 'whoever runs the nodes', 'a shell in a container that must be reported'],
];
