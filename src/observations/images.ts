/** Images that nothing is known about, and texts that are no image. */
import type { ContainerDecision } from '../decisions/container/container.ts';
import { formatRepository } from '../kubernetes/image-reference.ts';
import type { Container, Pod } from '../kubernetes/object.ts';
import { stringAt } from '../util/json.ts';
import { observation, type Observation } from './observation.ts';

/** The images of a pod that are unknown or that cannot be pulled. */
export function observeImages(pod: Pod, decide: (container: Container) => ContainerDecision): Observation[] {
  return pod.containers.flatMap((container): Observation[] => {
    const { image, knowledge } = decide(container);
    const place = { at: `${container.pointer}/image`, container: container.name };
    if (!image) {
      const text = JSON.stringify(stringAt(container.value, 'image') ?? '');
      return [observation('invalid-image', `no container runtime can pull the image ${text}`, place)];
    }
    if (knowledge && knowledge.nonRoot !== 'unknown') return [];
    const name = formatRepository(image);
    return [{ ...observation('unknown-image', `nothing is known about the image ${name}`, place), oncePerRun: name }];
  });
}
