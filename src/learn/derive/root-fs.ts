/** Where an image writes, and whether its root file system can be read-only. */
import { fileWrites } from '../../evidence/file-writes.ts';
import { rootEvidence } from '../../evidence/root.ts';
import { dataFoldersOfImage, pathsInTmp } from '../../evidence/named-paths.ts';
import { isMountable, kindOfPath, type Need, type WritablePath } from '../../images/index.ts';
import type { Container } from '../../kubernetes/object.ts';
import { isWithin, normalPath } from '../../kubernetes/volumes.ts';
import { commandName } from '../../shell/command.ts';
import type { FileTree } from '../image/file-tree.ts';
import type { ImageConfig } from '../image/image.ts';
import type { RunsAs } from './accounts.ts';
import type { Findings } from './findings.ts';
import { canWrite, holdsFiles, writablePlaces } from './folders.ts';
import type { Program } from './program.ts';
import { STRANGER } from './user.ts';

const CHANGES_OWNER = new Set(['chown', 'chgrp', 'chmod']);
/** What everybody can write to in every image. */
const OPEN = ['/tmp', '/var/tmp', '/dev', '/proc', '/sys', '/run/lock'];

interface Place {
  readonly path: string;
  readonly why: string;
  readonly kind?: WritablePath['kind'];
  /** Set where a script writes among files of the image. */
  readonly writes?: string;
}

/** Who writes. */
export interface Writer {
  /** Who the image runs as, unless that is root or nobody knows. */
  readonly worker: RunsAs | undefined;
  /** True when it becomes root for something. */
  readonly escalates: boolean;
  /** True for an image of root of which nothing shows that it needs root, so that it may run as anybody. */
  readonly isFree: boolean;
}

/** Where an image writes, and whether it shows that it writes nowhere else. */
export function rootFsFindings(
  config: ImageConfig,
  tree: FileTree,
  program: Program,
  container: Container,
  { worker, escalates, isFree }: Writer,
): Findings {
  const owned = worker ? writablePlaces(tree, worker) : { folders: [], files: [] };
  const limited = escalates ? undefined : worker;
  const changes = worker ? undefined : rootEvidence(program.commands, [], false).find(({ installs }) => installs)?.word;
  const isFilled = (path: string): boolean => {
    const node = tree.find(path)?.node;
    return node !== undefined && (node.kind !== 'folder' || holdsFiles(node));
  };
  const places: Place[] = [
    ...config.volumes.map((path) => ({ path: normalPath(path), why: 'VOLUME of the image', kind: 'data' as const })),
    ...toldPlaces(container, program, tree, limited),
    ...scriptPlaces(program, tree, limited),
    ...owned.folders,
    ...(isFree ? emptyPlaces(tree) : []),
  ];
  const writable = merged(places, isFilled);
  const writes = places.find(({ path, writes }) => writes !== undefined && isFilled(path))?.writes;
  const inTmp = namedInTmp(program, tree);
  const reasons = [
    ...(writes === undefined ? [] : [`its entrypoint runs ${writes}, among files of the image`]),
    ...(inTmp === undefined ? [] : [`its program needs ${inTmp}, which a volume at /tmp would hide`]),
  ];
  const needs: Need[] = [
    ...(writes === undefined ? [] : ['config' as const]),
    ...(inTmp === undefined ? [] : ['sticky-tmp' as const]),
  ];
  const filled = owned.folders.filter((folder) => folder.isFilled);
  const isShown = limited !== undefined && writes === undefined && filled.length === 0 && owned.files.length === 0;
  const who = worker?.account?.name ?? worker?.uid;
  const doubt = limited
    ? `${who} may also write to ${filled[0]?.path ?? owned.files[0] ?? 'files of the image'}`
    : 'root can write everywhere';
  return {
    fields: {
      readOnlyRootFilesystem: changes !== undefined ? 'breaks' : isShown ? 'works' : 'likely',
      ...(writable.length > 0 && { writable }),
      ...(needs.length > 0 && { needs }),
      ...tmpFields(tree, worker),
    },
    reasons: {
      readOnlyRootFilesystem:
        changes !== undefined
          ? `its entrypoint runs ${changes}`
          : isShown
            ? `${who} can write to nothing else in the image`
            : doubt,
      ...(writable.length > 0 && { writable: 'where it writes, or is made to write' }),
      ...(needs.length > 0 && { needs: reasons.join('; ') }),
      ...(worker && !tree.find('/tmp') && { writesTmp: 'the image has no /tmp, and its user cannot make one' }),
    },
  };
}

/** What its commands name of the files that the image has in /tmp. */
function namedInTmp({ commands }: Program, tree: FileTree): string | undefined {
  return pathsInTmp(commands).find((path) => tree.find(path));
}

function tmpFields(tree: FileTree, worker: RunsAs | undefined): Findings['fields'] {
  const found = tree.find('/tmp');
  const root = tree.find('/')?.node;
  if (!found) return worker && root && !canWrite(root, worker) ? { writesTmp: false } : {};
  return holdsFiles(found.node) ? { notes: 'The image has files in /tmp, which a volume there hides.' } : {};
}

/** Empty folders that everybody may write to: an image of root that prepares them is made for any user. */
function emptyPlaces(tree: FileTree): Place[] {
  return writablePlaces(tree, STRANGER).folders.filter(({ isFilled }) => !isFilled);
}

/** The folders that variables and options name as places to write to. */
function toldPlaces(container: Container, { commands }: Program, tree: FileTree, worker: RunsAs | undefined): Place[] {
  return dataFoldersOfImage(container, commands)
    .filter(({ path, canBeVolume }) => canBeVolume && (!worker || mayWriteBelow(path, tree, worker)))
    .map(({ path, name }) => ({ path, why: `${name} names it` }));
}

/** The folders that scripts write to, as root or as the user that they run as. */
function scriptPlaces({ commands }: Program, tree: FileTree, worker: RunsAs | undefined): Place[] {
  return commands
    .filter((command) => !CHANGES_OWNER.has(commandName(command)))
    .flatMap((command) => {
      const makes = commandName(command) === 'mkdir';
      return fileWrites(command, []).flatMap(({ word, path }): Place[] => {
        if (!path.startsWith('/') || OPEN.some((open) => isWithin(path, open))) return [];
        const folder = makes || tree.find(path)?.node.kind === 'folder' ? path : path.slice(0, path.lastIndexOf('/')) || '/';
        if (worker && !mayWriteBelow(folder, tree, worker)) return [];
        return [{ path: folder, why: `its entrypoint runs ${word}`, ...(!makes && { writes: word }) }];
      });
    });
}

/** True when a user can write to a folder, or make it where it is missing. */
function mayWriteBelow(path: string, tree: FileTree, worker: RunsAs): boolean {
  const found = tree.find(path);
  if (found) return canWrite(found.node, worker);
  return path !== '/' && mayWriteBelow(path.slice(0, path.lastIndexOf('/')) || '/', tree, worker);
}

/** One entry for each path; what lies in a folder that a volume can replace is part of it. */
function merged(places: readonly Place[], isFilled: (path: string) => boolean): WritablePath[] {
  const byPath = new Map<string, Place[]>();
  for (const place of places.filter(({ path }) => isMountable(path)))
    byPath.set(place.path, [...(byPath.get(place.path) ?? []), place]);
  const all = [...byPath].map(([path, same]): WritablePath => {
    const kind = same.find((one) => one.kind)?.kind ?? kindOfPath(path);
    const hides = isFilled(path);
    const reasons = [
      ...new Set(same.map(({ why }) => why)),
      ...(hides ? ['it has files of the image, which a volume would hide'] : []),
    ];
    return { path, ...(kind && { kind }), ...(hides && { prepopulated: true }), why: reasons.join('; ') };
  });
  return all
    .filter(({ path }) => !all.some((other) => other.path !== path && !other.prepopulated && isWithin(path, other.path)))
    .sort((left, right) => (left.path < right.path ? -1 : 1));
}
