/**
 * The annotations that set security profiles before fields did: of seccomp until Kubernetes 1.19 (KEP-135; nothing reads them
 * since 1.27), of AppArmor until 1.30 (KEP-24).
 */
import type { JsonObject } from '../util/json.ts';
import type { Pod } from './object.ts';

/** The field that replaced the annotations. */
export type ProfileField = 'seccompProfile' | 'appArmorProfile';

const SECCOMP_OF_POD = 'seccomp.security.alpha.kubernetes.io/pod';
const OF_CONTAINER: Readonly<Record<ProfileField, string>> = {
  seccompProfile: 'container.seccomp.security.alpha.kubernetes.io/',
  appArmorProfile: 'container.apparmor.security.beta.kubernetes.io/',
};

export interface ProfileAnnotation {
  readonly annotation: string;
  /** The container that it is about, undefined for the whole pod. */
  readonly container: string | undefined;
  readonly profile: JsonObject;
}

/** The annotations whose value has a meaning, as the fields that say the same. */
export function profileAnnotations(pod: Pod, field: ProfileField): ProfileAnnotation[] {
  const prefix = OF_CONTAINER[field];
  return Object.entries(pod.annotations).flatMap(([annotation, value]) => {
    const container = annotation.startsWith(prefix) ? annotation.slice(prefix.length) : undefined;
    const profile = typeof value === 'string' ? profileOf(value) : undefined;
    const isOfPod = field === 'seccompProfile' && annotation === SECCOMP_OF_POD;
    return profile && (isOfPod || container !== undefined) ? [{ annotation, container, profile }] : [];
  });
}

/** The name of the annotation for a container, or for the whole pod; AppArmor has none for the pod. */
export function annotationFor(field: ProfileField, container: string | undefined): string | undefined {
  if (container !== undefined) return OF_CONTAINER[field] + container;
  return field === 'seccompProfile' ? SECCOMP_OF_POD : undefined;
}

/** The values of the annotations: `SeccompFieldForAnnotation` in the API server of Kubernetes 1.19, `GetProfile` of AppArmor. */
function profileOf(value: string): JsonObject | undefined {
  if (value === 'runtime/default' || value === 'docker/default') return { type: 'RuntimeDefault' };
  if (value === 'unconfined') return { type: 'Unconfined' };
  return value.startsWith('localhost/') ? { type: 'Localhost', localhostProfile: value.slice('localhost/'.length) } : undefined;
}
