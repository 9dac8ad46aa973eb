/**
 * Container image references as a container runtime reads them: the grammar, the Docker Hub defaults and the limits of
 * `ParseNormalizedNamed` in github.com/distribution/reference, and the digest algorithms of opencontainers/go-digest.
 */

/** One image reference with the defaults of Docker Hub made explicit; a missing tag stays missing (it means `latest`). */
export interface ImageReference {
  /** Host, and port when there is one: `docker.io`, `localhost:5000`, `[::1]:5000`. */
  readonly registry: string;
  /** Path inside the registry, lower case, without tag: `library/nginx`, `prometheus/node-exporter`. */
  readonly repository: string;
  readonly tag: string | undefined;
  /** With its algorithm: `sha256:` and 64 hexadecimal digits. */
  readonly digest: string | undefined;
}

const DEFAULT_REGISTRY = 'docker.io';
const LEGACY_REGISTRY = 'index.docker.io';
const MAX_REPOSITORY_LENGTH = 255;

// Each alternative starts with another character than the one before it may end with: no match is tried twice.
const LABEL = '[a-zA-Z0-9]+(?:-+[a-zA-Z0-9]+)*';
const REGISTRY = new RegExp(`^(?:${LABEL}(?:\\.${LABEL})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?$`);
const COMPONENT = '[a-z0-9]+(?:(?:[.]|__?|-+)[a-z0-9]+)*';
const REMAINDER = new RegExp(`^(${COMPONENT}(?:/${COMPONENT})*)(?::(\\w[\\w.-]{0,127}))?(?:@(.+))?$`);
const DIGEST = /^(?:sha256:[a-f0-9]{64}|sha384:[a-f0-9]{96}|sha512:[a-f0-9]{128})$/;
const IDENTIFIER = /^[a-f0-9]{64}$/;

/**
 * Parses the `image` of a container.
 *
 * @returns the parts, or undefined for everything that no runtime can pull: the empty text, templates and placeholders
 *   (`${IMAGE}`, `{{ image }}`, `@IMAGE@`, `<image>`), upper case in the repository, a repository of more than 255
 *   characters, a tag of more than 128, a digest of the wrong length, 64 bare hexadecimal digits.
 */
export function parseImageReference(text: string): ImageReference | undefined {
  if (IDENTIFIER.test(text)) return undefined;
  const [registry, remainder] = splitRegistry(text);
  const [, repository, tag, digest] = REMAINDER.exec(remainder) ?? [];
  if (repository === undefined || !REGISTRY.test(registry)) return undefined;
  if (digest !== undefined && !DIGEST.test(digest)) return undefined;
  const explicit = registry === DEFAULT_REGISTRY && !repository.includes('/') ? `library/${repository}` : repository;
  return explicit.length > MAX_REPOSITORY_LENGTH ? undefined : { registry, repository: explicit, tag, digest };
}

/** The full name of the repository without tag and digest, as image knowledge is keyed: `docker.io/library/nginx`. */
export function formatRepository(reference: ImageReference): string {
  return `${reference.registry}/${reference.repository}`;
}

/** What stands before the first slash is a registry only if it cannot be the name of a Docker Hub user. */
function splitRegistry(text: string): readonly [registry: string, remainder: string] {
  const slash = text.indexOf('/');
  const first = text.slice(0, Math.max(slash, 0));
  const isRegistry = first === 'localhost' || /[.:]/.test(first) || first !== first.toLowerCase();
  if (!isRegistry) return [DEFAULT_REGISTRY, text];
  return [first === LEGACY_REGISTRY ? DEFAULT_REGISTRY : first, text.slice(slash + 1)];
}
