/** Which images the user means: those that are named, those of manifests, those that were learned before. */
import { existsSync, readFileSync } from 'node:fs';
import type { Config } from '../../config/index.ts';
import type { ImageEntry } from '../../index.ts';
import { createImageLookup } from '../../images/index.ts';
import { parseImageReference, type ImageReference } from '../../kubernetes/image-reference.ts';
import { kindsOf } from '../../kubernetes/kinds.ts';
import { objectsIn, readObject } from '../../kubernetes/read-object.ts';
import { stringAt } from '../../util/json.ts';
import { isParsed, parseYaml, splitStream } from '../../yaml/index.ts';
import type { Problem } from '../../report/result.ts';
import { unusablePath } from '../files/problem.ts';
import { reasonOf } from '../files/reason.ts';
import { findFiles } from '../files/walk.ts';
import { hasTransport, placeOf, type Place } from './transports.ts';

export interface Target {
  /** As it is named: `oci:build/cart`, `shop/cart:1`. */
  readonly name: string;
  readonly place: Place;
  /** The name in manifests, when that is another one. */
  readonly reference: ImageReference | undefined;
}

export interface Targets {
  readonly targets: readonly Target[];
  readonly problems: readonly Problem[];
  /** How many images of the manifests are known already. */
  readonly known: number;
}

/** The images that words name; a word is a path where there is a file, and an image otherwise. */
export async function targetsOf(words: readonly string[], config: Config): Promise<Targets> {
  const isPath = (word: string): boolean => !hasTransport(word) && (existsSync(word) || placeOf(word) === undefined);
  const named = words.filter((word) => !isPath(word)).flatMap((word) => targetOf(word));
  const paths = words.filter(isPath);
  const { files, problems } = await findFiles(paths);
  const images = new Set<string>();
  const unread: Problem[] = [];
  for (const { path, real } of files) {
    try {
      for (const image of imagesIn(readFileSync(real, 'utf8'), config)) images.add(image);
    } catch (error) {
      unread.push(unusablePath(path, reasonOf(error)));
    }
  }
  const open = unknownTargets(
    [...images].sort().flatMap((image) => targetOf(image)),
    config,
  );
  return { targets: distinct([...named, ...open.targets]), problems: [...problems, ...unread], known: open.known };
}

/** The targets that neither the configuration nor kharden knows already, and how many others there are. */
export function unknownTargets(targets: readonly Target[], { options }: Config): Pick<Targets, 'targets' | 'known'> {
  const own = options.images?.filter(({ learned }) => learned === undefined) ?? [];
  const lookup = createImageLookup(own, options.mirrors ?? []);
  const open = targets.filter(({ place }) => place.kind !== 'docker' || isOpen(lookup(place.reference)));
  return { targets: open, known: targets.length - open.length };
}

/** True for an image that nothing certain is known about. */
function isOpen(knowledge: { readonly confidence: string } | undefined): boolean {
  return knowledge === undefined || knowledge.confidence === 'low';
}

/** The images that entries were learned from. */
export function learnedBefore(entries: readonly ImageEntry[]): Target[] {
  return entries.flatMap(({ learned, match: [name = ''], tags }) => {
    const place = learned && placeOf(learned.image);
    // A name that fits the globs of the entry, which may have been edited.
    const reference = parseImageReference((tags?.[0] === undefined ? name : `${name}:${tags[0]}`).replace(/[*?]/g, '0'));
    if (!place || !learned) return [];
    return [{ name: learned.image, place, reference: place.kind === 'docker' ? undefined : reference }];
  });
}

function targetOf(name: string): Target[] {
  const place = placeOf(name);
  return place ? [{ name: name.replace(/^docker:\/\//, ''), place, reference: undefined }] : [];
}

function distinct(targets: readonly Target[]): Target[] {
  return [...new Map(targets.map((target) => [JSON.stringify(target.place), target])).values()];
}

/** The images of the containers in a file; a document that is not valid has none. */
function imagesIn(text: string, { options }: Config): string[] {
  const kinds = kindsOf(options.workloads);
  const context = { kinds, file: '', lineOf: () => 1, isFlowDocument: false, isWindowsImage: () => false };
  return splitStream(text).flatMap(({ start, end }) => {
    const parsed = parseYaml(text.slice(start, end));
    if (!isParsed(parsed)) return [];
    const objects = [...objectsIn(parsed.value, kinds)].map((found) => readObject(found, context));
    const containers = objects.flatMap(({ pods }) => pods.flatMap((pod) => pod.containers));
    return containers.flatMap(({ value }) => stringAt(value, 'image') ?? []);
  });
}
