/** What the settings say of containers that nothing is known about. */
import { formatRepository } from '../../kubernetes/image-reference.ts';
import type { Container } from '../../kubernetes/object.ts';
import { stringAt } from '../../util/json.ts';
import type { Basis } from '../basis/basis.ts';
import type { Reason } from '../basis/reason.ts';
import type { Settings } from '../basis/settings.ts';

/** Why what depends on the image of a container is left alone, where nothing is known about it; undefined where it is hardened all the same. */
export function unknownImage(container: Container, basis: Basis, { unknownImages }: Settings): Reason | undefined {
  if (unknownImages === 'harden') return undefined;
  const at = `${container.pointer}/image`;
  const { image, runsImageProgram } = basis;
  const name = image ? formatRepository(image) : (stringAt(container.value, 'image') ?? '');
  const what = runsImageProgram ? `has the image ${name}` : 'runs a program from a volume';
  return { why: `${what}, of which nothing is known (--unknown-images harden tries it all the same)`, at, isUnknown: true };
}
