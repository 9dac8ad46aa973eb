/**
 * One name per repository, however a manifest spells it: registries have second names, publishers move between them, and
 * clusters pull through caches. Sources: the migration notes of registry.k8s.io (k8s.gcr.io, gcr.io/google_containers), Docker
 * Hub's mirrors at public.ecr.aws/docker and mirror.gcr.io, and Bitnami's moves of 2025.
 */

const DOCKER_HUB = 'docker.io';

/** Names that begin with the first are the same repositories as those that begin with the second. */
const ALIASES: readonly (readonly [prefix: string, replacement: string])[] = [
  ['index.docker.io', DOCKER_HUB],
  ['registry-1.docker.io', DOCKER_HUB],
  ['registry.hub.docker.com', DOCKER_HUB],
  ['public.ecr.aws/docker/library', `${DOCKER_HUB}/library`],
  ['mirror.gcr.io', DOCKER_HUB],
  ['k8s.gcr.io', 'registry.k8s.io'],
  ['gcr.io/google_containers', 'registry.k8s.io'],
  ['gcr.io/google-containers', 'registry.k8s.io'],
  ['us.gcr.io/k8s-artifacts-prod', 'registry.k8s.io'],
  ['eu.gcr.io/k8s-artifacts-prod', 'registry.k8s.io'],
  ['asia.gcr.io/k8s-artifacts-prod', 'registry.k8s.io'],
  ['gcr.io/google_samples', 'gcr.io/google-samples'],
  ['docker.io/bitnamilegacy', 'docker.io/bitnami'],
  ['docker.io/bitnamisecure', 'docker.io/bitnami'],
  ['public.ecr.aws/bitnami', 'docker.io/bitnami'],
  ['mcr.microsoft.com/oss/bitnami', 'docker.io/bitnami'],
];

/** Registries whose name inside a path means a pull-through copy: `cache.example.com/quay.io/prometheus/prometheus`. */
const MIRRORED = new Set([
  DOCKER_HUB,
  'index.docker.io',
  'registry-1.docker.io',
  'quay.io',
  'ghcr.io',
  'gcr.io',
  'k8s.gcr.io',
  'registry.k8s.io',
  'mirror.gcr.io',
  'public.ecr.aws',
  'mcr.microsoft.com',
  'docker.elastic.co',
  'registry.access.redhat.com',
  'nvcr.io',
  'cgr.dev',
  'lscr.io',
]);

/**
 * The one name of a repository.
 *
 * @param name full name without tag and digest (`k8s.gcr.io/pause`, `docker.io/library/nginx`), or a glob of such names; a
 *   name without a registry is one of Docker Hub
 * @param prefixes the user's own mirrors, such as `registry.local/dockerhub`: what follows is a name of Docker Hub, or begins
 *   with its registry
 */
export function canonicalName(name: string, prefixes: readonly string[] = []): string {
  let current = withRegistry(afterMirror(afterPrefix(name, prefixes)));
  for (const [prefix, replacement] of ALIASES) {
    if (startsWith(current, prefix)) current = replacement + current.slice(prefix.length);
  }
  return withRegistry(current);
}

function afterPrefix(name: string, prefixes: readonly string[]): string {
  const used = prefixes.map((prefix) => `${prefix.replace(/\/+$/, '')}/`).find((prefix) => name.startsWith(prefix));
  if (used === undefined) return name;
  const rest = name.slice(used.length);
  return /^[*?]/.test(rest) ? `${DOCKER_HUB}/${rest}` : rest;
}

function afterMirror(name: string): string {
  const segments = name.split('/');
  const index = segments.findIndex((segment, at) => at > 0 && at < segments.length - 1 && MIRRORED.has(segment));
  return index === -1 ? name : segments.slice(index).join('/');
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
