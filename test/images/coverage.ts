/**
 * How much of what manifests run the image knowledge covers, weighted by uses.
 *
 * A use is known when an entry fits the image and somebody read a source for it. Of the others, those that nobody could know do
 * not count: placeholders that no runtime can pull, and private builds and test doubles by the rules of `privateReason`.
 */
import { readFileSync } from 'node:fs';
import { canonicalName, createImageLookup, knownEntries } from '../../src/images/index.ts';
import { formatRepository, parseImageReference, type ImageReference } from '../../src/kubernetes/image-reference.ts';
import type { KubernetesObject } from '../../src/kubernetes/object.ts';
import { itemsAt, stringAt } from '../../src/util/json.ts';

export type Verdict = 'known' | 'unread' | 'unknown' | 'placeholder' | 'private';

export interface Use {
  readonly image: string;
  readonly verdict: Verdict;
  /** The entry that fits, or why nobody could know the image. */
  readonly why: string;
}

export interface Coverage {
  /** The uses of each verdict. */
  readonly counts: Readonly<Record<Verdict, number>>;
  /** Known uses out of those that somebody could know, from 0 to 1. */
  readonly share: number;
}

/** The least share of uses that must be known. */
export const FLOOR = 0.97;

/** What the source of an entry says whose facts nobody read. */
export const UNREAD = 'general knowledge, no source read';

/** The names in `docker.io/library/`, as docker-library/official-images lists them; `scratch` is no image. */
const OFFICIAL = new Set(
  readFileSync(new URL('official-images.txt', import.meta.url), 'utf8')
    .trim()
    .split(/\s+/),
);

/** Registries from which anybody can pull what anybody may have published; with them go those that entries name. */
const PUBLIC = new Set([
  ...[
    'docker.io',
    'quay.io',
    'ghcr.io',
    'gcr.io',
    'registry.k8s.io',
    'mcr.microsoft.com',
    'public.ecr.aws',
    'registry.gitlab.com',
  ],
  ...['docker.elastic.co', 'nvcr.io', 'cgr.dev', 'lscr.io', 'registry.access.redhat.com', 'registry.istio.io', 'codeberg.org'],
  ...knownEntries().flatMap(({ match }) => match.map((glob) => glob.split('/')[0] ?? '')),
]);

/** Words that documentation and tests use in place of a name. */
const PLACEHOLDER_WORD =
  /^(?:foo|bar|baz|qux|foobar|test|tests|example|examples|image|images|app|apps|project|repo|repository|company|org|acme|username|dummy|fake|invalid|nonexistent|image-name|some-?image)$|^(?:my|your|fake|dummy)(?:[-_.]|app|image|project|repo|org|user|company)|^[a-z]$/;

const lookup = createImageLookup([]);

/** Judges the image of one container. */
export function judge(image: string): Use {
  const reference = parseImageReference(image);
  if (!reference) return { image, verdict: 'placeholder', why: 'no runtime can pull it' };
  const found = lookup(reference);
  const isRead = found?.source.some((source) => source !== UNREAD);
  if (found) return { image, verdict: isRead ? 'known' : 'unread', why: found.id };
  const why = privateReason(reference);
  return why === undefined ? { image, verdict: 'unknown', why: '' } : { image, verdict: 'private', why };
}

/** Why nobody but its authors can know an image; undefined for one that is public. */
export function privateReason(reference: ImageReference): string | undefined {
  const [registry = '', ...path] = canonicalName(formatRepository(reference)).split('/');
  if (!PUBLIC.has(registry)) return `${registry} is no public registry`;
  if (registry === 'docker.io' && path[0] === 'library' && !OFFICIAL.has(path[1] ?? '')) return 'no official image has this name';
  const word = path.find((segment) => PLACEHOLDER_WORD.test(segment));
  return word === undefined ? undefined : `${word} is a placeholder`;
}

/** The images of all containers of an object. */
export function imagesOf({ pods }: KubernetesObject): string[] {
  return pods.flatMap(({ spec }) =>
    ['initContainers', 'containers', 'ephemeralContainers']
      .flatMap((list) => itemsAt(spec, list))
      .map((container) => stringAt(container, 'image') ?? '')
      .filter((image) => image !== ''),
  );
}

/** Counts the uses of images. */
export function coverageOf(uses: Iterable<Use>): Coverage {
  const counts: Record<Verdict, number> = { known: 0, unread: 0, unknown: 0, placeholder: 0, private: 0 };
  for (const { verdict } of uses) counts[verdict]++;
  return { counts, share: counts.known / Math.max(1, counts.known + counts.unread + counts.unknown) };
}
