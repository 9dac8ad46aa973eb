/** The users and groups of an image: `/etc/passwd` and `/etc/group` (passwd(5), group(5)), and USER (OCI image-spec, config.md). */
import type { FileTree } from '../image/file-tree.ts';

export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  readonly home: string;
}

export interface Group {
  readonly name: string;
  readonly gid: number;
  readonly members: readonly string[];
}

export interface Accounts {
  readonly users: readonly Account[];
  readonly groups: readonly Group[];
}

/** Who a container runs as. */
export interface RunsAs {
  readonly uid: number;
  readonly gid: number;
  /** All groups, the primary one among them. */
  readonly groups: readonly number[];
  /** Undefined when no account has the number. */
  readonly account: Account | undefined;
  /** Where it was found: `node is 1000:1000 in /etc/passwd`. */
  readonly why: string;
}

/** The accounts of an image; a line that is not as it must be is left out. */
export function readAccounts(tree: FileTree): Accounts {
  return {
    users: rows(tree, '/etc/passwd').flatMap(([name = '', , uid, gid, , home = '']) => {
      const numbers = [uid, gid].map(numberOf);
      const [user, group] = numbers;
      return name === '' || user === undefined || group === undefined ? [] : [{ name, uid: user, gid: group, home }];
    }),
    groups: rows(tree, '/etc/group').flatMap(([name = '', , gid, members = '']) => {
      const group = numberOf(gid);
      return name === '' || group === undefined ? [] : [{ name, gid: group, members: members.split(',').filter(Boolean) }];
    }),
  };
}

function rows(tree: FileTree, path: string): string[][] {
  const text = tree.find(path)?.node.text ?? '';
  return text.split('\n').map((line) => line.trim().split(':'));
}

function numberOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,10}$/.test(text) ? Number(text) : undefined;
}

/**
 * Who `user`, `uid`, `user:group` and `uid:gid` are, as container runtimes read them: a number needs no account, and has the group 0
 * when it has none. Undefined for a name that the image does not know, with which no runtime starts it.
 */
export function runsAs(user: string, { users, groups }: Accounts): RunsAs | undefined {
  const [name = '', groupName] = user === '' ? ['0'] : user.split(':');
  const account = users.find((one) => one.name === name) ?? users.find((one) => one.uid === numberOf(name));
  const uid = account?.uid ?? numberOf(name);
  if (uid === undefined) return undefined;
  const group = groups.find((one) => one.name === groupName)?.gid ?? numberOf(groupName);
  if (groupName !== undefined && groupName !== '' && group === undefined) return undefined;
  const gid = group ?? account?.gid ?? 0;
  const others = groups.filter(({ members }) => account !== undefined && members.includes(account.name)).map((one) => one.gid);
  const why = account ? `${account.name} is ${uid}:${gid} in /etc/passwd` : `no name in /etc/passwd has the number ${uid}`;
  return { uid, gid, groups: [...new Set([gid, ...others])], account, why };
}
