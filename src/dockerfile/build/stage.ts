/** A stage of a Dockerfile while its instructions are carried out: what is known about the image that it builds. */
import type { ImageKnowledge } from '../../images/index.ts';
import type { Account, Numbering } from './accounts.ts';

/** Where something is said, and in which words. */
export interface Place {
  /** The path of the Dockerfile. */
  readonly file: string;
  readonly line: number;
  /** The instruction, without what it does besides: `USER 1001`. */
  readonly words: string;
}

export type Said<T> = Place & { readonly value: T };

/** What a build begins with: nothing, an image that is known, or one that nobody knows. */
export type Base =
  | { readonly kind: 'empty' }
  | { readonly kind: 'known'; readonly name: string; readonly knowledge: ImageKnowledge; readonly isRuntime: boolean }
  | { readonly kind: 'unknown'; readonly name: string };

/** Whose a path becomes, as it is written. */
export interface Owner {
  readonly path: string;
  /** Undefined when it stays. */
  readonly user: string | undefined;
  readonly group: string | undefined;
}

/** Files that come from the context, or from another stage. */
export interface Copy {
  readonly sources: readonly string[];
  /** In normal form. */
  readonly target: string;
  /** True for a target that is a folder by its name. */
  readonly isFolder: boolean;
  /** The stage that they come from; undefined for the context. */
  readonly from: Stage | undefined;
  /** The text of a here-document in the place of a file. */
  readonly text: string | undefined;
  /** The folder of the context, relative to the root. */
  readonly context: string;
}

export interface Stage {
  readonly base: Base;
  /** Where the base is named. */
  readonly from: Place;
  readonly env: Map<string, string>;
  /** USER; the value is undefined when a variable in it is not known. */
  user: Said<string | undefined> | undefined;
  workdir: string;
  shell: readonly string[];
  readonly ports: Said<number>[];
  readonly volumes: Said<string>[];
  entrypoint: Said<readonly string[]> | undefined;
  command: Said<readonly string[]> | undefined;
  /** True for a CMD of the stage itself: ENTRYPOINT takes away one of its base. */
  hasOwnCommand: boolean;
  readonly users: Map<string, Account>;
  readonly groups: Map<string, number | undefined>;
  /** How users without a number get one; undefined where the accounts of the base are not known, or packages may have added some. */
  numbering: Numbering | undefined;
  /** The folders that are made, with the user that made them. */
  readonly made: Map<string, string | undefined>;
  readonly owners: Said<Owner>[];
  /** Paths that the group, or everybody, may write to from then on. */
  readonly opened: Said<{ readonly path: string; readonly for: 'group' | 'all' }>[];
  /** Paths that only their user may read. */
  closed: readonly Said<string>[];
  /** True when the owner or the mode of a path changes whose name is not written out. */
  hidesPaths: boolean;
  /** How many commands were carried out. */
  commands: number;
  /** Where files are put. */
  readonly filled: Set<string>;
  readonly capabilities: Said<{ readonly path: string; readonly names: readonly string[] }>[];
  readonly copies: Copy[];
  /** A program that starts others as other users, such as gosu, where it comes into the image. */
  switcher: Said<string> | undefined;
}

/** A stage before its first instruction. */
export function newStage(base: Base, from: Place): Stage {
  return {
    base,
    from,
    env: new Map(),
    user: undefined,
    workdir: '/',
    shell: ['/bin/sh', '-c'],
    ports: [],
    volumes: [],
    entrypoint: undefined,
    command: undefined,
    hasOwnCommand: false,
    users: new Map(),
    groups: new Map(),
    numbering: undefined,
    made: new Map(),
    owners: [],
    opened: [],
    closed: [],
    hidesPaths: false,
    commands: 0,
    filled: new Set(),
    capabilities: [],
    copies: [],
    switcher: undefined,
  };
}

/** A stage that goes on from another one. */
export function stageFrom(other: Stage): Stage {
  return {
    ...other,
    hasOwnCommand: false,
    shell: ['/bin/sh', '-c'],
    env: new Map(other.env),
    ports: [...other.ports],
    volumes: [...other.volumes],
    users: new Map(other.users),
    groups: new Map(other.groups),
    made: new Map(other.made),
    owners: [...other.owners],
    opened: [...other.opened],
    filled: new Set(other.filled),
    capabilities: [...other.capabilities],
    copies: [...other.copies],
  };
}
