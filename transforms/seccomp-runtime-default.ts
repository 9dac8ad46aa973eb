import { seccompAnnotations, type SeccompAnnotation } from '../src/kubernetes/seccomp-annotations.ts';
import type { Container, Pod } from '../src/kubernetes/object.ts';
import { formatPointer } from '../src/patch/index.ts';
import { shared } from '../src/transform/messages.ts';
import { NO_OPTIONS } from '../src/transform/options.ts';
import { defineTransform, type Change, type Context, type Op, type Skip } from '../src/transform/transform.ts';
import { member, path, stringAt, type Json } from '../src/util/json.ts';

/** `seccompProfile.type: RuntimeDefault` (KEP-135), and the annotations that set it before Kubernetes 1.19. */
export const seccompRuntimeDefault = defineTransform(
  {
    id: 'seccomp-runtime-default',
    title: 'Use the default seccomp profile of the container runtime',
    description: 'Sets `seccompProfile.type: RuntimeDefault` on the pod and replaces the legacy seccomp annotations by fields.',
    rationale: 'The profile blocks system calls that containers do not need and that kernel exploits often use.',
    target: 'pod',
    fields: { seccompProfile: '1.19' },
    references: {
      pss: ['restricted/seccompProfile'],
      cis: ['5.7.2'],
      nsa: ['seccomp'],
      kubesec: ['SeccompAny', 'SeccompUnconfined'],
      kubeScore: ['container-seccomp-profile'],
      checkov: ['CKV_K8S_31'],
      trivy: ['KSV-0030', 'KSV-0104'],
      kubescape: ['C-0210'],
    },
    safety: 'safe',
    profiles: ['restricted', 'strict'],
    since: '0.1.0',
    options: NO_OPTIONS,
    messages: {
      confine: 'system calls that containers do not need are blocked',
      migrate: 'the annotation {annotations} has no effect since Kubernetes 1.27, so the field replaces it',
      ...shared('explicit-value'),
    },
  },
  function* (pod, context) {
    if (pod.isWindows || !context.supports('seccompProfile')) return;
    const places = placesOf(pod);
    yield* migrate(pod, places, context);
    for (const place of places.filter(({ profile }) => isUnconfined(profile))) yield unconfined(place, context.settings.override);
    const [ofPod, ...others] = places;
    if (ofPod && isOpen(ofPod)) {
      yield* confine(
        others.filter(isOpen).flatMap(({ container }) => container ?? []),
        context,
      );
    }
  },
);

type Result = Change<'confine' | 'migrate' | 'explicit-value'> | Skip<'explicit-value'>;

/** Where a profile can be set: the pod, then each container. */
interface Place {
  /** Undefined for the pod. */
  readonly container: Container | undefined;
  readonly pointer: `/${string}`;
  readonly profile: Json | undefined;
  readonly annotation: SeccompAnnotation | undefined;
}

function placesOf(pod: Pod): Place[] {
  const annotations = seccompAnnotations(pod);
  const place = (at: string, value: Json, container: Container | undefined): Place => ({
    container,
    pointer: `${at}/securityContext/seccompProfile` as `/${string}`,
    profile: path(value, 'securityContext', 'seccompProfile') ?? undefined,
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
  const annotated = places.filter(({ annotation }) => annotation !== undefined);
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
  for (const { container, annotation, profile } of override ? [] : annotated) {
    if (profile !== undefined || !annotation || !isUnconfined(annotation.profile)) continue;
    const field = `${annotation.annotation}: unconfined`;
    const at = `/metadata/annotations${formatPointer([annotation.annotation])}`;
    yield { message: 'explicit-value', data: { field }, ...(container && { container }), at };
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

function unconfined({ container, pointer }: Place, override: boolean): Result {
  const about = container && { container };
  return override
    ? {
        message: 'confine',
        ...about,
        ops: [{ op: 'replace', path: `${pointer}/type`, was: 'Unconfined', value: RUNTIME_DEFAULT.type }],
      }
    : { message: 'explicit-value', data: { field: 'seccompProfile.type: Unconfined' }, ...about, at: pointer };
}

/** Sets the profile on the pod when every container without one may have it, else on each that may. */
function* confine(open: readonly Container[], context: Context<unknown>): Generator<Result> {
  const confined = open.filter((container) => !context.decide(container).privileged);
  if (confined.length > 0 && confined.length === open.length && confined.every((container) => context.applies(container))) {
    yield { message: 'confine', ops: [{ op: 'add', path: '/spec/securityContext/seccompProfile', value: RUNTIME_DEFAULT }] };
    return;
  }
  for (const container of confined) {
    const at = `${container.pointer}/securityContext/seccompProfile` as `/${string}`;
    yield { message: 'confine', container, ops: [{ op: 'add', path: at, value: RUNTIME_DEFAULT }] };
  }
}

const RUNTIME_DEFAULT = { type: 'RuntimeDefault' };

function isUnconfined(profile: Json | undefined): boolean {
  return stringAt(profile, 'type') === 'Unconfined';
}
