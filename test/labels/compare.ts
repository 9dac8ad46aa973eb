/** A hardened container against its label. */
import { isObject, itemsAt, path, stringAt, type Json, type JsonObject } from '../../src/util/json.ts';
import { wrongAmounts } from './amounts.ts';
import type { Label } from './label.ts';
import type { Place } from './workload.ts';

/** A container and the ServiceAccounts that its pod may name, the nearest first. */
export interface Subject extends Place {
  readonly accounts: readonly JsonObject[];
}

/** One key of a label that is not fulfilled. */
export interface Mismatch {
  readonly key: keyof Label;
  readonly wanted: string;
  readonly got: string;
}

/** The capabilities of a container that drops and adds none (containerd, CRI-O before 1.18, Docker). */
const DEFAULT_CAPABILITIES = [
  ...['AUDIT_WRITE', 'CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'MKNOD', 'NET_BIND_SERVICE', 'NET_RAW'],
  ...['SETFCAP', 'SETGID', 'SETPCAP', 'SETUID', 'SYS_CHROOT'],
];
/** What a container has that says nothing of it. */
const DEFAULTS = { readOnlyRootFilesystem: false, allowPrivilegeEscalation: true } as const;
const PORT_SYSCTL = 'net.ipv4.ip_unprivileged_port_start';
const LOWEST_HIGH_UID = 10_000;

/** Checks of one key: what was got when it is not what was wanted. */
type Check = (label: Label, before: Subject, after: Subject) => string | undefined;

const CHECKS: Partial<Record<keyof Label, Check>> = {
  user: (label, before, after) => (hasWantedUser(label, before, after) ? undefined : userText(after)),
  readOnlyRootFilesystem: (label, before, after) => wrongField('readOnlyRootFilesystem', label, before, after),
  allowPrivilegeEscalation: (label, before, after) => wrongField('allowPrivilegeEscalation', label, before, after),
  mounts: wrongMounts,
  unprivilegedPorts: ({ unprivilegedPorts }, _, after) =>
    hasPortSysctl(after) === unprivilegedPorts ? undefined : String(hasPortSysctl(after)),
  token: wrongToken,
  account: wrongAccount,
  limits: ({ limits = 'any' }, before, after) => texts(wrongAmounts(limits, 'limits', before.container, after.container)),
  requests: ({ requests = 'any' }, before, after) => texts(wrongAmounts(requests, 'requests', before.container, after.container)),
  capabilities: ({ capabilities = [] }, _, after) =>
    [...capabilities].sort().join() === listed(after, 'add').sort().join() ? undefined : texts(listed(after, 'add')) || 'none',
  needsCapabilities: ({ needsCapabilities = [] }, _, after) =>
    texts(needsCapabilities.filter((name) => !holds(after, name)).map((name) => `no ${name}`)),
};

/** Every key of a label that the hardened container does not fulfil. */
export function mismatches(label: Label, before: Subject, after: Subject): Mismatch[] {
  return Object.entries(CHECKS).flatMap(([name, check]) => {
    const key = name as keyof Label;
    const got = label[key] === undefined ? undefined : check(label, before, after);
    return got === undefined ? [] : [{ key, wanted: wantedText(label, key), got }];
  });
}

function wantedText(label: Label, key: keyof Label): string {
  const may = key === 'mounts' && label.mayMount ? ` (may: ${label.mayMount.join(', ')})` : '';
  const uid = key === 'user' && label.uid !== undefined ? ` ${label.uid}` : '';
  const value = label[key] as unknown as Json;
  return (isObject(value) || Array.isArray(value) ? JSON.stringify(value) : String(value)) + uid + may;
}

/** A list of faults as one text; undefined when there are none. */
function texts(faults: readonly string[]): string | undefined {
  return faults.length === 0 ? undefined : faults.join('; ');
}

/** What is in force for a container: its own field, or the pod's. */
function inForce({ container, pod }: Place, field: string): Json | undefined {
  return path(container, 'securityContext', field) ?? path(pod, 'securityContext', field) ?? undefined;
}

function userText(place: Place): string {
  return `runAsNonRoot ${inForce(place, 'runAsNonRoot')}, runAsUser ${inForce(place, 'runAsUser')}`;
}

function hasWantedUser({ user, uid }: Label, before: Subject, after: Subject): boolean {
  const [nonRoot, number] = [inForce(after, 'runAsNonRoot'), inForce(after, 'runAsUser')];
  const [wasNonRoot, wasNumber] = [inForce(before, 'runAsNonRoot'), inForce(before, 'runAsUser')];
  const isNonRootNumber = nonRoot === true && typeof number === 'number' && number > 0;
  if (user === 'own') return isNonRootNumber && number === uid;
  if (user === 'high') return isNonRootNumber && number >= LOWEST_HIGH_UID;
  if (user === 'any') return isNonRootNumber;
  if (user === 'assigned') return nonRoot === true && number === wasNumber;
  if (user === 'root') return nonRoot === wasNonRoot && nonRoot !== true && number === wasNumber;
  const isAsBefore = nonRoot === wasNonRoot && number === wasNumber;
  if (user === 'left') return isAsBefore;
  const isCompleted = isNonRootNumber && (wasNumber === number || (wasNumber === undefined && wasNonRoot === true));
  return isAsBefore || (wasNonRoot !== false && isCompleted);
}

/** A boolean of the container that must have a value, or be as the author left it. */
function wrongField(field: keyof typeof DEFAULTS, label: Label, before: Subject, after: Subject): string | undefined {
  const [was, is] = [before, after].map(({ container }) => path(container, 'securityContext', field) ?? undefined);
  const isWanted = label[field] === 'author' ? was === is : (is ?? DEFAULTS[field]) === label[field];
  return isWanted ? undefined : String(is);
}

function mountsOf({ container }: Place): Map<string, string> {
  const mounts = itemsAt(container, 'volumeMounts').filter(isObject);
  return new Map(mounts.map((mount) => [withoutSlash(stringAt(mount, 'mountPath') ?? ''), stringAt(mount, 'name') ?? '']));
}

function withoutSlash(mountPath: string): string {
  return mountPath.replace(/(?<=.)\/+$/, '');
}

function wrongMounts({ mounts = [], mayMount = [] }: Label, before: Subject, after: Subject): string | undefined {
  const old = mountsOf(before);
  const added = [...mountsOf(after)].filter(([mountPath]) => !old.has(mountPath));
  const known = [...mounts, ...mayMount].flatMap((alternatives) => alternatives.split('|'));
  const empty = itemsAt(after.pod, 'volumes').filter((volume) => isObject(volume) && Object.hasOwn(volume, 'emptyDir'));
  const names = empty.map((volume) => stringAt(volume, 'name'));
  return texts([
    ...mounts.filter((one) => !one.split('|').some((way) => added.some(([at]) => at === way))).map((one) => `no mount at ${one}`),
    ...added.filter(([mountPath]) => !known.includes(mountPath)).map(([mountPath]) => `a mount at ${mountPath}`),
    ...added.filter(([, name]) => !names.includes(name)).map(([mountPath]) => `no emptyDir at ${mountPath}`),
  ]);
}

function hasPortSysctl({ pod }: Place): boolean {
  return itemsAt(pod, 'securityContext', 'sysctls').some((sysctl) => stringAt(sysctl, 'name') === PORT_SYSCTL);
}

function accountName({ pod }: Place): string {
  return stringAt(pod, 'serviceAccountName') ?? stringAt(pod, 'serviceAccount') ?? '';
}

/** The object of an account in the namespace of the workload. */
function accountObject(subject: Subject, name: string): JsonObject | undefined {
  return subject.accounts.find(
    (account) =>
      stringAt(account, 'metadata', 'name') === name && (stringAt(account, 'metadata', 'namespace') ?? '') === subject.namespace,
  );
}

/** False when no token of the account is mounted: the pod or else its account says so. */
function hasToken(subject: Subject): boolean {
  const account = accountObject(subject, accountName(subject) || 'default');
  return (path(subject.pod, 'automountServiceAccountToken') ?? path(account, 'automountServiceAccountToken')) !== false;
}

function wrongToken({ token }: Label, before: Subject, after: Subject): string | undefined {
  const [was, is] = [before, after].map(({ pod }) => path(pod, 'automountServiceAccountToken') ?? undefined);
  const isWanted =
    token === 'removed' ? !hasToken(after) : hasToken(after) === hasToken(before) && (token === 'kept' || was === is);
  return isWanted ? undefined : hasToken(after) ? 'a token' : 'no token';
}

function wrongAccount({ account }: Label, before: Subject, after: Subject): string | undefined {
  const [was, is] = [accountName(before), accountName(after)];
  const isNew = is !== '' && is !== was && accountObject(after, is) !== undefined;
  return (account === 'new' ? isNew : is === was) ? undefined : is || 'none named';
}

/** The names in `add` or `drop`, spelled alike. */
function listed({ container }: Place, list: 'add' | 'drop'): string[] {
  return itemsAt(container, 'securityContext', 'capabilities', list).map((name) =>
    String(name).toUpperCase().replace(/^CAP_/, ''),
  );
}

/** True when a container has a capability if it starts as root; a name counts more than ALL, `drop` more than `add` (containerd). */
function holds(place: Place, name: string): boolean {
  const [added, dropped] = [listed(place, 'add'), listed(place, 'drop')];
  if (dropped.includes(name)) return false;
  if (added.includes(name)) return true;
  return !dropped.includes('ALL') && (added.includes('ALL') || DEFAULT_CAPABILITIES.includes(name));
}
