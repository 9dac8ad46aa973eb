/** Containers for which a limit does more harm than good: what a node, a cluster or every request depends on. */
import type { ContainerDecision } from '../container/container.ts';
import type { Container, Pod } from '../../kubernetes/object.ts';
import { itemsAt, stringAt } from '../../util/json.ts';

const CONTROL_PLANE =
  /^(?:kube-apiserver|kube-controller-manager|kube-scheduler|kube-proxy|etcd|cloud-controller-manager|.*-cloud-controller-manager)(?:-(?:amd64|arm64))?$/;
const INGRESS =
  /(?:^|[-_])(?:ingress|gateway|traefik|contour|envoy|kong|ambassador|emissary|apisix|proxyv2|glbc)(?:[-_]|$)|^kubernetes-ingress|^voyager/;
const INGRESS_OPTION = /^--(?:ingress-class|controller-class|election-id|default-backend-service|publish-service)(?:=|$)/;
const AUTOSCALER = /autoscaler|^(?:karpenter|keda|vpa-(?:recommender|updater|admission-controller))/;
const SYSTEM_NAMESPACE = /^(?:kube-.*|openshift-.*|.*-system|calico-.*|cilium.*)$/;
const SYSTEM_PRIORITY = /^system-(?:node|cluster)-critical$/;

/** Why a container gets no limits, as a clause without a subject; undefined when it gets some. */
export function whyUnlimited(container: Container, decision: ContainerDecision): string | undefined {
  const { pod } = container;
  const repository = decision.image?.repository ?? '';
  const image = repository.slice(repository.lastIndexOf('/') + 1);
  if (decision.privileged) return `it ${decision.privileged.why}`;
  if (CONTROL_PLANE.test(image) || isControlPlane(pod)) return 'it is part of the control plane';
  if (decision.host && !decision.host.isGuess) return `it ${decision.host.why}, so its node depends on it`;
  if (AUTOSCALER.test(image)) return 'it is an autoscaler, whose memory follows the size of the cluster';
  if (INGRESS.test(image) || takesIngressOption(container))
    return 'it carries the traffic of others, and takes its number of workers from the limit';
  return systemReason(pod);
}

function isControlPlane({ object }: Pod): boolean {
  return stringAt(object.value, 'metadata', 'labels', 'tier') === 'control-plane';
}

function takesIngressOption({ value }: Container): boolean {
  return [...itemsAt(value, 'command'), ...itemsAt(value, 'args')].some(
    (word) => typeof word === 'string' && INGRESS_OPTION.test(word),
  );
}

function systemReason({ spec, object }: Pod): string | undefined {
  const priority = stringAt(spec, 'priorityClassName') ?? '';
  if (SYSTEM_PRIORITY.test(priority)) return `its pod has the priority ${priority}`;
  if (object.kind !== 'DaemonSet') return undefined;
  return SYSTEM_NAMESPACE.test(object.namespace ?? '') ? `it is a DaemonSet of the system in ${object.namespace}` : undefined;
}
