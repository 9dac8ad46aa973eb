/** Images that nothing is known about, and texts that are no image. */
import type { ContainerDecision } from '../decisions/container.ts';
import { formatRepository } from '../kubernetes/image-reference.ts';
import type { Container, Pod } from '../kubernetes/object.ts';
import { stringAt } from '../util/json.ts';
import type { Observation } from './pod.ts';

/** What deserves a look in the images of a pod. */
export function observeImages(pod: Pod, decide: (container: Container) => ContainerDecision): Observation[] {
  return pod.containers.flatMap((container): Observation[] => {
    const { image, knowledge } = decide(container);
    const place = { at: `${container.pointer}/image`, container };
    if (!image) {
      const text = JSON.stringify(stringAt(container.value, 'image') ?? '');
      return [{ id: 'invalid-image', message: `${text} is no image that can be pulled: mend it`, ...place }];
    }
    if (knowledge && knowledge.nonRoot !== 'unknown') return [];
    const name = formatRepository(image);
    const message = `nothing is known about the image ${name}: try it before production, and describe it under images in the configuration`;
    return [{ id: 'unknown-image', severity: 'info', message, oncePerRun: name, ...place }];
  });
}
