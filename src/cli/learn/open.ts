/** Opens the image of a place: a file, or a repository with the mirrors of the configuration. */
import { parseImageReference, type ImageReference } from '../../kubernetes/image-reference.ts';
import { LearnError } from '../../learn/archive/failure.ts';
import { openImage, type OpenImage } from '../../learn/image/image.ts';
import { registryStore, type RegistryContext } from '../../learn/registry/registry.ts';
import { openLocal } from './local.ts';
import { loginFor } from './logins.ts';
import type { Place } from './transports.ts';

export interface OpenOptions {
  /** `linux/amd64`. */
  readonly platform: string;
  readonly plainHttp: boolean;
  /** The prefixes behind which registries mirror Docker Hub. */
  readonly mirrors: readonly string[];
}

/** Opens an image. An image of Docker Hub comes from the first mirror that has it. */
export async function openPlace(place: Place, { platform, plainHttp, mirrors }: OpenOptions): Promise<OpenImage> {
  if (place.kind !== 'docker') return openLocal(place, platform);
  const context: RegistryContext = {
    fetch: globalThis.fetch,
    sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    now: Date.now,
    credentials: loginFor,
    plainHttp,
  };
  for (const copy of mirrored(place.reference, mirrors)) {
    try {
      return await openImage(registryStore(copy, context), platform);
    } catch (error) {
      if (!(error instanceof LearnError)) throw error;
    }
  }
  return openImage(registryStore(place.reference, context), platform);
}

/** The names of an image of Docker Hub behind the mirrors. */
function mirrored({ registry, repository, tag, digest }: ImageReference, mirrors: readonly string[]): ImageReference[] {
  if (registry !== 'docker.io') return [];
  return mirrors.flatMap((prefix) => {
    const found = parseImageReference(`${prefix.replace(/\/+$/, '')}/${repository}`);
    return found ? [{ ...found, tag, digest }] : [];
  });
}
