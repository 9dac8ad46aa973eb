/** The commands that make users and groups: useradd(8), groupadd(8), adduser(8) of Debian, and those of BusyBox. */
import { readArguments } from '../../shell/options.ts';

/** A user; what nobody wrote down is undefined. */
export interface Account {
  readonly uid: number | undefined;
  readonly gid: number | undefined;
  /** Set where it is made with the user. */
  readonly home: string | undefined;
}

export interface Accounts {
  readonly users: Map<string, Account>;
  readonly groups: Map<string, number | undefined>;
  readonly numbering: Numbering | undefined;
}

/**
 * Who gives numbers: BusyBox counts up from 100 for the system and from 1000 for others; shadow counts down from 999, and up from 1000
 * (busybox, loginutils/adduser.c and addgroup.c; shadow, lib/find_new_uid.c).
 */
export type Numbering = 'busybox' | 'shadow';

const USERADD = {
  short: 'bcdefgGkKpRPsuZ',
  long: [
    '--base-dir',
    '--comment',
    '--home-dir',
    '--home',
    '--expiredate',
    '--inactive',
    '--gid',
    '--groups',
    '--skel',
    '--key',
  ].concat(['--password', '--root', '--prefix', '--shell', '--uid', '--selinux-user']),
};
const ADDUSER = {
  short: 'hgsGuk',
  long: [
    '--home',
    '--shell',
    '--uid',
    '--gid',
    '--ingroup',
    '--gecos',
    '--comment',
    '--firstuid',
    '--lastuid',
    '--conf',
    '--add_extra_groups',
  ],
};
const GROUPADD = { short: 'gKpRP', long: ['--gid', '--key', '--password', '--root', '--prefix', '--users'] };

type Read = (words: readonly string[], accounts: Accounts) => void;

const COMMANDS: ReadonlyMap<string, Read> = new Map<string, Read>([
  ['useradd', useradd],
  ['adduser', adduser],
  ['groupadd', groupadd],
  ['addgroup', groupadd],
  ['usermod', usermod],
  ['groupmod', groupadd],
]);

/** True when a command makes or changes users or groups; then it is carried out. */
export function changeAccounts(name: string, words: readonly string[], accounts: Accounts): boolean {
  const command = COMMANDS.get(name);
  command?.(words, accounts);
  return command !== undefined;
}

function useradd(words: readonly string[], accounts: Accounts): void {
  const { users, groups } = accounts;
  const { operands, values } = readArguments(words, USERADD);
  const [name] = operands;
  if (name === undefined) return;
  const isSystem = hasFlag(words, 'r', '--system');
  const uid = number(valueOf(values, '-u', '--uid')) ?? nextNumber(accounts, 'users', isSystem);
  const group = valueOf(values, '-g', '--gid');
  const hasOwnGroup = group === undefined && !hasFlag(words, 'N', '--no-user-group');
  const gid = hasOwnGroup ? uid : groupId(group ?? '100', groups);
  if (hasOwnGroup) groups.set(name, gid);
  const home = valueOf(values, '-d', '--home-dir', '--home') ?? `/home/${name}`;
  users.set(name, { uid, gid, home: hasFlag(words, 'm', '--create-home') ? home : undefined });
}

/** The groups of system users: `nogroup` is 65534 on Debian; BusyBox gives them 65533. */
function adduser(words: readonly string[], accounts: Accounts): void {
  const { users, groups } = accounts;
  const { operands, values } = readArguments(words, ADDUSER);
  const [name, toGroup] = operands;
  if (name === undefined || toGroup !== undefined) return;
  const isSystem = hasFlag(words, 'S', '--system');
  const isOfDebian = words.includes('--system');
  const uid = number(valueOf(values, '-u', '--uid')) ?? (isOfDebian ? undefined : nextNumber(accounts, 'users', isSystem));
  const group = valueOf(values, '-G', '--gid', '--ingroup');
  const ownGroup = isSystem && !words.includes('--group') ? (isOfDebian ? 65534 : 65533) : uid;
  if (group === undefined && !isSystem) groups.set(name, uid);
  const gid = group === undefined ? ownGroup : groupId(group, groups);
  const isHomeMade = !hasFlag(words, 'H', '--no-create-home') && !isOfDebian;
  const home = valueOf(values, '-h', '--home') ?? `/home/${name}`;
  users.set(name, { uid, gid, home: isHomeMade ? home : undefined });
}

function groupadd(words: readonly string[], accounts: Accounts): void {
  const { groups } = accounts;
  const { operands, values } = readArguments(words, GROUPADD);
  const name = operands.at(-1);
  if (name === undefined || operands.length > 1) return;
  const isSystem = hasFlag(words, 'r', '--system') || hasFlag(words, 'S', '--system');
  groups.set(name, number(valueOf(values, '-g', '--gid')) ?? groups.get(name) ?? nextNumber(accounts, 'groups', isSystem));
}

/** Numbers that systems have from the start: guest is a user of Alpine, users a group everywhere. */
const TAKEN = { users: [405], groups: [100] };

/** The number that an account without one gets; undefined where that depends on what nobody knows. */
function nextNumber({ users, groups, numbering }: Accounts, kind: 'users' | 'groups', isSystem: boolean): number | undefined {
  const numbers = kind === 'users' ? [...users.values()].map(({ uid }) => uid) : [...groups.values()];
  if (!numbering || numbers.includes(undefined)) return undefined;
  const taken = new Set([...numbers, ...TAKEN[kind]]);
  const step = isSystem && numbering === 'shadow' ? -1 : 1;
  let next = isSystem ? (numbering === 'shadow' ? 999 : 100) : 1000;
  while (taken.has(next)) next += step;
  return next;
}

function usermod(words: readonly string[], { users, groups }: Accounts): void {
  const { operands, values } = readArguments(words, USERADD);
  const [name = ''] = operands;
  const old = users.get(name);
  const uid = valueOf(values, '-u', '--uid');
  const group = valueOf(values, '-g', '--gid');
  if (uid === undefined && group === undefined) return;
  users.set(name, {
    uid: uid === undefined ? old?.uid : number(uid),
    gid: group === undefined ? old?.gid : groupId(group, groups),
    home: old?.home,
  });
}

function valueOf(
  values: readonly { readonly name: string; readonly value: string }[],
  ...names: readonly string[]
): string | undefined {
  return values.find(({ name }) => names.includes(name))?.value;
}

function hasFlag(words: readonly string[], letter: string, long: string): boolean {
  return words.some((word) => word === long || new RegExp(`^-[a-zA-Z]*${letter}`).test(word));
}

function groupId(group: string, groups: ReadonlyMap<string, number | undefined>): number | undefined {
  return group === 'root' ? 0 : (groups.get(group) ?? number(group));
}

/** Undefined for a text that is no number of a user or a group. */
export function number(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,10}$/.test(text) ? Number(text) : undefined;
}
