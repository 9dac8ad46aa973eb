import * as Type from 'typebox/type';
import { argumentsFor, variablesFor } from '../src/decisions/container/environment.ts';
import { fsGroupFor } from '../src/decisions/pod/fs-group.ts';
import { planMounts, type PlannedMount } from '../src/decisions/pod/mounts.ts';
import { usersOf, writesPersistently, type User, type UserOptions } from '../src/decisions/pod/users.ts';
import type { ContainerDecision } from '../src/decisions/container/container.ts';
import { effective, effectivePointer, type Container, type Pod } from '../src/kubernetes/object.ts';
import { shared } from '../src/transform/messages.ts';
import { envOps, mountOps } from '../src/transform/operations.ts';
import { options } from '../src/transform/options.ts';
import { defineTransform, type Change, type Context, type Op, type Skip } from '../src/transform/transform.ts';
import { path } from '../src/util/json.ts';

/**
 * Declares a user or a group. The default is above 10000, as kubesec, trivy and kube-score require: a node rarely has such a
 * user. 1337 is the user of the Istio sidecar, whose traffic rules ignore it.
 */
function owner(description: string) {
  return Type.Union([Type.Literal('per-workload'), Type.Integer({ minimum: 1, maximum: 2147483647, not: { const: 1337 } })], {
    title: 'a number from 1 to 2147483647 except 1337 (the user of the Istio sidecar), or per-workload',
    default: 10001,
    description,
  });
}

const OPTIONS = options('The user and group of containers whose image does not need certain ones.', {
  uid: owner('The user; `per-workload` derives a number from the namespace and name of the workload.'),
  gid: owner('The group; `per-workload` derives a number from the namespace and name of the workload.'),
});

/** `runAsNonRoot`, `runAsUser` and `runAsGroup` per container, and the pod's `fsGroup` where its volumes need one. */
export const runAsNonRoot = defineTransform(
  {
    id: 'run-as-non-root',
    title: 'Run as a user that is not root',
    description:
      'Sets `runAsNonRoot: true` with a numeric user and group, and `fsGroup` when a volume would be unreadable otherwise.',
    rationale: 'A process that breaks out of its container as root is root on the node; another user has no rights there.',
    breaks: 'An image whose files belong to root, or to another user, may fail to read or write them.',
    target: 'pod',
    fields: {
      runAsNonRoot: '1.1',
      runAsUser: '1.0',
      runAsGroup: '1.10',
      fsGroup: '1.2',
      fsGroupChangePolicy: '1.18',
      env: '1.0',
      args: '1.0',
      volumeMounts: '1.0',
      volumes: '1.0',
    },
    references: {
      pss: ['restricted/runAsNonRoot', 'restricted/runAsUser'],
      cis: ['5.2.7', '5.7.3'],
      nsa: ['non-root'],
      kubesec: ['RunAsNonRoot', 'RunAsUser', 'RunAsGroup'],
      kubeScore: ['container-security-context-user-group-id'],
      kubeLinter: ['run-as-non-root'],
      checkov: ['CKV_K8S_23', 'CKV_K8S_40'],
      trivy: ['KSV-0012', 'KSV-0020', 'KSV-0021'],
      kubescape: ['C-0013'],
    },
    safety: 'safe',
    profiles: ['restricted', 'strict'],
    since: '0.1.0',
    options: OPTIONS,
    messages: {
      'own-user': 'user {uid} and group {gid} are those of the image',
      'high-user': 'user {uid} and group {gid} own nothing on the node',
      'given-user': 'user {uid} is that of the manifest; the container does not start as root',
      'root-group': 'user {uid} owns nothing on the node; its group stays that of root',
      'assigned-user': 'OpenShift assigns the user and the group',
      'no-user': 'the image starts without root',
      'data-ownership':
        'files that its volume already holds must belong to user {uid} or group {gid}: check that before the rollout, and change their owner once if needed',
      'volume-group': 'group {gid} gets access to the volume {volume}, which would belong to root otherwise',
      ...shared('privileged-container', 'host-access', 'needs-root', 'left-alone', 'explicit-value'),
    },
  },
  function* (pod, context) {
    const mounts = planMounts(pod, context.decide);
    const userOf = usersOf(pod, context.decide, context.options);
    for (const container of pod.containers) {
      if (pod.isWindows) yield* onWindows(container, context.decide(container), context.settings.override);
      else yield* onLinux({ container, user: userOf(container), mounts: mounts.get(container) ?? [] }, context);
    }
    if (!pod.isWindows && context.settings.platform !== 'openshift') yield* groupOf(pod, userOf, context);
  },
);

type Ids =
  | 'own-user'
  | 'high-user'
  | 'given-user'
  | 'root-group'
  | 'assigned-user'
  | 'no-user'
  | 'data-ownership'
  | 'volume-group'
  | 'privileged-container'
  | 'host-access'
  | 'needs-root'
  | 'left-alone'
  | 'explicit-value';
type Result = Change<Ids> | Skip<Ids>;

/** The kubelet starts a Windows container with `runAsNonRoot` only when its image names another user than ContainerAdministrator. */
function* onWindows(container: Container, { knowledge }: ContainerDecision, override: boolean): Generator<Result> {
  const isHostProcess =
    path(container.value, 'securityContext', 'windowsOptions', 'hostProcess') === true ||
    path(container.pod.spec, 'securityContext', 'windowsOptions', 'hostProcess') === true;
  if (isHostProcess) return;
  const given = effective(container, 'runAsNonRoot');
  const isOfUser = knowledge?.user.default === 'ContainerUser' && knowledge.confidence !== 'low';
  if (isOfUser && (given === undefined || (override && given === false)))
    yield { message: 'no-user', container, ops: [fieldOp(container, 'runAsNonRoot', true)] };
  else if (given === false) {
    const at = effectivePointer(container, 'runAsNonRoot');
    yield { message: 'explicit-value', data: { field: 'runAsNonRoot: false' }, container, at };
  }
}

/** A container with what is planned for it. */
interface Planned {
  readonly container: Container;
  readonly user: User;
  readonly mounts: readonly PlannedMount[];
}

function* onLinux(planned: Planned, context: Context<UserOptions>): Generator<Result> {
  const { container } = planned;
  const { privileged, host, root, leftAlone, canBeNonRoot } = context.decide(container);
  if (privileged) yield { message: 'privileged-container', data: { why: privileged.why }, container, at: privileged.at };
  else if (host) yield { message: 'host-access', data: { why: host.why }, container, at: host.at };
  else if (root) yield { message: 'needs-root', data: { why: root.why }, container, at: root.at };
  else if (leftAlone) yield { message: 'left-alone', data: { why: leftAlone.why }, container, at: leftAlone.at };
  else if (canBeNonRoot) yield* withUser(planned, context);
}

function* withUser({ container, user, mounts }: Planned, context: Context<UserOptions>): Generator<Result> {
  const { override, platform } = context.settings;
  const decision = context.decide(container);
  const { knowledge, safety } = decision;
  if (isCompleteAlready(container, decision)) return;
  const wanted = { runAsNonRoot: true, ...(platform === 'openshift' ? {} : { runAsUser: user.uid, runAsGroup: user.gid }) };
  const kept: string[] = [];
  const fields: Op[] = [];
  for (const [field, value] of Object.entries(wanted)) {
    const given = effective(container, field as Field);
    if (override || !isLessSafe(given)) {
      if (given !== value) fields.push(fieldOp(container, field as Field, value));
      continue;
    }
    kept.push(field);
    if (given === value) continue;
    const data = { field: `${field}: ${given}` };
    yield { message: 'explicit-value', data, container, at: effectivePointer(container, field) };
  }
  const givenUser = effective(container, 'runAsUser');
  const isNew = givenUser === undefined;
  const [first, ...rest] = fields;
  if (first) {
    const isRootGroup = kept.includes('runAsGroup');
    const isGiven = givenUser === user.uid;
    const ofUser = isGiven ? 'given-user' : user.isOwn ? 'own-user' : isRootGroup ? 'root-group' : 'high-user';
    const message = platform === 'openshift' ? 'assigned-user' : ofUser;
    const besides = isNew ? companions(container, decision) : [];
    const paths = decision.readOnlyRoot.isMade ? [] : mountOps(container, mounts, {});
    yield {
      message,
      data: { uid: user.uid, gid: isRootGroup ? 0 : user.gid },
      container,
      safety,
      ops: [first, ...rest, ...besides, ...paths],
    };
  }
  if (first && isNew && knowledge?.needs.includes('data-ownership') && writesPersistently(container))
    yield { message: 'data-ownership', data: { uid: user.uid, gid: user.gid }, container };
}

/** With the author's `runAsNonRoot: true`, an image that names its own user by number needs nothing more. */
function isCompleteAlready(container: Container, { source, knowledge }: ContainerDecision): boolean {
  const hasNumber =
    source === 'image' && knowledge?.confidence !== 'low' && /^[1-9]\d*(?::|$)/.test(knowledge?.user.default ?? '');
  return hasNumber && effective(container, 'runAsNonRoot') === true && effective(container, 'runAsUser') === undefined;
}

type Field = 'runAsNonRoot' | 'runAsUser' | 'runAsGroup';

/** A value that the author gave and that is not replaced without being asked to: `runAsNonRoot: false`, `runAsGroup: 0`. */
function isLessSafe(given: unknown): boolean {
  return given === false || given === 0;
}

function fieldOp(container: Container, field: Field, value: number | boolean): Op {
  const was = path(container.value, 'securityContext', field) ?? undefined;
  const at = `${container.pointer}/securityContext/${field}` as `/${string}`;
  return was === undefined ? { op: 'add', path: at, value } : { op: 'replace', path: at, was, value };
}

/** The variables and arguments that the image needs to start as another user. */
function companions(container: Container, decision: ContainerDecision): Op[] {
  const value = argumentsFor(container, decision.knowledge, 'non-root');
  const args: Op[] = value ? [{ op: 'add', path: `${container.pointer}/args` as `/${string}`, value }] : [];
  return [...envOps(container, variablesFor(container, decision, 'non-root')), ...args];
}

function* groupOf(pod: Pod, userOf: (container: Container) => User, context: Context<UserOptions>): Generator<Result> {
  const group = fsGroupFor(pod, context.decide, userOf, context.facts);
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
}
