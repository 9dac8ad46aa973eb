/** What the reader of Dockerfiles derives beside what is known of the same images, from `public-images.txt`. */
import { readFileSync } from 'node:fs';
import { completeEntry, createImageLookup, type ImageKnowledge } from '../../src/images/index.ts';
import { canonicalName } from '../../src/images/aliases.ts';
import { parseImageReference } from '../../src/kubernetes/image-reference.ts';
import { buildImage } from '../../src/dockerfile/build/build.ts';
import { derive } from '../../src/dockerfile/derive/derive.ts';

export const FIELDS = ['user', 'root', 'ports', 'capabilities', 'folders'] as const;
export type Field = (typeof FIELDS)[number];

export interface Comparison {
  readonly image: string;
  readonly source: string;
  readonly derived: Readonly<Record<Field, string>>;
  readonly known: Readonly<Record<Field, string>>;
  /** The fields that differ, with what the data say about each; undefined where they say nothing. */
  readonly differences: readonly { readonly field: Field; readonly why: string | undefined }[];
  /** Explanations of fields that do not differ. */
  readonly idle: readonly string[];
}

/** Compares all images of the data. */
export function compareAll(): Comparison[] {
  const text = readFileSync(new URL('public-images.txt', import.meta.url), 'utf8');
  return text.split(/^=== /m).slice(1).map(compare);
}

function compare(section: string): Comparison {
  const [head = '', ...body] = section.split('\n\n');
  const [image = '', ...lines] = head.split('\n');
  const notes = new Map(lines.map((line) => [line.slice(0, line.indexOf(': ')), line.slice(line.indexOf(': ') + 2)]));
  const reference = parseImageReference(image);
  const lookup = createImageLookup([]);
  const entry = reference && lookup(reference);
  const order = { file: 'Dockerfile', text: body.join('\n\n'), context: '', target: undefined, args: new Map<string, string>() };
  const stage = buildImage(order, {
    canonical: ({ registry, repository }) => canonicalName(`${registry}/${repository}`),
    lookup,
    built: () => undefined,
  });
  if (!entry || !stage) throw new Error(`nothing is known about ${image}, or its Dockerfile has no stage`);
  const derived = valuesOf(completeEntry({ ...derive(stage, () => undefined).entry, match: [] }));
  const known = valuesOf(entry);
  const different = FIELDS.filter((field) => derived[field] !== known[field]);
  return {
    image,
    source: notes.get('source') ?? '',
    derived,
    known,
    differences: different.map((field) => ({ field, why: notes.get(field) })),
    idle: [...notes.keys()].filter((key) => key !== 'source' && !different.includes(key as Field)),
  };
}

/** A UID of an image that has no user of its own says nothing. */
function valuesOf(knowledge: ImageKnowledge): Record<Field, string> {
  const { user, nonRoot, privilegedPorts, fileCaps, writable } = knowledge;
  const folders = writable.filter(({ prepopulated, optional, path }) => !prepopulated && !optional && path !== '/tmp');
  return {
    user: user.uid === undefined || user.uid === 10001 ? '' : [user.uid, user.gid ?? '?'].join(':'),
    root: nonRoot === 'works' || nonRoot === 'needs-change' ? 'not needed' : nonRoot === 'impossible' ? 'needed' : 'open',
    ports: privilegedPorts.join(' '),
    capabilities: [...fileCaps].sort().join(' '),
    folders: folders
      .map(({ path }) => path)
      .sort()
      .join(' '),
  };
}
