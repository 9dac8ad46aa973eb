/** The custom resources whose pod templates are written as those of a Deployment, and what their controllers do not take in them. */
import type { KnownCustomKind } from './kind.ts';

const TEMPLATE = '/spec/template/spec';
const ROLLOUTS = 'github.com/argoproj/argo-rollouts/pkg/apis/rollouts/v1alpha1';
const RAY = 'github.com/ray-project/kuberay/ray-operator/apis/ray/v1';
const KNATIVE = 'knative.dev/serving/pkg/apis/serving/fieldmask.go';
const KRUISE = 'github.com/openkruise/kruise/apis/apps';
const TRAINING = 'github.com/kubeflow/training-operator/pkg/apis/kubeflow.org/v1';
const AGONES = 'agones.dev/agones/pkg/apis/agones/v1/gameserver.go';

/** Pointers from the pod to a field of each of its containers. */
function ofContainers(field: string): string[] {
  return ['containers', 'initContainers'].map((list) => `/spec/${list}/*/${field}`);
}

/** Of Kubernetes 1.30. CRDs of these controllers that are in use have the fields of an older pod: the API server refuses it there. */
const APPARMOR_FIELD = ['/spec/securityContext/appArmorProfile', ...ofContainers('securityContext/appArmorProfile')];

/**
 * Knative takes these only with feature flags that are off by default, or not at all. `hostNetwork` and its like are none of them:
 * they are only ever set to `false`, which it always takes.
 */
const REFUSED_BY_KNATIVE = [
  '/spec/securityContext',
  '/spec/hostUsers',
  '/spec/runtimeClassName',
  ...ofContainers('securityContext/appArmorProfile'),
  ...ofContainers('securityContext/capabilities/add'),
];

const ACCOUNT = ['/spec/serviceAccountName', '/spec/automountServiceAccountToken'];

/** The controller gives each game server an account whose token only its own sidecar sees. */
const REFUSED_BY_AGONES = [...ACCOUNT, ...APPARMOR_FIELD];

/** The operator gives the head an account for its autoscaler, and tells Ray how much work fits by the resources of its containers. */
const SET_BY_RAY = [...ACCOUNT, '/spec/containers/*/resources'];

/** The operator gives the launcher an account with which it runs commands in the workers by the Kubernetes API. */
const REFUSED_BY_MPI = [...ACCOUNT, ...APPARMOR_FIELD];

/**
 * The controller adds the group of the notebook's volume only to a pod without a security context. The CRD has the pod spec of
 * Kubernetes 1.23, and no metadata of the pod.
 */
const REFUSED_BY_NOTEBOOKS = ['/metadata', '/spec/securityContext', '/spec/hostUsers', ...APPARMOR_FIELD];

function kind(
  group: string,
  name: string,
  podSpecs: readonly string[],
  source: string,
  refuses: readonly string[] = [],
): KnownCustomKind {
  return { group, kind: name, podSpecs, refuses, source };
}

/** The Ray clusters below a place. */
function rayClusters(at: string): string[] {
  return [`${at}/headGroupSpec/template/spec`, `${at}/workerGroupSpecs/*/template/spec`];
}

/** In the order of their groups. */
export const WORKLOAD_KINDS: readonly KnownCustomKind[] = [
  kind('agones.dev', 'Fleet', ['/spec/template/spec/template/spec'], AGONES, REFUSED_BY_AGONES),
  kind('agones.dev', 'GameServerSet', ['/spec/template/spec/template/spec'], AGONES, REFUSED_BY_AGONES),
  kind('agones.dev', 'GameServer', [TEMPLATE], AGONES, REFUSED_BY_AGONES),
  kind('apps.kruise.io', 'CloneSet', [TEMPLATE], `${KRUISE}/v1alpha1/cloneset_types.go`),
  kind('apps.kruise.io', 'StatefulSet', [TEMPLATE], `${KRUISE}/v1beta1/statefulset_types.go`),
  kind('apps.kruise.io', 'DaemonSet', [TEMPLATE], `${KRUISE}/v1alpha1/daemonset_types.go`),
  kind('apps.kruise.io', 'BroadcastJob', [TEMPLATE], `${KRUISE}/v1alpha1/broadcastjob_types.go`),
  kind(
    'apps.kruise.io',
    'AdvancedCronJob',
    ['/spec/template/jobTemplate/spec/template/spec', '/spec/template/broadcastJobTemplate/spec/template/spec'],
    `${KRUISE}/v1alpha1/advancedcronjob_types.go`,
  ),
  kind('apps.openshift.io', 'DeploymentConfig', [TEMPLATE], 'github.com/openshift/api/apps/v1/types.go'),
  kind('argoproj.io', 'Rollout', [TEMPLATE], `${ROLLOUTS}/types.go`, APPARMOR_FIELD),
  kind('argoproj.io', 'Experiment', ['/spec/templates/*/template/spec'], `${ROLLOUTS}/experiment_types.go`, APPARMOR_FIELD),
  kind(
    'batch.volcano.sh',
    'Job',
    ['/spec/tasks/*/template/spec'],
    'volcano.sh/apis/pkg/apis/batch/v1alpha1/job.go',
    APPARMOR_FIELD,
  ),
  kind(
    'jobset.x-k8s.io',
    'JobSet',
    ['/spec/replicatedJobs/*/template/spec/template/spec'],
    'sigs.k8s.io/jobset/api/jobset/v1alpha2/jobset_types.go',
  ),
  kind(
    'keda.sh',
    'ScaledJob',
    ['/spec/jobTargetRef/template/spec'],
    'github.com/kedacore/keda/v2/apis/keda/v1alpha1/scaledjob_types.go',
  ),
  kind(
    'kubeflow.org',
    'Notebook',
    [TEMPLATE],
    'github.com/kubeflow/kubeflow/components/notebook-controller/api/v1/notebook_types.go',
    REFUSED_BY_NOTEBOOKS,
  ),
  kind('kubeflow.org', 'MPIJob', ['/spec/mpiReplicaSpecs/*/template/spec'], `${TRAINING}/mpi_types.go`, REFUSED_BY_MPI),
  kind(
    'kubeflow.org',
    'PaddleJob',
    ['/spec/paddleReplicaSpecs/*/template/spec'],
    `${TRAINING}/paddlepaddle_types.go`,
    APPARMOR_FIELD,
  ),
  kind(
    'kubeflow.org',
    'PyTorchJob',
    ['/spec/pytorchReplicaSpecs/*/template/spec'],
    `${TRAINING}/pytorch_types.go`,
    APPARMOR_FIELD,
  ),
  kind('kubeflow.org', 'TFJob', ['/spec/tfReplicaSpecs/*/template/spec'], `${TRAINING}/tensorflow_types.go`, APPARMOR_FIELD),
  kind('kubeflow.org', 'XGBoostJob', ['/spec/xgbReplicaSpecs/*/template/spec'], `${TRAINING}/xgboost_types.go`, APPARMOR_FIELD),
  kind(
    'leaderworkerset.x-k8s.io',
    'LeaderWorkerSet',
    ['/spec/leaderWorkerTemplate/leaderTemplate/spec', '/spec/leaderWorkerTemplate/workerTemplate/spec'],
    'sigs.k8s.io/lws/api/leaderworkerset/v1/leaderworkerset_types.go',
  ),
  kind('ray.io', 'RayCluster', rayClusters('/spec'), `${RAY}/raycluster_types.go`, SET_BY_RAY),
  kind(
    'ray.io',
    'RayJob',
    [...rayClusters('/spec/rayClusterSpec'), '/spec/submitterPodTemplate/spec'],
    `${RAY}/rayjob_types.go`,
    SET_BY_RAY,
  ),
  kind('ray.io', 'RayService', rayClusters('/spec/rayClusterConfig'), `${RAY}/rayservice_types.go`, SET_BY_RAY),
  kind('serving.knative.dev', 'Configuration', [TEMPLATE], KNATIVE, REFUSED_BY_KNATIVE),
  kind('serving.knative.dev', 'Service', [TEMPLATE], KNATIVE, REFUSED_BY_KNATIVE),
];
