/**
 * One name per repository, however a manifest spells it: registries have second names, publishers move between them, and
 * clusters pull through caches. Sources: the migration notes of registry.k8s.io (k8s.gcr.io, gcr.io/google_containers), the
 * promotion of its images (kubernetes/k8s.io, registry.k8s.io/images/k8s-staging-*), Docker Hub's mirrors at public.ecr.aws/docker
 * and mirror.gcr.io, the endpoints of Amazon ECR Public, and Bitnami's moves of 2025.
 */

import { PUBLIC_REGISTRIES } from './registries.ts';

const DOCKER_HUB = 'docker.io';

/** Names that begin with the first are the same repositories as those that begin with the second. */
const ALIASES: readonly (readonly [prefix: string, replacement: string])[] = [
  ['index.docker.io', DOCKER_HUB],
  ['registry-1.docker.io', DOCKER_HUB],
  ['registry.hub.docker.com', DOCKER_HUB],
  ['ecr-public.aws.com', 'public.ecr.aws'],
  ['public.ecr.aws/docker/library', `${DOCKER_HUB}/library`],
  ['mirror.gcr.io', DOCKER_HUB],
  ['k8s.gcr.io', 'registry.k8s.io'],
  ['gcr.io/google_containers', 'registry.k8s.io'],
  ['gcr.io/google-containers', 'registry.k8s.io'],
  ['us.gcr.io/k8s-artifacts-prod', 'registry.k8s.io'],
  ['eu.gcr.io/k8s-artifacts-prod', 'registry.k8s.io'],
  ['asia.gcr.io/k8s-artifacts-prod', 'registry.k8s.io'],
  ['gcr.io/google_samples', 'gcr.io/google-samples'],
  ['registry.istio.io/testing/calico', 'quay.io/calico'],
  ['docker.io/bitnamilegacy', 'docker.io/bitnami'],
  ['docker.io/bitnamisecure', 'docker.io/bitnami'],
  ['public.ecr.aws/bitnami', 'docker.io/bitnami'],
  ['mcr.microsoft.com/oss/bitnami', 'docker.io/bitnami'],
  ['mcr.microsoft.com/oss/kubernetes-csi', 'registry.k8s.io/sig-storage'],
  ['mcr.microsoft.com/oss/v2/kubernetes-csi', 'registry.k8s.io/sig-storage'],
];

/** Where images of Kubernetes are built before they are promoted to a folder of registry.k8s.io. */
const STAGING = /^(?:gcr\.io\/k8s-staging-|us-central1-docker\.pkg\.dev\/k8s-staging-images\/)(?=[^/*?]+\/)/;

/** Registries whose name inside a path means a copy: `cache.example.com/quay.io/prometheus/prometheus`. */
const MIRRORED = new Set(PUBLIC_REGISTRIES);

/** The same registries in names that may hold no dots, as projects of Harbor and repositories of Artifactory: `quay-io`. */
const FOLDERS: ReadonlyMap<string, string> = new Map([
  ...[...MIRRORED].map((registry) => [registry.replaceAll('.', '-'), registry] as const),
  ['dockerhub', DOCKER_HUB],
  ['docker-hub', DOCKER_HUB],
]);

/** What people write beside the name of the registry: `dockerhub-proxy`, `proxy-quay-io`. */
const PURPOSE = /^(?:proxy|cache|mirror)-|-(?:proxy|cache|mirror|remote)$/;

/** Prefixes that Amazon ECR suggests for its pull-through caches (Amazon ECR User Guide, "Creating a pull through cache rule"). */
const ECR = /^\d{12}\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com$/;
const ECR_FOLDERS: ReadonlyMap<string, string> = new Map([
  ['docker-hub', DOCKER_HUB],
  ['ecr-public', 'public.ecr.aws'],
  ['github', 'ghcr.io'],
  ['kubernetes', 'registry.k8s.io'],
  ['quay', 'quay.io'],
]);

/**
 * The one name of a repository.
 *
 * A copy says so by a folder in its path: a registry (`quay.io`, `quay-io`, `dockerhub-proxy`), or `library` right before the
 * name of an official image. Folders at the top of a public registry are names of owners there, so `quay.io/dockerhub/x` is no copy.
 *
 * @param name full name without tag and digest (`k8s.gcr.io/pause`, `docker.io/library/nginx`), or a glob of such names; a
 *   name without a registry is one of Docker Hub
 * @param prefixes the user's own mirrors, such as `registry.local/dockerhub`: what follows is a name of Docker Hub, or begins
 *   with its registry
 */
export function canonicalName(name: string, prefixes: readonly string[] = []): string {
  let current = withRegistry(afterMirror(afterPrefix(name, prefixes))).replace(STAGING, 'registry.k8s.io/');
  for (const [prefix, replacement] of ALIASES) {
    if (startsWith(current, prefix)) current = replacement + current.slice(prefix.length);
  }
  return withRegistry(current);
}

/** The names under which the user's own globs may mean a repository: the one name, and the name as it is written. */
export function namesOf(name: string, prefixes: readonly string[] = []): readonly string[] {
  return [...new Set([canonicalName(name, prefixes), withRegistry(name)])];
}

function afterPrefix(name: string, prefixes: readonly string[]): string {
  const used = prefixes.map((prefix) => `${prefix.replace(/\/+$/, '')}/`).find((prefix) => name.startsWith(prefix));
  if (used === undefined) return name;
  const rest = name.slice(used.length);
  return /^[*?]/.test(rest) ? `${DOCKER_HUB}/${rest}` : rest;
}

function afterMirror(name: string): string {
  const segments = name.split('/');
  const folders = segments.slice(0, -1);
  const registries = folders.map((segment, index) => (index > 0 ? registryOf(segment, index, segments[0] ?? '') : undefined));
  const index = registries.findIndex((registry) => registry !== undefined);
  if (index !== -1) return [registries[index], ...segments.slice(index + 1)].join('/');
  return isOfficialCopy(segments) ? `${DOCKER_HUB}/${segments.slice(-2).join('/')}` : name;
}

/** The registry that a folder in the path of a repository stands for. */
function registryOf(folder: string, index: number, host: string): string | undefined {
  if (MIRRORED.has(folder)) return folder;
  if (!isRegistry(host) || (index === 1 && MIRRORED.has(host))) return undefined;
  const ofEcr = index === 1 && ECR.test(host) ? ECR_FOLDERS.get(folder) : undefined;
  return ofEcr ?? FOLDERS.get(folder) ?? FOLDERS.get(folder.replace(PURPOSE, ''));
}

/** True for `registry.local/team/library/nginx`; a glob of all that lies in such a folder may mean the user's own images. */
function isOfficialCopy(segments: readonly string[]): boolean {
  const [host = '', name = ''] = [segments[0], segments.at(-1)];
  return segments.length > 2 && segments.at(-2) === 'library' && isRegistry(host) && !MIRRORED.has(host) && !/[*?{\\]/.test(name);
}

function isRegistry(segment: string): boolean {
  return /[.:]/.test(segment) || segment === 'localhost';
}

/**
 * A glob that begins with a wildcard may mean any registry, so nothing is put in front of it. Below `docker.io/` such a glob
 * means every repository there, not only those of `library/`.
 */
function withRegistry(name: string): string {
  if (/^[*?]/.test(name)) return name;
  const [first = '', ...rest] = name.split('/');
  const hasRegistry = rest.length > 0 && (/[.:*?]/.test(first) || first === 'localhost');
  const full = hasRegistry ? name : `${DOCKER_HUB}/${name}`;
  return full.replace(/^docker\.io\/([^/*?][^/]*)$/, 'docker.io/library/$1');
}

function startsWith(name: string, prefix: string): boolean {
  return name === prefix || name.startsWith(`${prefix}/`);
}
