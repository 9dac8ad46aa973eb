/** What a container is decided with. */
import type { ImageReference } from '../../kubernetes/image-reference.ts';
import type { Container } from '../../kubernetes/object.ts';
import type { Facts } from '../../workspace/facts.ts';
import type { Basis } from '../basis/basis.ts';
import type { Settings } from '../basis/settings.ts';

/** `may-break`: what depends on it can stop the workload. */
export type Safety = 'safe' | 'may-break';

export interface DecisionContext {
  readonly settings: Settings;
  readonly facts: Facts;
  /** What the decisions about a container of the pod rest on. */
  basisOf(container: Container): Basis;
  /** True for an init container, started before the one that is asked about, that is root after this run. */
  staysRoot(initContainer: Container): boolean;
  /** The paths that the user names for the container, in the configuration for its image or in an annotation. */
  writable(container: Container, image: ImageReference | undefined): readonly string[];
  /** True when a transform of the run writes a field, the version has it, and the author did not opt this container out. */
  writes(field: string, container: Container): boolean;
}

/** True for a change that the settings want. */
export function isAllowed(safety: Safety, { safeOnly }: Settings): boolean {
  return !safeOnly || safety === 'safe';
}
