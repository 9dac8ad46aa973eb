/** Ports that only root may listen on. */
import type { ImageKnowledge } from '../images/index.ts';
import { itemsAt, member } from '../json.ts';
import type { Container } from '../kubernetes/workload.ts';

const FIRST_UNPRIVILEGED = 1024;

/** The lowest port below 1024 that a container declares; when it declares none, the lowest that its image is known to use. */
export function lowestPort(container: Container, knowledge: ImageKnowledge | undefined): number | undefined {
  const declared = itemsAt(container.value, 'ports').flatMap((port) => {
    const number = member(port, 'containerPort');
    return typeof number === 'number' ? [number] : [];
  });
  const known = knowledge?.needs.includes('low-port') ? knowledge.privilegedPorts : [];
  const low = (declared.length > 0 ? declared : known).filter((port) => port > 0 && port < FIRST_UNPRIVILEGED);
  return low.length > 0 ? Math.min(...low) : undefined;
}
