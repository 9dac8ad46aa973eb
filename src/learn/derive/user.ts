/** Whether an image works without root, and as whom. */
import { rootEvidence, type Evidence } from '../../evidence/root.ts';
import type { Command } from '../../shell/command.ts';
import { pathFrom } from '../../shell/folder.ts';
import { asksForUser, userAfter } from '../../shell/step-down.ts';
import type { ImageEntry } from '../../images/index.ts';
import type { FileTree } from '../image/file-tree.ts';
import type { ImageConfig } from '../image/image.ts';
import { runsAs, type Accounts, type RunsAs } from './accounts.ts';
import type { Findings } from './findings.ts';
import { canRead, canRun } from './folders.ts';
import type { Program } from './program.ts';

export interface UserFindings extends Findings {
  /** Who it runs as without root; undefined when nobody knows. */
  readonly worker: RunsAs | undefined;
  /** True when its entrypoint becomes root, which can write everywhere. */
  readonly escalates?: boolean;
}

/** What USER can be in an entry. */
const NAME = /^[A-Za-z0-9_.:-]+$/;
/** A user that no image knows. */
export const STRANGER: RunsAs = { uid: 10001, gid: 10001, groups: [10001], account: undefined, why: '' };
/** Commands that ask for a password, or become root. */
const ESCALATES = /^(?:sudo|doas|su)\b/;
/** What a container has by default, and so what its entrypoint can have used. */
const DEFAULTS: ReadonlySet<string> = new Set(
  'AUDIT_WRITE CHOWN DAC_OVERRIDE FOWNER FSETID KILL MKNOD NET_BIND_SERVICE NET_RAW SETFCAP SETGID SETPCAP SETUID SYS_CHROOT'.split(
    ' ',
  ),
);

/** Who the image runs as, and who it can run as. */
export function userFindings(config: ImageConfig, tree: FileTree, program: Program, accounts: Accounts): UserFindings {
  const user = runsAs(config.user, accounts);
  const written = config.user === '' ? '0' : config.user;
  const isName = NAME.test(written);
  if (!user) {
    const reason = `USER is ${written}, which /etc/passwd and /etc/group do not know`;
    return {
      fields: { ...(isName && { user: { default: written } }), nonRoot: 'unknown' },
      reasons: { nonRoot: reason },
      worker: undefined,
    };
  }
  return user.uid === 0 ? rootFindings(config, tree, program, accounts) : ownFindings(written, user, program);
}

function ownFindings(written: string, user: RunsAs, { commands }: Program): UserFindings {
  const escalates = rootEvidence(commands, [], true).find(({ word }) => ESCALATES.test(word));
  const { uid, gid, why } = user;
  return {
    fields: {
      nonRoot: escalates ? 'needs-change' : 'works',
      user: { default: written, uid, gid },
      ...(escalates && { needs: ['privilege-escalation'] }),
    },
    reasons: {
      user: `USER is ${written}: ${why}`,
      nonRoot: 'it is not root in the image',
      ...(escalates && { needs: `its entrypoint runs ${escalates.word}` }),
    },
    worker: user,
    escalates: escalates !== undefined,
  };
}

/** An image that starts as root: its entrypoint says whether it has to. */
function rootFindings(config: ImageConfig, tree: FileTree, program: Program, accounts: Accounts): UserFindings {
  const evidence = rootEvidence(program.commands, [], false);
  const target = program.commands.map(userAfter).find((user) => user !== undefined);
  const later = target === undefined || target.includes('$') ? undefined : runsAs(target, accounts);
  const asks = asksForUser(program.scripts.values());
  const asRoot = { default: config.user === '' ? '0' : config.user };
  const start = config.user === '' ? 'the image sets no USER' : `USER is ${config.user}`;
  const words = [...new Set(evidence.map(({ word }) => word))].slice(0, 4).join(', ');
  const open = (fields: Findings['fields'], nonRoot: string, worker?: RunsAs): UserFindings => ({
    fields: { ...fields, ...capabilities(evidence, later) },
    reasons: {
      user: worker ? `${start}; its entrypoint becomes ${target}: ${worker.why}` : start,
      nonRoot,
      ...(later && { capabilitiesIfRoot: `what its entrypoint does before it becomes ${target}: ${words}` }),
    },
    worker,
  });
  const { first } = program;
  if (first && !canRun(first.path, STRANGER, tree))
    return open(
      { user: asRoot, nonRoot: 'impossible' },
      `only root can run ${first.path}, by its mode and the modes of its folders`,
    );
  const secret =
    evidence.length === 0 ? namedFiles(program.commands, tree).find((path) => !canRead(path, STRANGER, tree)) : undefined;
  if (secret !== undefined)
    return open(
      { user: asRoot, nonRoot: 'impossible' },
      `only root can read ${secret}, which its entrypoint names, by its mode and the modes of its folders`,
    );
  if (evidence.length === 0)
    return { fields: { user: asRoot }, reasons: { user: `${start}, and nothing shows that it needs root` }, worker: undefined };
  if (later && later.uid > 0 && asks) {
    const { uid, gid } = later;
    const fields: Partial<ImageEntry> = { user: { ...asRoot, uid, gid }, nonRoot: 'works' };
    return open(fields, `its entrypoint runs ${words} only when it is root, and then becomes ${target}`, later);
  }
  if (later && later.uid > 0)
    return open({ user: asRoot, nonRoot: 'impossible' }, `its entrypoint runs ${words}, and does not ask whether it is root`);
  return open({ user: asRoot, nonRoot: 'unknown' }, `its entrypoint runs ${words}`);
}

/** The files of the image that the arguments of its commands name, and those that it reads from. */
function namedFiles(commands: readonly Command[], tree: FileTree): string[] {
  const names = commands.flatMap(({ words, redirects, folder }) =>
    [...words.slice(1).map(({ text }) => text), ...redirects.filter(({ op }) => op === '<').map(({ path }) => path)].map((text) =>
      pathFrom(folder, text),
    ),
  );
  return names.filter((path) => path.startsWith('/') && tree.find(path)?.node.kind === 'file');
}

/** What root needs for the part before it becomes another user; the program after that has none. */
function capabilities(evidence: readonly Evidence[], later: RunsAs | undefined): Pick<ImageEntry, 'capabilitiesIfRoot'> {
  const all = evidence.flatMap((one) => one.capabilities ?? ['?']);
  const isKnown = later !== undefined && all.every((name) => DEFAULTS.has(name)) && evidence.every(({ installs }) => !installs);
  return isKnown ? { capabilitiesIfRoot: [...new Set(all)].sort() as NonNullable<ImageEntry['capabilitiesIfRoot']> } : {};
}
