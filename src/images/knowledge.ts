/**
 * What is known about container images: the types of the entries in `images/`, where each fact has its source, and of the key
 * `images` in `.kharden.yaml`. `knowledge.schema.json` checks what these types say; docs/images.md explains the fields.
 */
import { isArray } from '../util/json.ts';

/** Whether the image works without root: given mounts and groups, given more (see the needs), not at all, or nobody knows. */
export type NonRoot = 'works' | 'needs-change' | 'impossible' | 'unknown';

/** How well the facts are founded: read in the sources of the image, in part, or general knowledge. */
export type Confidence = 'high' | 'medium' | 'low';

/** What a change of the container can break: `non-root` is its user, `read-only-root` its root file system. */
export type Purpose = 'non-root' | 'read-only-root';

export type Need =
  /** Listens on ports below 1024. */
  | 'low-port'
  /** Has file capabilities, which must stay in the bounding set. */
  | 'file-cap'
  /** Its writable paths belong to root in the image: without root it needs the mounts even beside a writable root file system. */
  | 'mounts-for-nonroot'
  /** What a volume holds already must belong to the user. */
  | 'data-ownership'
  /** Writes configuration among files of the image at start, so its root file system stays writable. */
  | 'config'
  /** Does not start without the environment variables of `env`, or without the arguments of `args`. */
  | 'env'
  | 'args'
  /** Reads files or sockets of the node that belong to root. */
  | 'host-access'
  /** Refuses a `/tmp` that everybody can write to without the sticky bit, as an emptyDir is. */
  | 'sticky-tmp'
  /** Runs sudo or another setuid program, which no_new_privs and an empty bounding set of capabilities forbid. */
  | 'privilege-escalation';

export interface ImageUser {
  /** USER as in the image: a number, a name, or both parts; `0` when there is none. */
  readonly default?: string;
  /** The image's own user, or 10001 where it has none; undefined where only root works. */
  readonly uid?: number;
  readonly gid?: number;
  /** The primary group without which another UID than the image's own cannot work. */
  readonly requiresGid?: number;
  /** True when a UID that the image does not know works, given mounts that it can write to. */
  readonly arbitraryUid?: boolean;
}

export interface KnownPath {
  readonly path: string;
  readonly why?: string;
}

export interface WritablePath extends KnownPath {
  readonly kind?: 'cache' | 'config' | 'data' | 'logs' | 'run' | 'tmp';
  /** The image has files there, which a volume would hide. */
  readonly prepopulated?: boolean;
  /** Needed under a condition only, which `why` names. */
  readonly optional?: boolean;
  /** Needed, in spite of `optional` and `prepopulated`, when the author mounts something here. */
  readonly besides?: string;
  /** The software refuses a folder of another owner, as the root of a volume is; this variable moves it. */
  readonly mustOwn?: string;
}

/** An empty `for` makes it a hint for people, never applied. */
export interface KnownEnv {
  readonly name: string;
  readonly value: string;
  readonly for?: readonly Purpose[];
  /** Variables beside which it is not set. */
  readonly unless?: readonly string[];
  readonly why?: string;
}

export interface KnownArgs {
  readonly value: readonly string[];
  readonly for?: readonly Purpose[];
  readonly why?: string;
}

/** Quantities by resource; null means that none is written, since no amount is known to fit or a limit harms (`why`). */
export type KnownAmounts = {
  readonly cpu?: string | null;
  readonly memory?: string | null;
  readonly 'ephemeral-storage'?: string | null;
};

/** Amounts that let the image start with its default settings. */
export interface KnownResources {
  readonly requests?: KnownAmounts;
  /** Null for both where a limit harms: control planes, agents of a node, ingress controllers, autoscalers. */
  readonly limits?: KnownAmounts;
  readonly why?: string;
  readonly source?: string;
}

/** The capabilities that a container has by default: the defaults of containerd, CRI-O and Docker put together. */
export type DefaultCapability =
  | 'AUDIT_WRITE'
  | 'CHOWN'
  | 'DAC_OVERRIDE'
  | 'FOWNER'
  | 'FSETID'
  | 'KILL'
  | 'MKNOD'
  | 'NET_BIND_SERVICE'
  | 'NET_RAW'
  | 'SETFCAP'
  | 'SETGID'
  | 'SETPCAP'
  | 'SETUID'
  | 'SYS_CHROOT';

/** What `kharden learn` read an entry from. */
export interface LearnedFrom {
  /** As it was named: `registry.local/shop/cart:1`, `oci:build/cart`. */
  readonly image: string;
  readonly digest: string;
  /** `linux/amd64`. */
  readonly platform: string;
  /** `2026-11-29`. */
  readonly date: string;
}

/** One entry as it is written down. Everything but `match` may be missing in a user's entry. */
export interface ImageEntry {
  readonly id?: string;
  /** Globs of repositories: registry and `library/` are explicit, `*` also matches `/`. */
  readonly match: readonly string[];
  /** Globs of tags; without them every tag fits. */
  readonly tags?: readonly string[];
  readonly os?: 'windows';
  readonly nonRoot?: NonRoot;
  readonly user?: ImageUser;
  readonly needs?: readonly Need[];
  /** Ports below 1024 that it listens on by default. */
  readonly privilegedPorts?: readonly number[];
  /** The capabilities that its executables carry, and which executables these are. */
  readonly fileCaps?: readonly string[];
  readonly fileCapsOn?: readonly string[];
  /** To add back when all are dropped from a container that stays root; missing when nobody knows. */
  readonly capabilitiesIfRoot?: readonly DefaultCapability[];
  /** A shell with its tools and no program of its own: as root it needs what its command shows. */
  readonly isToolbox?: boolean;
  /** What shows that an image of another name is built from this one: variables that only the server reads, and its ports. */
  readonly signs?: { readonly variables?: readonly string[]; readonly ports?: readonly number[] };
  /** `works`: with the mounts of `writable`. `likely`: nothing speaks against it, and nothing shows it. */
  readonly readOnlyRootFilesystem?: 'works' | 'likely' | 'breaks' | 'unknown';
  readonly writable?: readonly WritablePath[];
  /** False when it writes no temporary files: a read-only root file system needs no `/tmp`. Nobody says so where it is missing. */
  readonly writesTmp?: false;
  /** Paths that look writable, and hold what the image needs. */
  readonly doNotMount?: readonly KnownPath[];
  /** Set when the group rights that `fsGroup` gives to files stop the software. */
  readonly fsGroup?: { readonly effect: 'breaks'; readonly why?: string };
  readonly env?: readonly KnownEnv[];
  readonly args?: KnownArgs;
  /**
   * The hosts that its program connects to beside those of its settings: none for one that opens no other connection, and nobody
   * says so where it is missing. For images of several programs a list by the last part of the repository.
   */
  readonly connects?: readonly string[] | Readonly<Record<string, readonly string[]>>;
  /** Set when it talks to the Kubernetes API. */
  readonly usesApi?: {
    readonly why: string;
    /** The commands with which it does not. */
    readonly unless?: readonly string[];
  };
  readonly resources?: KnownResources;
  readonly notes?: string;
  readonly source?: readonly string[];
  /** Set in entries that `kharden learn` writes. */
  readonly learned?: LearnedFrom;
  readonly confidence?: Confidence;
}

type Lists = 'needs' | 'privilegedPorts' | 'fileCaps' | 'writable' | 'doNotMount' | 'env' | 'source';
type Answers = 'id' | 'user' | 'confidence';

/** An entry whose missing lists are empty. What a user's entry does not say stays undefined: nothing is known about it. */
export type ImageKnowledge = ImageEntry & Required<Pick<ImageEntry, Lists | Answers>> & { readonly built?: BuiltFrom };

/** Set for an image that a Dockerfile of the inputs builds. */
export interface BuiltFrom {
  /** What says so, as a clause: `Dockerfile cart/Dockerfile:12 says USER 1001`. */
  readonly because: string;
  /** Why nobody knows whether it works without root, as a clause without a subject. */
  readonly open?: string;
}

/**
 * Fills in what an entry leaves out. A UID means that the image works as that user; a list of writable paths means that it
 * works with a read-only root file system; whoever writes an entry in a config file is taken at their word.
 */
export function completeEntry(entry: ImageEntry): ImageKnowledge {
  const { user = {}, writable = [] } = entry;
  const nonRoot = entry.nonRoot ?? (user.uid === undefined ? undefined : 'works');
  const readOnlyRootFilesystem = entry.readOnlyRootFilesystem ?? (entry.writable ? 'works' : undefined);
  return {
    ...entry,
    ...(nonRoot && { nonRoot }),
    ...(readOnlyRootFilesystem && { readOnlyRootFilesystem }),
    id: entry.id ?? entry.match[0] ?? '',
    user,
    needs: entry.needs ?? [],
    privilegedPorts: entry.privilegedPorts ?? [],
    fileCaps: entry.fileCaps ?? [],
    writable,
    doNotMount: entry.doNotMount ?? [],
    env: entry.env ?? [],
    source: entry.source ?? ['configuration'],
    confidence: entry.confidence ?? 'high',
  };
}

/**
 * The environment variables to set for one purpose, none unless the facts are certain.
 *
 * @param given names that the author sets: these, and those that they exclude, are left out
 */
export function applicableEnv(knowledge: ImageKnowledge, purpose: Purpose, given: ReadonlySet<string>): readonly KnownEnv[] {
  if (knowledge.confidence !== 'high') return [];
  return knowledge.env.filter(
    (item) => item.for?.includes(purpose) && !given.has(item.name) && !item.unless?.some((name) => given.has(name)),
  );
}

/** The arguments to set for one purpose where the author gives neither command nor arguments; only when the facts are certain. */
export function applicableArgs(knowledge: ImageKnowledge, purpose: Purpose): readonly string[] | undefined {
  return knowledge.confidence === 'high' && knowledge.args?.for?.includes(purpose) ? knowledge.args.value : undefined;
}

/** True when the image starts as a user of its own that is not root. */
export function hasOwnUser({ user }: ImageKnowledge): boolean {
  return user.default !== undefined && !/^(?:0|root)(?::|$)/.test(user.default);
}

/** True when it is known whether the image works without root. */
export function isSettled(knowledge: ImageKnowledge | undefined): boolean {
  return knowledge?.nonRoot !== undefined && knowledge.nonRoot !== 'unknown';
}

/** The hosts that the program of an image connects to beside those of its settings; undefined where nobody says so. */
export function connectionsOf({ connects }: ImageKnowledge, repository: string): readonly string[] | undefined {
  if (connects === undefined || isArray(connects)) return connects as readonly string[] | undefined;
  const program = repository.slice(repository.lastIndexOf('/') + 1);
  return Object.hasOwn(connects, program) ? (connects as Readonly<Record<string, readonly string[]>>)[program] : undefined;
}
