/** The seccomp annotations of Kubernetes before 1.19 (KEP-135); since 1.27 nothing reads them. */
import type { JsonObject } from '../util/json.ts';
import type { Pod } from './object.ts';

const POD = 'seccomp.security.alpha.kubernetes.io/pod';
const CONTAINER = 'container.seccomp.security.alpha.kubernetes.io/';

export interface SeccompAnnotation {
  readonly annotation: string;
  /** The container that it is about, undefined for the whole pod. */
  readonly container: string | undefined;
  readonly profile: JsonObject;
}

/** The annotations whose value has a meaning, as the fields that say the same. */
export function seccompAnnotations(pod: Pod): SeccompAnnotation[] {
  return Object.entries(pod.annotations).flatMap(([annotation, value]) => {
    const container = annotation.startsWith(CONTAINER) ? annotation.slice(CONTAINER.length) : undefined;
    const profile = typeof value === 'string' ? profileOf(value) : undefined;
    return profile && (annotation === POD || container !== undefined) ? [{ annotation, container, profile }] : [];
  });
}

/** The values of the annotations: `SeccompFieldForAnnotation` in the API server of Kubernetes 1.19. */
function profileOf(value: string): JsonObject | undefined {
  if (value === 'runtime/default' || value === 'docker/default') return { type: 'RuntimeDefault' };
  if (value === 'unconfined') return { type: 'Unconfined' };
  return value.startsWith('localhost/') ? { type: 'Localhost', localhostProfile: value.slice('localhost/'.length) } : undefined;
}
