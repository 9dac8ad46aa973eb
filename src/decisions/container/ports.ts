/** Ports that only root may listen on. */
import type { ImageKnowledge } from '../../images/index.ts';
import { itemsAt, member, path } from '../../util/json.ts';
import { mountsOf } from '../../kubernetes/volumes.ts';
import type { Container } from '../../kubernetes/object.ts';

const FIRST_UNPRIVILEGED = 1024;
const GIVES_SETTINGS = ['command', 'args', 'env', 'envFrom'];

/**
 * The lowest port below 1024 that a container declares; when it declares none, or gives nothing that could move the port, the
 * lowest that its image is known to use: a declaration alone changes nothing.
 */
export function lowestPort(container: Container, knowledge: ImageKnowledge | undefined): number | undefined {
  const declared = itemsAt(container.value, 'ports').flatMap((port) => {
    const number = member(port, 'containerPort');
    return typeof number === 'number' ? [number] : [];
  });
  const known = knowledge?.needs.includes('low-port') ? knowledge.privilegedPorts : [];
  const isTold = declared.length > 0 && GIVES_SETTINGS.some((field) => path(container.value, field) !== undefined);
  const isConfigured = isTold || mountsOf(container).some(({ nature }) => nature !== 'scratch');
  const low = [...declared, ...(declared.length > 0 && isConfigured ? [] : known)].filter(
    (port) => port > 0 && port < FIRST_UNPRIVILEGED,
  );
  return low.toSorted((left, right) => left - right)[0];
}
