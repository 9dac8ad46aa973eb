/** The names of images on the command line, with the transports of skopeo (containers-transports(5)). */
import { parseImageReference, type ImageReference } from '../../kubernetes/image-reference.ts';

/** Where an image is read from. */
export type Place =
  | { readonly kind: 'docker'; readonly reference: ImageReference }
  /** `tag`: which image of several, by its name or its reference. */
  | { readonly kind: 'oci' | 'oci-archive' | 'docker-archive'; readonly path: string; readonly tag: string | undefined };

const FILES = /^(oci|oci-archive|docker-archive):(.+)$/s;
/** `C:\` begins a path, not a path and a tag. */
const PATH_AND_TAG = /^((?:[A-Za-z]:)?[^:]*)(?::(.+))?$/s;

/** True for a word that names an image whatever files there are. */
export function hasTransport(word: string): boolean {
  return FILES.test(word) || word.startsWith('docker://');
}

/** The place of an image; undefined for what is none. */
export function placeOf(word: string): Place | undefined {
  const [, kind, rest = ''] = FILES.exec(word) ?? [];
  if (kind === undefined) {
    const reference = parseImageReference(word.replace(/^docker:\/\//, ''));
    return reference && { kind: 'docker', reference };
  }
  const [, path, tag] = PATH_AND_TAG.exec(rest) ?? [];
  return path ? { kind: kind as 'oci', path, tag } : undefined;
}
