import { shared } from '../src/transform/messages.ts';
import { member, path, stringAt, type Json } from '../src/util/json.ts';
import { seccompAnnotations } from '../src/kubernetes/seccomp-annotations.ts';
import type { Pod } from '../src/kubernetes/workload.ts';
import { isAtLeast } from '../src/decisions/settings.ts';
import { defineTransform, type Op } from '../src/transform/transform.ts';

/** `seccompProfile.type: RuntimeDefault` (KEP-135), and the annotations that stood for it before Kubernetes 1.19. */
export const seccompRuntimeDefault = defineTransform(
  {
    id: 'seccomp-runtime-default',
    title: 'Use the default seccomp profile of the container runtime',
    description: 'Sets `seccompProfile.type: RuntimeDefault` on the pod and turns the legacy seccomp annotations into fields.',
    rationale: 'The profile blocks the system calls that containers do not need and that kernel exploits like to use.',
    target: 'pod',
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
    default: true,
    since: { kharden: '0.1.0', kubernetes: '1.19' },
    options: {},
    messages: {
      confine: 'system calls that containers do not need are blocked',
      migrate: 'the annotation {annotations} is no longer read, so the field takes its place',
      ...shared('explicit-value'),
    },
  },
  function* (pod, context) {
    if (pod.isWindows || !isAtLeast(context.settings.kubeVersion, '1.19')) return;
    const legacy = seccompAnnotations(pod);
    const places = [
      { at: '/spec', container: undefined, profile: profileAt(pod.spec) },
      ...pod.containers.map((container) => ({ at: container.pointer, container, profile: profileAt(container.value) })),
    ];
    const set: Op[] = [];
    let isPodSet = false;
    const open = [];
    for (const { at, container, profile } of places) {
      const pointer = `${at}/securityContext/seccompProfile` as `/${string}`;
      const asked = legacy.find((one) => one.container === container?.name)?.profile;
      const migrated = context.settings.override && isUnconfined(asked) ? RUNTIME_DEFAULT : asked;
      if (profile === undefined && migrated) set.push({ op: 'add', path: pointer, value: migrated });
      if (!container) isPodSet = (profile ?? migrated) !== undefined;
      else if ((profile ?? migrated) === undefined) open.push(container);
      if (!isUnconfined(profile) || (container && !context.applies(container))) continue;
      if (context.settings.override) {
        yield {
          message: 'confine',
          ops: [{ op: 'replace', path: `${pointer}/type`, was: 'Unconfined', value: RUNTIME_DEFAULT.type }],
        };
      } else {
        yield { message: 'explicit-value', data: { field: 'seccompProfile.type: Unconfined' }, at: pointer };
      }
    }
    const [first, ...rest] = [
      ...set,
      ...removals(
        pod,
        legacy.map(({ annotation }) => annotation),
      ),
    ];
    if (first)
      yield {
        message: 'migrate',
        data: { annotations: legacy.map(({ annotation }) => annotation).join(', ') },
        ops: [first, ...rest],
      };
    if (isPodSet) return;
    const confined = open.filter((container) => !context.decide(container).privileged && context.applies(container));
    if (confined.length > 0 && confined.length === open.length) {
      yield { message: 'confine', ops: [{ op: 'add', path: '/spec/securityContext/seccompProfile', value: RUNTIME_DEFAULT }] };
      return;
    }
    for (const container of confined) {
      yield {
        message: 'confine',
        container,
        ops: [{ op: 'add', path: `${container.pointer}/securityContext/seccompProfile` as `/${string}`, value: RUNTIME_DEFAULT }],
      };
    }
  },
);

const RUNTIME_DEFAULT = { type: 'RuntimeDefault' };

function isUnconfined(profile: Json | undefined): boolean {
  return stringAt(profile, 'type') === 'Unconfined';
}

function profileAt(value: Json): Json | undefined {
  return path(value, 'securityContext', 'seccompProfile') ?? undefined;
}

/** Removes annotations, and the whole map when it holds no others. */
function removals(pod: Pod, names: readonly string[]): Op[] {
  if (names.length === 0) return [];
  if (Object.keys(pod.annotations).length === names.length)
    return [{ op: 'remove', path: '/metadata/annotations', was: pod.annotations }];
  return names.map((name) => ({
    op: 'remove',
    path: `/metadata/annotations/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`,
    was: member(pod.annotations, name) ?? null,
  }));
}
