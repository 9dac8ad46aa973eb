/** Whether a pod uses the Kubernetes API, by itself or by what is injected into it: then it needs its account and token. */
import { isControllerName, talksToApi } from '../../evidence/api/client.ts';
import { injectorOf, injectorOfNamespace, type InjectorSign } from '../../evidence/api/injectors.ts';
import type { Container, KubernetesObject, Pod } from '../../kubernetes/object.ts';
import { mountsProjectedToken } from '../../kubernetes/volumes.ts';
import { formatPointer } from '../../patch/index.ts';
import { commandName } from '../../shell/command.ts';
import { objectAt } from '../../util/json.ts';
import { memo } from '../../util/memo.ts';
import type { Facts } from '../../workspace/facts.ts';
import type { ContainerDecision } from '../container/container.ts';
import type { Reason } from '../basis/reason.ts';

type Decide = (container: Container) => ContainerDecision;

/**
 * What shows that a pod uses the Kubernetes API: its images, its commands and variables, a projected token, a webhook that
 * injects a client into it, or, where nothing is known about the image, the name of an operator or a controller.
 */
export function apiReason(pod: Pod, facts: Facts, decide: Decide): Reason | undefined {
  return reasonsOf(decide)(pod, facts);
}

/** Several transforms ask about a pod. */
const reasonsOf = memo((decide: Decide) =>
  memo((pod: Pod, facts: Facts): Reason | undefined => {
    for (const container of pod.containers) {
      const reason = containerReason(container, decide(container));
      if (reason) return reason;
    }
    return injectorReason(pod, facts) ?? nameReason(pod, decide);
  }),
);

function containerReason(container: Container, { knowledge, commands }: ContainerDecision): Reason | undefined {
  const known = knowledge?.usesApi;
  if (known && !commands.some((command) => known.unless?.includes(commandName(command))))
    return { why: usesApi(container, known.why), at: `${container.pointer}/image` };
  const shown = talksToApi(container.value, commands);
  if (shown) return { why: usesApi(container, shown.word), at: `${container.pointer}${shown.pointer}` };
  if (!mountsProjectedToken(container)) return undefined;
  const why = `container ${container.name} mounts a projected service account token`;
  return { why, at: `${container.pointer}/volumeMounts` };
}

function usesApi({ name }: Container, shownBy: string): string {
  return `container ${name} uses the Kubernetes API (${shownBy})`;
}

function injectorReason(pod: Pod, facts: Facts): Reason | undefined {
  const own = injectorOf(pod);
  if (own) {
    const at = formatPointer(['metadata', own.isLabel ? 'labels' : 'annotations', own.key]);
    return { why: injected(own, ''), at };
  }
  for (const namespace of namespacesOf(pod.object, facts)) {
    const marks = { annotations: namespace.annotations, labels: objectAt(namespace.value, 'metadata', 'labels') };
    const sign = injectorOfNamespace(marks, pod);
    if (sign) {
      const place = ` on Namespace ${namespace.name} (${namespace.file}:${namespace.line})`;
      return { why: injected(sign, place), at: '/spec' };
    }
  }
  return undefined;
}

function injected({ injector, mark }: InjectorSign, place: string): string {
  return `${injector} adds a container that logs in with the token (${mark}${place})`;
}

/** The Namespace object of a workload; where its namespace is not written, it may be any that is applied with it. */
function namespacesOf({ namespace }: KubernetesObject, facts: Facts): readonly KubernetesObject[] {
  if (namespace === undefined) return facts.objects('Namespace', undefined);
  const found = facts.object('Namespace', undefined, namespace);
  return found ? [found] : [];
}

/** The name of the workload or of an image tells, as long as nothing better is known about the image. */
function nameReason({ containers, object }: Pod, decide: Decide): Reason | undefined {
  const unknown = containers.filter((container) => ['likeness', 'nothing'].includes(decide(container).source));
  for (const container of unknown) {
    const name = decide(container).image?.repository.split('/').at(-1) ?? '';
    if (isControllerName(name)) {
      const why = `by its name, the image ${name} of container ${container.name} is a client of the Kubernetes API`;
      return { why, at: `${container.pointer}/image` };
    }
  }
  // Every ReplicationController may be called one.
  if (unknown.length === 0 || object.kind === 'ReplicationController' || !isControllerName(object.name)) return undefined;
  return { why: `by its name, ${object.kind} ${object.name} is a client of the Kubernetes API`, at: '/spec' };
}
