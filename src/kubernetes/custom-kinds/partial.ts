/**
 * The custom resources that show only a part of a pod: their controllers add containers and fields of their own, so that a whole
 * pod cannot be decided about. Only what holds whatever they add is written.
 */
import { POD_LISTS, type ContainerList, type KnownCustomKind } from './kind.ts';

const TEKTON = 'github.com/tektoncd/pipeline/pkg/pod/pod.go';
const WORKFLOWS = 'github.com/argoproj/argo-workflows/workflow/controller/workflowpod.go';
const ELASTIC = 'github.com/elastic/cloud-on-k8s/v3/pkg/controller';
const PROMETHEUS = 'github.com/prometheus-operator/prometheus-operator/pkg';

/** Fields of a container that hold for itself alone, whoever else is in its pod and whatever files they share. */
export const OWN_FIELDS = ['allowPrivilegeEscalation', 'capabilities', 'privileged', 'runAsNonRoot', 'seccompProfile'];

function ownFields(lists: readonly ContainerList[]): string[] {
  const places = lists.map(({ field, isSingle }) => (isSingle ? `/spec/${field}` : `/spec/${field}/*`));
  return places.flatMap((place) => OWN_FIELDS.map((name) => `${place}/securityContext/${name}`));
}

/**
 * Steps share a workspace, and each runs as its image wants. A security context in a `podTemplate` would take the place of the
 * one in the `default-pod-template` of the cluster (`MergePodTemplateWithDefault`), and is also for Tasks that the object only
 * names; any step may use the token of the pod.
 */
const STEPS: readonly ContainerList[] = [{ field: 'sidecars' }, { field: 'steps', template: 'stepTemplate' }];

function tekton(kind: string, podSpecs: readonly string[]): KnownCustomKind {
  return { group: 'tekton.dev', kind, podSpecs, refuses: [], takes: ownFields(STEPS), partOf: STEPS, source: TEKTON };
}

/** The tasks of a pipeline that stand in it. */
function tasks(at: string): string[] {
  return [`${at}/tasks/*/taskSpec`, `${at}/finally/*/taskSpec`];
}

/**
 * The executor is beside each container of a template, and often needs the token; the security context of a template takes the
 * place of that of its workflow (`addSchedulingConstraints`), which may come from the configuration of the controller.
 */
const TEMPLATE: readonly ContainerList[] = [
  { field: 'initContainers' },
  { field: 'container', isSingle: true },
  { field: 'script', isSingle: true },
  { field: 'containers' },
  { field: 'sidecars' },
];

function workflow(kind: string, spec: string): KnownCustomKind {
  const podSpecs = [`${spec}/templates/*`, `${spec}/templates/*/containerSet`];
  const takes = ownFields(TEMPLATE);
  return { group: 'argoproj.io', kind, podSpecs, refuses: [], takes, partOf: TEMPLATE, source: WORKFLOWS };
}

/** Namespaces of the node can be taken away where the author asked for them. */
const NODE = ['/spec/hostNetwork', '/spec/hostPID', '/spec/hostIPC'];
const SECCOMP = '/spec/securityContext/seccompProfile';

/** The operator sets `automountServiceAccountToken: false` itself, and a security context only where there is none. */
function elastic(
  name: string,
  kind: string,
  podSpecs: readonly string[],
  file: string,
  completes: readonly string[] = [],
): KnownCustomKind {
  const takes = [...ownFields(POD_LISTS), SECCOMP, '/spec/enableServiceLinks', ...NODE];
  const source = `${ELASTIC}/${file}`;
  return { group: `${name}.k8s.elastic.co`, kind, podSpecs, refuses: [], takes, completes, partOf: POD_LISTS, source };
}

const OF_POD = ['/spec/securityContext'];
const OF_ALL = [...OF_POD, ...POD_LISTS.map(({ field }) => `/spec/${field}/*/securityContext`)];

/** The security context of the pod is the author's alone; those of the operator's containers are merged with what is there. */
function prometheus(kind: string, file: string, besides: readonly string[]): KnownCustomKind {
  const takes = [...ownFields(POD_LISTS), SECCOMP, ...besides];
  const source = `${PROMETHEUS}/${file}`;
  return { group: 'monitoring.coreos.com', kind, podSpecs: ['/spec'], refuses: [], takes, partOf: POD_LISTS, source };
}

/** In the order of their groups. */
export const PARTIAL_KINDS: readonly KnownCustomKind[] = [
  elastic(
    'agent',
    'Agent',
    ['daemonSet', 'deployment', 'statefulSet'].map((one) => `/spec/${one}/podTemplate/spec`),
    'agent/pod.go',
  ),
  workflow('ClusterWorkflowTemplate', '/spec'),
  workflow('CronWorkflow', '/spec/workflowSpec'),
  workflow('Workflow', '/spec'),
  workflow('WorkflowTemplate', '/spec'),
  elastic(
    'beat',
    'Beat',
    ['daemonSet', 'deployment'].map((one) => `/spec/${one}/podTemplate/spec`),
    'beat/common/pod.go',
  ),
  elastic('elasticsearch', 'Elasticsearch', ['/spec/nodeSets/*/podTemplate/spec'], 'elasticsearch/nodespec/podspec.go', OF_ALL),
  elastic('kibana', 'Kibana', ['/spec/podTemplate/spec'], 'kibana/pod.go', OF_ALL),
  elastic('logstash', 'Logstash', ['/spec/podTemplate/spec'], 'logstash/pod.go', OF_POD),
  // It calls no API, and its CRD has the field since 0.66.
  prometheus('Alertmanager', 'alertmanager/statefulset.go', ['/spec/automountServiceAccountToken']),
  prometheus('Prometheus', 'prometheus/server/statefulset.go', ['/spec/hostNetwork']),
  prometheus('PrometheusAgent', 'prometheus/agent/statefulset.go', ['/spec/hostNetwork']),
  prometheus('ThanosRuler', 'thanos/statefulset.go', []),
  tekton('ClusterTask', ['/spec']),
  tekton('Pipeline', tasks('/spec')),
  tekton('PipelineRun', tasks('/spec/pipelineSpec')),
  tekton('Task', ['/spec']),
  tekton('TaskRun', ['/spec/taskSpec']),
];
