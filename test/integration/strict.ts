/** What kube-score and checkov ask for that is no hardening, and what kharden says where it leaves alone what they ask for. */

/** Checks that say nothing about security, or that no change of a manifest answers; by id, with the reason. */
export const NO_HARDENING: Readonly<Record<string, string>> = {
  // kube-score
  'container-image-tag': 'whoever releases the image chooses its tag',
  'cronjob-has-deadline': 'availability',
  'deployment-has-host-podantiaffinity': 'availability',
  'deployment-has-poddisruptionbudget': 'availability',
  'deployment-pod-selector-labels-match-template-metadata-labels': 'a mistake of the author, which the API server refuses',
  'deployment-replicas': 'availability',
  'deployment-strategy': 'availability',
  'pod-probes': 'availability',
  'pod-probes-identical': 'availability',
  'pod-topology-spread-constraints': 'availability',
  'stable-version': 'a version of the API, which kharden reports',
  'statefulset-has-host-podantiaffinity': 'availability',
  'statefulset-has-poddisruptionbudget': 'availability',
  'statefulset-has-servicename': 'a name, for which a Service has to be there',
  unreadable: 'kube-score cannot read the object, before and after',
  // checkov
  CKV_K8S_8: 'availability: liveness probes',
  CKV_K8S_9: 'availability: readiness probes',
  CKV_K8S_14: 'whoever releases the image chooses its tag',
  CKV_K8S_33: 'whether the dashboard is there at all',
  CKV_K8S_35: 'the program reads its environment, not files',
  CKV_K8S_43: 'the digest of an image is not in the manifest',
};

/** Checks that a transform of the profile answers only where the configuration gives an amount. */
export const ON_REQUEST: Readonly<Record<string, string>> = {
  'container-ephemeral-storage-request-and-limit':
    'how much a program writes to the disk of its node, nobody knows but its author',
};

/** The ids of findings, or of transforms for changes, with a text that the message holds. */
type Reasons = Readonly<Record<string, string>>;

/** The container keeps its user, and what that needs. */
const KEEPS_USER: Reasons = {
  'needs-root': '',
  'left-alone': '',
  'host-access': '',
  'privileged-container': '',
  'windows-pod': '',
};

const LOW_USER: Reasons = {
  ...KEEPS_USER,
  'explicit-value': 'runAs',
  'run-as-non-root': 'are those of the image',
  // A low number is that of somebody on the node only where the users of the pod are those of the node.
  'user-namespaces': '',
  'needs-host-users': '',
};

const WRITABLE_ROOT: Reasons = {
  'needs-writable-root': '',
  'left-alone': '',
  'privileged-container': '',
  'windows-pod': '',
  'explicit-value': 'readOnlyRootFilesystem',
};

const UNCONFINED: Reasons = { 'windows-pod': '', 'explicit-value': 'seccompProfile' };

const CAPABILITIES: Reasons = { ...KEEPS_USER, 'gains-privileges': '', 'adds-all-capabilities': '' };

/** By check: what kharden says where it leaves alone what the check asks for. */
export const EXPLANATIONS: Readonly<Record<string, Reasons>> = {
  // kube-score
  'container-image-pull-policy': { 'explicit-value': 'imagePullPolicy' },
  'container-resources': { 'no-limit': '', 'scaled-by-use': '', 'pod-resources': '' },
  'container-seccomp-profile': UNCONFINED,
  'container-security-context-readonlyrootfilesystem': WRITABLE_ROOT,
  'container-security-context-user-group-id': LOW_USER,
  'pod-networkpolicy': { 'no-labels': '', 'no-room-for-policy': '', 'system-namespace': '' },
  // checkov
  CKV_K8S_10: { 'scaled-by-use': 'cpu', 'pod-resources': '' },
  CKV_K8S_11: { 'no-limit': 'cpu', 'scaled-by-use': 'cpu', 'pod-resources': '' },
  CKV_K8S_12: { 'scaled-by-use': 'memory', 'pod-resources': '' },
  CKV_K8S_13: { 'no-limit': 'memory', 'scaled-by-use': 'memory', 'pod-resources': '' },
  CKV_K8S_15: { 'explicit-value': 'imagePullPolicy' },
  CKV_K8S_20: {
    'gains-privileges': '',
    'privileged-container': '',
    'windows-pod': '',
    'explicit-value': 'allowPrivilegeEscalation',
  },
  CKV_K8S_22: WRITABLE_ROOT,
  CKV_K8S_23: { ...KEEPS_USER, 'explicit-value': 'runAs' },
  CKV_K8S_25: { 'capability-added': '', 'adds-all-capabilities': '' },
  CKV_K8S_28: CAPABILITIES,
  CKV_K8S_29: { 'windows-pod': '' },
  CKV_K8S_30: { 'windows-pod': '' },
  CKV_K8S_31: UNCONFINED,
  CKV_K8S_37: CAPABILITIES,
  CKV_K8S_38: {
    'uses-api': '',
    'account-has-rights': '',
    'account-elsewhere': '',
    'explicit-value': 'automountServiceAccountToken',
  },
  CKV_K8S_39: { 'capability-added': 'SYS_ADMIN' },
  CKV_K8S_40: LOW_USER,
};
