import { argumentsFor, variablesFor } from '../src/decisions/environment.ts';
import { shared } from '../src/transform/messages.ts';
import { fsGroupFor } from '../src/decisions/fs-group.ts';
import { planMounts } from '../src/decisions/mounts.ts';
import { envOps, mountOps } from '../src/transform/operations.ts';
import { DEFAULT_USER, writesPersistently, type UserOptions } from '../src/decisions/user.ts';
import { path } from '../src/util/json.ts';
import { effective, effectivePointer, type Container } from '../src/kubernetes/workload.ts';
import { defineTransform, type Op } from '../src/transform/transform.ts';

/** `runAsNonRoot`, `runAsUser` and `runAsGroup` per container, and the pod's `fsGroup` where its volumes need one. */
export const runAsNonRoot = defineTransform(
  {
    id: 'run-as-non-root',
    title: 'Run as a user that is not root',
    description:
      'Sets `runAsNonRoot: true` with a numeric user and group, and `fsGroup` when a volume would be unreadable otherwise.',
    rationale: 'A process that breaks out of its container as root is root on the node; as an ordinary user it is nobody there.',
    breaks: 'An image whose files belong to root, or to another user, may fail to read or write them.',
    target: 'pod',
    references: {
      pss: ['restricted/runAsNonRoot', 'restricted/runAsUser'],
      cis: ['5.2.7', '5.7.3'],
      nsa: ['non-root'],
      kubesec: ['RunAsNonRoot', 'RunAsUser', 'RunAsGroup'],
      kubeScore: ['container-security-context-user-group-id'],
      checkov: ['CKV_K8S_23', 'CKV_K8S_40'],
      trivy: ['KSV-0012', 'KSV-0020', 'KSV-0021'],
      kubescape: ['C-0013'],
    },
    safety: 'safe',
    default: true,
    since: { kharden: '0.1.0', kubernetes: '1.8' },
    options: DEFAULT_USER as UserOptions,
    messages: {
      'own-user': "user {uid} and group {gid} are the image's own",
      'high-user': 'user {uid} and group {gid} own nothing on the node',
      'no-user': 'the image starts without root',
      'data-ownership':
        'what its volume holds already must belong to user {uid} or group {gid}: check it before the rollout, and change the owner once',
      'volume-group': 'group {gid} can use the volume {volume}, which belongs to root otherwise',
      ...shared('privileged-container', 'host-access', 'needs-root', 'explicit-value'),
    },
  },
  function* (pod, context) {
    const mounts = planMounts(pod, context.decide);
    const isAssigned = context.settings.platform === 'openshift';
    for (const container of pod.containers.filter((candidate) => context.applies(candidate))) {
      if (pod.isWindows) {
        if (effective(container, 'runAsNonRoot') === undefined)
          yield { message: 'no-user', container, ops: [add(container, 'runAsNonRoot', true)] };
        continue;
      }
      const { privileged, host, root, user, safety, knowledge, isFrozen } = context.decide(container);
      if (privileged) yield { message: 'privileged-container', data: { why: privileged.why }, container, at: privileged.at };
      else if (host) yield { message: 'host-access', data: { why: host.why }, container, at: host.at };
      else if (root) yield { message: 'needs-root', data: { why: root.why }, container, at: root.at };
      else if (user) {
        const isRefused = effective(container, 'runAsNonRoot') === false && !context.settings.override;
        if (isRefused)
          yield {
            message: 'explicit-value',
            data: { field: 'runAsNonRoot: false' },
            container,
            at: effectivePointer(container, 'runAsNonRoot'),
          };
        const assigned = isAssigned ? {} : { runAsUser: user.uid, runAsGroup: user.gid };
        const [first, ...rest] = userOps(container, { ...(isRefused ? {} : { runAsNonRoot: true }), ...assigned });
        const message = isAssigned ? 'no-user' : user.isOwn ? 'own-user' : 'high-user';
        const isNew = first !== undefined && effective(container, 'runAsUser') === undefined;
        const env = isNew ? envOps(container, variablesFor(container, knowledge, 'non-root')) : [];
        const args = isNew ? argsOps(container, argumentsFor(container, knowledge, 'non-root')) : [];
        const paths = isFrozen ? [] : mountOps(container, mounts.get(container) ?? [], {});
        if (first)
          yield {
            message,
            data: { uid: user.uid, gid: user.gid },
            container,
            safety,
            ops: [first, ...rest, ...env, ...args, ...paths],
          };
        if (isNew && knowledge?.needs.includes('data-ownership') && writesPersistently(container)) {
          yield { message: 'data-ownership', data: { uid: user.uid, gid: user.gid }, container };
        }
      }
    }
    if (pod.isWindows || isAssigned) return;
    const group = fsGroupFor(pod, (container) => context.decide(container));
    if (!group) return;
    yield {
      message: 'volume-group',
      data: { gid: group.gid, volume: group.volume },
      safety: group.safety,
      ops: [
        { op: 'add', path: '/spec/securityContext/fsGroup', value: group.gid },
        { op: 'add', path: '/spec/securityContext/fsGroupChangePolicy', value: 'OnRootMismatch' },
      ],
    };
  },
);

type UserFields = Partial<Record<'runAsNonRoot' | 'runAsUser' | 'runAsGroup', number | boolean | undefined>>;

function userOps(container: Container, wanted: UserFields): Op[] {
  return Object.entries(wanted).flatMap(([field, value]): Op[] => {
    const was = effective(container, field as keyof UserFields);
    if (value === undefined || was === value) return [];
    const own = path(container.value, 'securityContext', field) ?? undefined;
    if (own === undefined) return [add(container, field, value)];
    return [{ op: 'replace', path: `${container.pointer}/securityContext/${field}` as `/${string}`, was: own, value }];
  });
}

function add(container: Container, field: string, value: number | boolean): Op {
  return { op: 'add', path: `${container.pointer}/securityContext/${field}` as `/${string}`, value };
}

function argsOps(container: Container, value: readonly string[] | undefined): Op[] {
  return value ? [{ op: 'add', path: `${container.pointer}/args` as `/${string}`, value }] : [];
}
