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
  /** True when a transform of the run writes a field, the version has it, and the author did not opt out. */
  writes(field: string, container?: Container): boolean;
}

/** True for a change that the settings want. */
export function isAllowed(safety: Safety, { safeOnly }: Settings): boolean {
  return !safeOnly || safety === 'safe';
}

/** Fields by which a pod or a container has access to its node. */
export type HostField = 'hostNetwork' | 'hostPID' | 'hostIPC' | 'privileged';

/** False for access to the node that a transform of the run takes away: what is decided rests on what will be there. */
export function keepsAccess(
  field: HostField,
  { settings, writes }: Pick<DecisionContext, 'settings' | 'writes'>,
  container?: Container,
): boolean {
  return !isAllowed('may-break', settings) || !writes(field, container);
}
