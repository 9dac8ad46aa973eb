/** What the author of an object opts out of: the `kharden.dev/` annotations of the object and of its pod templates. */
import { normalPath } from '../kubernetes/volumes.ts';
import type { Container, KubernetesObject } from '../kubernetes/object.ts';
import type { FindingId } from '../observations/catalogue.ts';
import { observation, type Observation } from '../observations/observation.ts';
import { formatPointer } from '../patch/index.ts';
import type { Json, JsonObject } from '../util/json.ts';
import { suggest } from '../util/suggest.ts';

const SKIP = 'kharden.dev/skip';
const REASON = 'kharden.dev/reason';
const WRITABLE = 'kharden.dev/writable.';
const ACCEPT = 'kharden.dev/accept';
const OURS = 'kharden.dev/';
const KEYS = [SKIP, REASON, ACCEPT, `${SKIP}.<container>`, `${ACCEPT}.<container>`, `${WRITABLE}<container>`];

/** One opt-out that applies to an object. */
export interface OptOut {
  readonly transforms: readonly string[] | 'all';
  /** Undefined for the whole object. */
  readonly container: ((name: string) => boolean) | undefined;
  readonly reason: string | undefined;
  /** JSON Pointer from the object to the annotation; undefined for one of the configuration. */
  readonly at: string | undefined;
}

/** Findings that the author of an object has seen and accepts. */
export interface Acceptance {
  readonly findings: readonly string[];
  /** Undefined for the whole object. */
  readonly container: string | undefined;
  readonly reason: string | undefined;
  /** JSON Pointer from the object to the annotation. */
  readonly at: string;
}

export interface Annotations {
  readonly optOuts: readonly OptOut[];
  readonly acceptances: readonly Acceptance[];
  /** What is wrong with them; pointers lead from the object. */
  readonly problems: readonly Observation[];
  /** Paths that must stay writable, by container. */
  readonly writable: ReadonlyMap<string, readonly string[]>;
}

/** True when an opt-out keeps a transform away from a container, or from the whole object. */
export function covers(optOut: OptOut, transform: string, container?: Container): boolean {
  if (optOut.transforms !== 'all' && !optOut.transforms.includes(transform)) return false;
  return optOut.container === undefined || (container !== undefined && optOut.container(container.name));
}

/** What an object says that has none of them. */
export const NO_ANNOTATIONS: Annotations = { optOuts: [], acceptances: [], problems: [], writable: new Map() };

/** True for an object of which an annotation, or one of its pod templates, is one of ours. */
export function isAnnotated({ annotations, pods }: KubernetesObject): boolean {
  return holdsOurs(annotations) || pods.some((pod) => holdsOurs(pod.annotations));
}

function holdsOurs(annotations: JsonObject): boolean {
  return Object.keys(annotations).some((key) => key.startsWith(OURS));
}

/** Reads the annotations of an object and of its pod templates; `transforms` are the ids that there are. */
export function readAnnotations(object: KubernetesObject, transforms: readonly string[]): Annotations {
  const found = annotationsOf(object).map((annotation) => readAnnotation(annotation, object, transforms));
  const writable = new Map<string, readonly string[]>();
  for (const { container, paths } of found.flatMap((one) => one.writable ?? []))
    writable.set(container, [...new Set([...(writable.get(container) ?? []), ...paths])]);
  return {
    optOuts: found.flatMap(({ optOut }) => optOut ?? []),
    acceptances: found.flatMap(({ acceptance }) => acceptance ?? []),
    problems: found.flatMap(({ problems }) => problems ?? []),
    writable,
  };
}

interface Annotation {
  readonly key: string;
  readonly value: Json;
  readonly at: string;
  /** The value of `kharden.dev/reason` in the same map. */
  readonly reason: string | undefined;
}

function annotationsOf(object: KubernetesObject): Annotation[] {
  const maps = new Map<string, JsonObject>([['/metadata', object.annotations]]);
  for (const { metadataPointer, annotations } of object.pods)
    if (metadataPointer !== undefined) maps.set(metadataPointer, annotations);
  return [...maps].flatMap(([metadata, annotations]) => {
    const reason = annotations[REASON];
    return Object.entries(annotations)
      .filter(([key]) => key.startsWith(OURS) && key !== REASON)
      .map(([key, value]) => ({
        key,
        value,
        at: `${metadata}/annotations${formatPointer([key])}`,
        reason: typeof reason === 'string' ? reason : undefined,
      }));
  });
}

interface ReadAnnotation {
  readonly optOut?: OptOut;
  readonly acceptance?: Acceptance;
  readonly writable?: { readonly container: string; readonly paths: readonly string[] };
  readonly problems?: readonly Observation[];
}

function readAnnotation(
  { key, value, at, reason }: Annotation,
  object: KubernetesObject,
  transforms: readonly string[],
): ReadAnnotation {
  const problem = (id: FindingId, what: string): Observation => observation(id, `${key} ${what}`, { at });
  const [base, container] = partsOf(key);
  if (base === undefined)
    return { problems: [problem('unknown-annotation', `is no annotation of kharden${didYouMean(key, KEYS)}`)] };
  const names = object.pods.flatMap(({ containers }) => containers.map(({ name }) => name));
  if (container !== undefined && !names.includes(container))
    return { problems: [problem('unknown-container', `names no container of this pod${didYouMean(container, names)}`)] };
  const words = typeof value === 'string' ? value.split(',').flatMap((word) => word.trim() || []) : [];
  if (words.length === 0) return { problems: [problem('unusable-annotation', 'holds no names')] };
  if (base === ACCEPT) return { acceptance: { findings: words, container, reason, at } };
  if (container !== undefined && base === WRITABLE) {
    const relative = words.filter((word) => !word.startsWith('/'));
    return {
      writable: { container, paths: words.filter((word) => word.startsWith('/')).map(normalPath) },
      problems: relative.map((path) => problem('unusable-annotation', `holds ${path}, which is not an absolute path`)),
    };
  }
  const unknown = words.filter((id) => id !== 'all' && !transforms.includes(id));
  return {
    optOut: {
      transforms: words.includes('all') ? 'all' : words,
      container: container === undefined ? undefined : (name) => name === container,
      reason,
      at,
    },
    problems: unknown.map((id) =>
      problem('unknown-transform', `names ${id}, which is not a transform${didYouMean(id, transforms)}`),
    ),
  };
}

/** What an annotation is about, and the container that its key names; nothing for a key that is not known. */
function partsOf(key: string): [base?: string, container?: string] {
  if (key.startsWith(WRITABLE)) return [WRITABLE, key.slice(WRITABLE.length)];
  const base = [SKIP, ACCEPT].find((one) => key === one || key.startsWith(`${one}.`));
  if (base === undefined) return [];
  return key === base ? [base] : [base, key.slice(base.length + 1)];
}

function didYouMean(word: string, candidates: readonly string[]): string {
  const nearest = suggest(word, candidates);
  return nearest === undefined ? '' : ` (did you mean ${nearest}?)`;
}
