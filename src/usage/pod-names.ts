/** Which workload made a pod, as its name shows it. */

/** What the API server appends to `generateName` (apimachinery, `rand.String`): it has no vowels, so it is no word. */
const SUFFIX = '(?:[bcdfghjklmnpqrstvwxz2-9]{5}|(?=[a-z]*[0-9])[a-z0-9]{5})';
/** The `pod-template-hash`: a number as `rand.SafeEncodeString` writes it, before Kubernetes 1.8 in digits. */
const TEMPLATE = '(?=[a-z]*[0-9])[a-z0-9]{6,10}';
const MADE_AT_ONCE = `-${SUFFIX}`;
const MADE_BY_REPLICA_SET = `-${TEMPLATE}-[a-z0-9]{5}`;
const NUMBERED = '-[0-9]+';
/** A pod of an indexed Job has its index before the suffix. */
const MADE_BY_JOB = `(?:-[0-9]{1,6})?-${SUFFIX}`;

/** What comes behind the name of the workload in the names of its pods. */
const ENDS: Readonly<Record<string, string>> = {
  Pod: '',
  Deployment: MADE_BY_REPLICA_SET,
  Rollout: MADE_BY_REPLICA_SET,
  ReplicaSet: MADE_AT_ONCE,
  ReplicationController: MADE_AT_ONCE,
  DaemonSet: MADE_AT_ONCE,
  StatefulSet: NUMBERED,
  DeploymentConfig: `-[0-9]+-${SUFFIX}`,
  Job: MADE_BY_JOB,
  // The name of its Job ends in the minute of the schedule, once in the second.
  CronJob: `-[0-9]{8,10}${MADE_BY_JOB}`,
};
const PATTERNS = new Map(Object.entries(ENDS).map(([kind, end]) => [kind, new RegExp(`^${end}$`)]));
/** Controllers of other kinds make pods in one of these ways. */
const OF_OTHERS = new RegExp(`^(?:${MADE_BY_REPLICA_SET}|${MADE_AT_ONCE}|${NUMBERED})$`);

const LONGEST_NAME = 63;
/** `maxGeneratedNameLength` of the API server: what is longer is cut before the suffix. */
const LONGEST_BEFORE_SUFFIX = 58;
/** The shortest name to which a template hash or a time can be too much. */
const SHORTEST_CUT = 46;

/** Kinds whose pods have a template hash or a time between the name and the suffix. */
const WITH_MIDDLE: ReadonlySet<string> = new Set(['Deployment', 'Rollout', 'CronJob']);

/** True when a pod of that name is one of a workload. */
export function isPodOf(pod: string, kind: string, name: string): boolean {
  if (pod.startsWith(name) && (PATTERNS.get(kind) ?? OF_OTHERS).test(pod.slice(name.length))) return true;
  return pod.length === LONGEST_NAME && mayBeCut(name) && kind !== 'Pod' && kind !== 'StatefulSet' && isCutPodOf(pod, kind, name);
}

/** True for a name that can be cut in the names of its pods. */
export function mayBeCut(name: string): boolean {
  return name.length >= SHORTEST_CUT;
}

function isCutPodOf(pod: string, kind: string, name: string): boolean {
  const before = pod.slice(0, LONGEST_BEFORE_SUFFIX);
  const known = `${name}-`.slice(0, LONGEST_BEFORE_SUFFIX);
  const middle = WITH_MIDDLE.has(kind) ? /^(?:[a-z0-9]{1,10}-?)?$/ : /^$/;
  return before.startsWith(known) && middle.test(before.slice(known.length));
}
