/** What the transforms of seccomp and AppArmor have in common: a profile for the pod or its containers, by field or by annotation. */
import { takesField, type Container, type Pod } from '../kubernetes/object.ts';
import {
  annotationFor,
  profileAnnotations,
  type ProfileAnnotation,
  type ProfileField,
} from '../kubernetes/profile-annotations.ts';
import { formatPointer } from '../patch/index.ts';
import { member, path, stringAt, type Json } from '../util/json.ts';
import type { Change, Context, Op, Skip } from './transform.ts';

type Result = Change<'confine' | 'migrate' | 'explicit-value'> | Skip<'explicit-value'>;

const RUNTIME_DEFAULT = { type: 'RuntimeDefault' };

/** Where a profile can be set: the pod, then each container. */
interface Place {
  /** Undefined for the pod. */
  readonly container: Container | undefined;
  readonly pointer: `/${string}`;
  readonly profile: Json | undefined;
  readonly annotation: ProfileAnnotation | undefined;
}

/**
 * Confines a pod by the default profile of its container runtime: fields replace the annotations of their time, and what has
 * no profile gets the default one. A version without the field gets the annotation instead.
 */
export function* confinePod(pod: Pod, field: ProfileField, context: Context<unknown>): Generator<Result> {
  const places = placesOf(pod, field);
  if (context.supports(field)) {
    yield* migrate(pod, places, context);
    for (const place of places.filter(({ profile }) => isUnconfined(profile)))
      yield unconfined(place, field, context.settings.override);
  } else yield* reportUnconfined(places);
  const [ofPod, ...others] = places;
  if (!ofPod || !isOpen(ofPod)) return;
  const open = others.filter(isOpen).flatMap(({ container }) => container ?? []);
  yield* context.supports(field) ? confine(pod, open, field, context) : annotate(pod, open, field, context);
}

function placesOf(pod: Pod, field: ProfileField): Place[] {
  const annotations = profileAnnotations(pod, field);
  const place = (at: string, value: Json, container: Container | undefined): Place => ({
    container,
    pointer: `${at}/securityContext/${field}` as `/${string}`,
    profile: path(value, 'securityContext', field) ?? undefined,
    annotation: annotations.find((one) => one.container === container?.name),
  });
  return [place('/spec', pod.spec, undefined), ...pod.containers.map((one) => place(one.pointer, one.value, one))];
}

/** True where neither a field nor an annotation sets a profile. */
function isOpen({ profile, annotation }: Place): boolean {
  return profile === undefined && annotation === undefined;
}

/** One change for all annotations that can be removed, and one for each container that is opted out. */
function* migrate(pod: Pod, places: readonly Place[], context: Context<unknown>): Generator<Result> {
  const { override } = context.settings;
  // An annotation stays where no field can take its place.
  const annotated = places.filter(({ annotation, pointer }) => annotation !== undefined && takesField(pod, pointer));
  if (annotated.length === 0) return;
  const applies = ({ container }: Place): boolean => container === undefined || context.applies(container);
  const groups = [annotated.filter(applies), ...annotated.filter((place) => !applies(place)).map((place) => [place])];
  for (const group of groups) {
    const names = group.flatMap(({ annotation }) => annotation?.annotation ?? []);
    const container = group[0] && !applies(group[0]) ? group[0].container : undefined;
    const [first, ...rest] = [...group.flatMap((place) => fieldOps(place, override)), ...removals(pod, names)];
    if (!first) continue;
    const message = { message: 'migrate', data: { annotations: names.join(', ') } } as const;
    yield { ...message, ...(container && { container }), ops: [first, ...rest] };
  }
  if (!override) yield* reportUnconfined(annotated.filter(({ profile }) => profile === undefined));
}

/** Annotations that ask for no profile. */
function* reportUnconfined(places: readonly Place[]): Generator<Result> {
  for (const { container, annotation } of places) {
    if (!annotation || !isUnconfined(annotation.profile)) continue;
    const at = `/metadata/annotations${formatPointer([annotation.annotation])}`;
    yield {
      message: 'explicit-value',
      data: { field: `${annotation.annotation}: unconfined` },
      ...(container && { container }),
      at,
    };
  }
}

/** The field that replaces an annotation, where it is not set yet. */
function fieldOps({ profile, annotation, pointer }: Place, override: boolean): Op[] {
  if (profile !== undefined || !annotation) return [];
  const value = override && isUnconfined(annotation.profile) ? RUNTIME_DEFAULT : annotation.profile;
  return [{ op: 'add', path: pointer, value }];
}

/** Removes annotations, and the whole map when it holds no others. */
function removals(pod: Pod, names: readonly string[]): Op[] {
  if (names.length === 0) return [];
  if (Object.keys(pod.annotations).length === names.length)
    return [{ op: 'remove', path: '/metadata/annotations', was: pod.annotations }];
  return names.map((name) => ({
    op: 'remove',
    path: `/metadata/annotations${formatPointer([name])}` as `/${string}`,
    was: member(pod.annotations, name) ?? null,
  }));
}

function unconfined({ container, pointer }: Place, field: ProfileField, override: boolean): Result {
  const about = container && { container };
  return override
    ? {
        message: 'confine',
        ...about,
        ops: [{ op: 'replace', path: `${pointer}/type`, was: 'Unconfined', value: RUNTIME_DEFAULT.type }],
      }
    : { message: 'explicit-value', data: { field: `${field}.type: Unconfined` }, ...about, at: pointer };
}

/** Sets the profile on the pod when every container without one may have it, else on each that may. */
function* confine(pod: Pod, open: readonly Container[], field: ProfileField, context: Context<unknown>): Generator<Result> {
  const pointerOf = (one: Container | undefined): `/${string}` =>
    `${one?.pointer ?? '/spec'}/securityContext/${field}` as `/${string}`;
  const places = confinedOf(pod, open, context).flatMap((one): readonly (Container | undefined)[] =>
    one === undefined && !takesField(pod, pointerOf(one)) ? open : [one],
  );
  for (const container of places.filter((one) => takesField(pod, pointerOf(one)))) {
    const ops = [{ op: 'add', path: pointerOf(container), value: RUNTIME_DEFAULT }] as const;
    yield { message: 'confine', ...(container && { container }), ops };
  }
}

/** The same by annotations, for which there must be a place; the pod has one only for seccomp. */
function* annotate(pod: Pod, open: readonly Container[], field: ProfileField, context: Context<unknown>): Generator<Result> {
  if (pod.metadataPointer === undefined) return;
  const isOfPod = annotationFor(field, undefined) !== undefined;
  const places = confinedOf(pod, open, context).flatMap((one): readonly (Container | undefined)[] =>
    one === undefined && !isOfPod ? open : [one],
  );
  for (const container of places) {
    const name = annotationFor(field, container?.name) ?? '';
    // A value without a meaning is the author's all the same.
    if (Object.hasOwn(pod.annotations, name)) continue;
    const at = `/metadata/annotations${formatPointer([name])}` as `/${string}`;
    yield { message: 'confine', ...(container && { container }), ops: [{ op: 'add', path: at, value: 'runtime/default' }] };
  }
}

/** Undefined, for the pod, when every container may have the profile, else those that may. */
function confinedOf(pod: Pod, open: readonly Container[], context: Context<unknown>): (Container | undefined)[] {
  const confined = open.filter((container) => {
    const { privileged, escalation } = context.decide(container);
    return !privileged && escalation === undefined;
  });
  const isWhole = confined.length === open.length && confined.every((container) => context.applies(container));
  return isWhole && (confined.length > 0 || pod.isPartial) ? [undefined] : confined;
}

function isUnconfined(profile: Json | undefined): boolean {
  return stringAt(profile, 'type') === 'Unconfined';
}
