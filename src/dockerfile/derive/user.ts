/** Who an image runs as, and whether it works without root. */
import { rootEvidence, type Evidence } from '../../evidence/root.ts';
import { isWithin } from '../../kubernetes/volumes.ts';
import { pathFrom } from '../../shell/folder.ts';
import { asksForUser, userAfter } from '../../shell/step-down.ts';
import type { ImageEntry, ImageUser } from '../../images/index.ts';
import { number } from '../build/accounts.ts';
import type { Place, Stage } from '../build/stage.ts';
import type { Program } from './program.ts';

/** A user with the numbers that are known. */
export interface RunsAs {
  readonly name: string | undefined;
  readonly uid: number | undefined;
  readonly gid: number | undefined;
  readonly home: string | undefined;
}

export interface UserFindings {
  readonly fields: Pick<ImageEntry, 'user' | 'nonRoot' | 'needs' | 'capabilitiesIfRoot'>;
  /** Who it runs as without root; undefined when nobody knows, or when it is root. */
  readonly worker: RunsAs | undefined;
  readonly places: readonly Place[];
  /** Why nobody knows whether it works without root, as a clause without a subject. */
  readonly open?: string;
}

/** Commands that ask for a password, or become root. */
const ESCALATES = /^(?:sudo|doas|su)\b/;
/** What a container has by default, and so what its entrypoint can have used. */
const DEFAULTS: ReadonlySet<string> = new Set(
  'AUDIT_WRITE CHOWN DAC_OVERRIDE FOWNER FSETID KILL MKNOD NET_BIND_SERVICE NET_RAW SETFCAP SETGID SETPCAP SETUID SYS_CHROOT'.split(
    ' ',
  ),
);
/** What USER can be in an entry. */
const NAME = /^[A-Za-z0-9_.-]+(?::[A-Za-z0-9_.-]+)?$/;

/** What the stage and its program say about users. */
export function userFindings(stage: Stage, program: Program): UserFindings {
  const { user, base, from } = stage;
  if (!user) return userOfBase(stage, program);
  if (user.value === undefined)
    return open([user], `has a user that its Dockerfile leaves open (${at(user)} says ${user.words})`);
  const runsAs = resolve(user.value, stage);
  if (runsAs.uid === 0 && isRootAgainst(base)) {
    const reason = `sets USER ${user.value} (${at(user)}) on ${base.name}, which is not root by itself`;
    return { ...open([user], reason), fields: { user: { default: '0' }, nonRoot: 'unknown' } };
  }
  if (runsAs.uid === 0) return rootFindings(stage, program, [user]);
  if (!NAME.test(user.value)) return open([user], `has a user that is no name and no number (${at(user)} says ${user.words})`);
  if (runsAs.uid === undefined) {
    const reason = `runs as ${user.value} (${at(user)}), a user whose number no Dockerfile tells (useradd --uid would)`;
    return { ...open([user], reason), fields: { user: { default: user.value }, nonRoot: 'unknown' } };
  }
  const places = base.kind === 'known' && program.isInherited ? [user, from] : [user];
  return ownFindings({ default: user.value, ...numbers(runsAs) }, runsAs, program, places);
}

/** Who makes an image root again that was not leaves nobody sure of what it needs. */
function isRootAgainst(base: Stage['base']): base is Extract<Stage['base'], { kind: 'known' }> {
  return base.kind === 'known' && !/^(?:0|root)(?::|$)/.test(base.knowledge.user.default ?? '0');
}

function at({ file, line }: Place): string {
  return `${file}:${line}`;
}

function open(places: readonly Place[], reason: string): UserFindings {
  return { fields: { nonRoot: 'unknown' }, worker: undefined, places, open: reason };
}

function numbers({
  uid,
  gid,
}: {
  readonly uid: number | undefined;
  readonly gid: number | undefined;
}): Pick<ImageUser, 'uid' | 'gid'> {
  return { ...(uid !== undefined && { uid }), ...(gid !== undefined && { gid }) };
}

/** `user`, `uid`, `user:group` and `uid:gid` as runtimes read them: a number without an account has the group 0. */
export function resolve(written: string, { users, groups }: Pick<Stage, 'users' | 'groups'>): RunsAs {
  const [name = '', group] = written.split(':');
  const given = group === undefined ? undefined : (number(group) ?? groups.get(group));
  if (name === 'root' || name === '' || number(name) === 0) return { name: 'root', uid: 0, gid: given ?? 0, home: '/root' };
  const uid = number(name);
  const [known, account] = uid === undefined ? [name, users.get(name)] : ([...users].find(([, one]) => one.uid === uid) ?? []);
  const own = account ? account.gid : uid === undefined ? undefined : 0;
  return { name: known, uid: uid ?? account?.uid, gid: group === undefined ? own : given, home: account?.home };
}

/** No Dockerfile says USER: the user is that of the image that the chain begins with. */
function userOfBase(stage: Stage, program: Program): UserFindings {
  const { base, from } = stage;
  if (base.kind === 'empty') return rootFindings(stage, program, [from]);
  if (base.kind === 'unknown')
    return open([from], `is built on ${base.name} (${at(from)}), of which nothing is known, and sets no USER`);
  const { user } = base.knowledge;
  const worker: RunsAs = { name: user.default, uid: user.uid, gid: user.gid, home: undefined };
  if (program.isInherited) return { fields: {}, worker, places: [from] };
  if (user.default !== undefined && /^(?:0|root)(?::|$)/.test(user.default)) return rootFindings(stage, program, [from]);
  if (user.default === undefined || user.uid === undefined)
    return open([from], `is built on ${base.name} (${at(from)}), whose user has no known number, and sets no USER`);
  return ownFindings(user, worker, program, [from]);
}

function ownFindings(user: ImageUser, worker: RunsAs, { commands }: Program, places: readonly Place[]): UserFindings {
  const escalates = rootEvidence(commands, [], true).some(({ word }) => ESCALATES.test(word));
  return {
    fields: { user, nonRoot: escalates ? 'needs-change' : 'works', ...(escalates && { needs: ['privilege-escalation'] }) },
    worker,
    places,
  };
}

/** An image that starts as root: its entrypoint says whether it has to. */
function rootFindings(stage: Stage, program: Program, places: readonly Place[]): UserFindings {
  const evidence = rootEvidence(program.commands, [], false);
  const target = program.commands.map(userAfter).find((user) => user !== undefined);
  const later = target === undefined || target.includes('$') ? undefined : resolve(target, stage);
  const asks = asksForUser(program.scripts);
  const user: ImageUser = { default: '0' };
  const entry = stage.entrypoint ?? stage.command;
  const starts = entry ? [entry, ...places] : places;
  if (evidence.length === 0) {
    const secret = secretOf(stage, program);
    if (secret) return { fields: { user, nonRoot: 'impossible' }, worker: undefined, places: [secret, ...starts] };
    const { switcher } = stage;
    if (!switcher || !program.hidden) return { fields: { user }, worker: undefined, places };
    const reason = `starts ${program.hidden}, which is not in the inputs, and has ${switcher.value} (${at(switcher)})`;
    return { ...open([...places, switcher], reason), fields: { user, nonRoot: 'unknown' } };
  }
  const capabilities = capabilitiesBefore(evidence, later);
  if (later?.uid !== undefined && later.uid > 0 && asks) {
    const fields = { user: { default: '0', ...numbers(later) }, nonRoot: 'works' as const, ...capabilities };
    return { fields, worker: later, places: starts };
  }
  if (later && later.uid !== 0 && !asks)
    return { fields: { user, nonRoot: 'impossible', ...capabilities }, worker: undefined, places: starts };
  const words = [...new Set(evidence.map(({ word }) => word))].slice(0, 4).join(', ');
  return { ...open(starts, `runs ${words} at its start`), fields: { user, nonRoot: 'unknown' } };
}

/** What its commands name, and only root may read. */
function secretOf({ closed }: Stage, { commands }: Program): Place | undefined {
  const names = commands.flatMap(({ words, redirects, folder }) =>
    [...words.map(({ text }) => text), ...redirects.map(({ path }) => path)].map((text) => pathFrom(folder, text)),
  );
  return closed.find(({ value }) => names.some((path) => isWithin(path, value)));
}

/** What root needs for the part before it becomes another user; the program after that has none. */
function capabilitiesBefore(evidence: readonly Evidence[], later: RunsAs | undefined): Pick<ImageEntry, 'capabilitiesIfRoot'> {
  const all = evidence.flatMap((one) => one.capabilities ?? ['?']);
  const isKnown = later !== undefined && all.every((name) => DEFAULTS.has(name)) && evidence.every(({ installs }) => !installs);
  return isKnown ? { capabilitiesIfRoot: [...new Set(all)].sort() as NonNullable<ImageEntry['capabilitiesIfRoot']> } : {};
}
