/** Ports that only root may listen on. */
import { declaredPorts, listeningPorts, numberOf } from '../../evidence/ports.ts';
import { mountsOf } from '../../kubernetes/volumes.ts';
import type { Container, Pod } from '../../kubernetes/object.ts';
import { itemsAt, member, objectAt, path, type JsonObject } from '../../util/json.ts';
import type { Facts } from '../../workspace/facts.ts';
import type { Basis } from '../basis/basis.ts';

const FIRST_UNPRIVILEGED = 1024;
const GIVES_SETTINGS = ['command', 'args', 'env', 'envFrom'];

/**
 * The lowest port below 1024 that a container listens on: one that it declares, that its arguments, variables or probes show, or
 * that a Service sends to. When nothing shows a port, or a declaration stands alone, the lowest that its image is known to use: a
 * declaration changes nothing.
 */
export function lowestPort(
  container: Container,
  { knowledge, commands, runsImageProgram }: Basis,
  facts: Facts,
): number | undefined {
  const declared = declaredPorts(container);
  const shown = runsImageProgram ? listeningPorts(container, commands) : [];
  const asked = declared.length + shown.length > 0 ? [] : servicePorts(container, facts);
  const known = knowledge?.needs.includes('low-port') ? knowledge.privilegedPorts : [];
  const isTold = declared.length > 0 && GIVES_SETTINGS.some((field) => path(container.value, field) !== undefined);
  const isConfigured = isTold || mountsOf(container).some(({ nature }) => nature !== 'scratch');
  const low = [...declared, ...shown, ...asked, ...(declared.length > 0 && isConfigured ? [] : known)].filter(
    (port) => port > 0 && port < FIRST_UNPRIVILEGED,
  );
  return low.toSorted((left, right) => left - right)[0];
}

/** The ports that the Services of the inputs send to, for the only container of a pod that declares none. */
function servicePorts(container: Container, facts: Facts): number[] {
  const { pod, role } = container;
  if (role !== 'container' || pod.containers.some((one) => one !== container && one.role === 'container')) return [];
  const labels = labelsOf(pod);
  if (Object.keys(labels).length === 0) return [];
  return facts
    .objects('Service', pod.object.namespace)
    .filter(({ value }) => selects(objectAt(value, 'spec', 'selector'), labels))
    .flatMap(({ value }) => itemsAt(value, 'spec', 'ports'))
    .flatMap((port) => numberOf(member(port, 'targetPort') ?? member(port, 'port'), container) ?? []);
}

function labelsOf({ metadataPointer, object }: Pod): JsonObject {
  return metadataPointer === undefined ? {} : objectAt(object.value, ...metadataPointer.split('/').slice(1), 'labels');
}

/** A Service without a selector selects nothing (API reference, ServiceSpec). */
function selects(selector: JsonObject, labels: JsonObject): boolean {
  const wanted = Object.entries(selector);
  return wanted.length > 0 && wanted.every(([key, value]) => labels[key] === value);
}
