/** From which known image an unknown one is likely to be built, or of which it is a copy under another name. */
import type { ImageReference } from '../kubernetes/image-reference.ts';
import { hasWildcard } from '../util/glob.ts';
import type { ImageEntry, ImageKnowledge, Need } from './knowledge.ts';

/** What a manifest shows of a container besides its image. */
export interface Signs {
  /** The names of its environment variables. */
  readonly variables: readonly string[];
  /** The ports that it declares. */
  readonly ports: readonly number[];
  /** Where its volumes are mounted, in normal form. */
  readonly folders: readonly string[];
}

/** The known image that an unknown one seems to be made of. */
export interface Likeness {
  /** Repository of the known image in full: `docker.io/library/postgres`. */
  readonly repository: string;
  /** What the two have in common, as a clause: `its name holds postgres and it declares port 5432`. */
  readonly why: string;
}

/** Undefined when an image is like no known one. */
export type FindLikeness = (image: ImageReference, signs: Signs) => Likeness | undefined;

/** Names of programs that work with a server and are no server: `postgres-operator`, `redis-exporter`. */
const COMPANION =
  /(?:^|[-_.])(?:operator|controller|exporter|client|proxy|backup|migrat\w*|agent|sidecar|init|test|ui|admin|commander)(?:$|[-_.])/;
const STORE = /(?:^|[-_.])(?:db|database|sql|store)(?:$|[-_.])/;

interface Candidate {
  readonly repository: string;
  readonly baseName: string;
  readonly variables: readonly string[];
  readonly ports: readonly number[];
  /** Where it keeps its data, deep enough to be its own. */
  readonly folders: readonly string[];
}

interface Index {
  readonly byName: ReadonlyMap<string, readonly Candidate[]>;
  /** Those with signs besides their names. */
  readonly candidates: readonly Candidate[];
}

/**
 * A function that tells from which entry an unknown image is likely to be made: one with its base name, or one that it shares a
 * word of the name, a variable of the server, a port, or the data folder with.
 *
 * @param entries reads those of kharden; called when the first unknown image is asked about
 */
export function createLikeness(entries: () => readonly ImageEntry[]): FindLikeness {
  return ({ repository }, signs) => {
    const { byName, candidates } = indexOf(entries());
    const name = repository.slice(repository.lastIndexOf('/') + 1);
    const same = (byName.get(name) ?? []).find((one) => hasTellingName(one, repository));
    if (same) return { repository: same.repository, why: `its name is ${name} too` };
    if (COMPANION.test(name)) return undefined;
    for (const candidate of candidates) {
      const why = commonSigns(candidate, name, signs);
      if (why !== undefined) return { repository: candidate.repository, why };
    }
    return undefined;
  };
}

function grouped(candidates: readonly Candidate[]): ReadonlyMap<string, readonly Candidate[]> {
  const groups = new Map<string, Candidate[]>();
  for (const one of candidates) {
    const others = groups.get(one.baseName);
    if (others) others.push(one);
    else groups.set(one.baseName, [one]);
  }
  return groups;
}

/** The entries of kharden are the same in every run. */
const indexes = new WeakMap<readonly ImageEntry[], Index>();

function indexOf(entries: readonly ImageEntry[]): Index {
  const known = indexes.get(entries) ?? newIndex(entries);
  indexes.set(entries, known);
  return known;
}

function newIndex(entries: readonly ImageEntry[]): Index {
  const all = candidatesOf(entries);
  const candidates = all.filter(({ variables, ports, folders }) => variables.length + ports.length + folders.length > 0);
  return { byName: grouped(all), candidates };
}

/** The entries with signs of their own, one for each repository, the general entry of variants. */
function candidatesOf(entries: readonly ImageEntry[]): Candidate[] {
  const found = new Map<string, Candidate>();
  for (const { match, signs, writable = [], os } of entries) {
    if (os !== undefined) continue;
    for (const repository of match.filter((glob) => !hasWildcard(glob))) {
      const data = signs ? writable.filter(({ path, kind }) => kind === 'data' && path.split('/').length > 3) : [];
      const folders = data.map(({ path }) => path);
      const baseName = repository.split('/').at(-1) ?? '';
      if (!found.has(repository))
        found.set(repository, { repository, baseName, folders, variables: signs?.variables ?? [], ports: signs?.ports ?? [] });
    }
  }
  return [...found.values()];
}

/** The ends of names that say nothing about the program. */
const GENERIC_END =
  /(?:^|-)(?:api|app|backend|cli|client|controller|core|db|demo|driver|frontend|manager|operator|server|service|test|ui|web|webhook|worker)$/;

/**
 * True when two images of one base name are likely to be the same software: a Docker Official Image, one that is called after its
 * publisher, a name of several words, or one below a folder of the publisher's name. A word such as `cart` says nothing.
 */
function hasTellingName({ repository, baseName, ports }: Candidate, asked: string): boolean {
  const [publisher = ''] = repository.split('/').slice(-2, -1);
  const isBelowPublisher = asked.endsWith(`/${publisher}/${baseName}`) || asked === `${publisher}/${baseName}`;
  const isOwnName = publisher === 'library' || publisher === baseName || ports.length > 0;
  return isBelowPublisher || isOwnName || (baseName.includes('-') && !GENERIC_END.test(baseName));
}

function commonSigns(candidate: Candidate, name: string, signs: Signs): string | undefined {
  const folder = candidate.folders.find((path) => signs.folders.includes(path));
  if (folder !== undefined) return `it has a volume at ${folder}`;
  const variable = candidate.variables.find((one) => signs.variables.includes(one));
  const port = candidate.ports.find((one) => signs.ports.includes(one));
  const holdsName = name.split(/[-_.]/).includes(candidate.baseName);
  if (holdsName && variable !== undefined) return `its name holds ${candidate.baseName} and it has the variable ${variable}`;
  if (holdsName && port !== undefined) return `its name holds ${candidate.baseName} and it declares port ${port}`;
  if (variable === undefined || isClient(variable, signs)) return undefined;
  if (port !== undefined) return `it has the variable ${variable} and declares port ${port}`;
  return STORE.test(name) ? `it has the variable ${variable} and the name of a database` : undefined;
}

/** A client names the host of the server in a variable with the same beginning: `POSTGRES_HOST`. */
function isClient(variable: string, { variables }: Signs): boolean {
  const start = variable.slice(0, variable.indexOf('_') + 1);
  return variables.some((one) => one.startsWith(start) && /_(?:HOST(?:NAME)?|URL|URI|SERVER|ADDR(?:ESS)?)$/.test(one));
}

/** What a copy can be given as well as the image that is known. */
const MET_BY_MOUNTS: ReadonlySet<Need> = new Set(['low-port', 'mounts-for-nonroot', 'file-cap', 'data-ownership', 'sticky-tmp']);

/**
 * What is assumed of an image that is likely made from a known one: the mounts of that image, its user, its use of the API, and
 * root where the known one needs more than mounts to run without it. It is never assumed to need less than the known one.
 */
export function asLikeness(known: ImageKnowledge): ImageKnowledge {
  const { args: _arguments, capabilitiesIfRoot: _capabilities, ...rest } = known;
  const isMovable =
    known.writable.every(({ mustOwn }) => mustOwn === undefined) && known.needs.every((need) => MET_BY_MOUNTS.has(need));
  const isOpen = known.nonRoot === 'works' || known.nonRoot === 'needs-change';
  return { ...rest, ...(isOpen && !isMovable && { nonRoot: 'impossible' as const }), env: [], confidence: 'medium' };
}
