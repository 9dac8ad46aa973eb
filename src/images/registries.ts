/** Registries that publish images for everyone. */
import type { ImageReference } from '../kubernetes/image-reference.ts';

/**
 * Registries all of whose images can be pulled without a login, by their documentation: Kubernetes ("registry.k8s.io"), Amazon
 * ECR Public ("Registry authentication"), Microsoft Artifact Registry, the Red Hat Ecosystem Catalog (registry.access.redhat.com;
 * registry.redhat.io wants a login), Elastic, LinuxServer.io, and Google's cache of Docker Hub's public images.
 */
const OPEN = [
  'registry.k8s.io',
  'k8s.gcr.io',
  'public.ecr.aws',
  'mcr.microsoft.com',
  'registry.access.redhat.com',
  'docker.elastic.co',
  'lscr.io',
  'mirror.gcr.io',
];

/** Registries of public and of private images: Docker Hub, Quay, GitHub, Google, GitLab, NVIDIA and Chainguard. */
const MIXED = [
  'docker.io',
  'index.docker.io',
  'registry-1.docker.io',
  'quay.io',
  'ghcr.io',
  'gcr.io',
  'registry.gitlab.com',
  'nvcr.io',
  'cgr.dev',
];

export const PUBLIC_REGISTRIES: readonly string[] = [...OPEN, ...MIXED];

/**
 * True when everyone can pull an image: it is in a registry without private ones, or it is known and in one that has both. The
 * official images of Docker Hub (`library/`) are known as such.
 */
export function isPublic({ registry, repository }: ImageReference, isKnown: boolean): boolean {
  if (OPEN.includes(registry)) return true;
  const isOfficial = registry === 'docker.io' && repository.startsWith('library/');
  return isOfficial || (isKnown && (MIXED.includes(registry) || registry.endsWith('.pkg.dev')));
}
