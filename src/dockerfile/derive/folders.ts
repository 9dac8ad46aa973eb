/** Where the program of an image writes, and whether the image shows that it writes nowhere else. */
import { fileWrites } from '../../evidence/file-writes.ts';
import { rootEvidence } from '../../evidence/root.ts';
import { dataFoldersOfImage, pathsInTmp } from '../../evidence/named-paths.ts';
import { isMountable, kindOfPath, type ImageEntry, type Need, type WritablePath } from '../../images/index.ts';
import { isWithin, normalPath } from '../../kubernetes/volumes.ts';
import { commandName } from '../../shell/command.ts';
import { holdsFiles } from '../build/run.ts';
import type { Place, Stage } from '../build/stage.ts';
import type { Program } from './program.ts';
import { resolve, type RunsAs, type UserFindings } from './user.ts';

export interface FolderFindings {
  readonly fields: Pick<ImageEntry, 'readOnlyRootFilesystem' | 'writable' | 'needs' | 'doNotMount' | 'writesTmp'>;
  readonly places: readonly Place[];
}

/** Where packages put files, so that `mkdir -p` may find a folder that is not empty. */
const OF_PACKAGES = /^\/(?:etc|usr|lib\w*)\//;

interface Folder {
  readonly path: string;
  readonly why: string;
  readonly kind?: WritablePath['kind'];
  /** True when files of the image are there, which a volume would hide. */
  readonly isFilled: boolean;
  /** True for a folder that the Dockerfile did not make, so that its base may have files there. */
  readonly isOfBase?: boolean;
  /** Set where a script writes to what may be there already. */
  readonly writes?: string;
}

const CHANGES_OWNER = new Set(['chown', 'chgrp', 'chmod']);
/** What everybody can write to in every image, and what the runtime makes. */
const OPEN = ['/tmp', '/var/tmp', '/dev', '/proc', '/sys', '/run/lock'];

/** Where the program of a stage writes, and whether its Dockerfile shows that it writes nowhere else. */
export function folderFindings(stage: Stage, program: Program, user: UserFindings): FolderFindings {
  const { worker } = user;
  const { base } = stage;
  const known = base.kind === 'known' ? base.knowledge : undefined;
  const owned = worker ? ownedFolders(stage, worker) : isFree(user) ? openFolders(stage) : [];
  const told = [...toldFolders(stage, program), ...writtenFolders(stage, program)];
  const folders = [
    ...stage.volumes.map(({ value, words }) => ({
      path: value,
      why: words,
      kind: 'data' as const,
      isFilled: holdsFiles(value, stage),
    })),
    ...told,
    ...owned,
  ];
  const own = merged(folders);
  const ofBase = (known?.writable ?? []).filter(
    ({ path, optional }) => !own.some((one) => one.path === path) && (program.isInherited || !optional),
  );
  const writable = [...own, ...ofBase];
  const needs: Need[] = [];
  if (told.some(({ writes, isFilled }) => writes !== undefined && isFilled)) needs.push('config');
  if (needsTmp(stage, program)) needs.push('sticky-tmp');
  const changesItself = worker === undefined && rootEvidence(program.commands, [], false).some(({ installs }) => installs);
  const isShown =
    worker !== undefined &&
    !user.fields.needs?.includes('privilege-escalation') &&
    (base.kind === 'empty' || known?.readOnlyRootFilesystem === 'works') &&
    !stage.hidesPaths &&
    program.hidden === undefined &&
    !owned.some(({ isFilled, isOfBase }) => isFilled || isOfBase);
  const ofProgram = program.isInherited ? known?.readOnlyRootFilesystem : undefined;
  return {
    fields: {
      readOnlyRootFilesystem: ofProgram ?? (changesItself ? 'breaks' : isShown ? 'works' : 'likely'),
      ...(writable.length > 0 && { writable }),
      ...(needs.length > 0 && { needs }),
      ...(known?.doNotMount.length && { doNotMount: known.doNotMount }),
      ...(program.isInherited && known?.writesTmp === false && { writesTmp: false }),
    },
    places: stage.volumes,
  };
}

/** True for an image of root of which nothing shows that it needs root, so that it may run as anybody. */
function isFree({ fields, open }: UserFindings): boolean {
  return fields.nonRoot === undefined && open === undefined;
}

/** Empty folders that everybody may write to: they are made for any user. */
function openFolders(stage: Stage): Folder[] {
  const stranger: RunsAs = { name: undefined, uid: undefined, gid: undefined, home: undefined };
  return ownedFolders(stage, stranger).filter(({ isFilled, isOfBase }) => !isFilled && !isOfBase);
}

/** True when its commands name what the Dockerfile puts into /tmp, which a volume there would hide. */
function needsTmp(stage: Stage, { commands }: Program): boolean {
  return pathsInTmp(commands).some((path) => holdsFiles(path, stage));
}

/** The folders that variables and options name as places to write to. */
function toldFolders(stage: Stage, { container, commands, isInherited }: Program): Folder[] {
  if (isInherited) return [];
  return dataFoldersOfImage(container, commands).flatMap(({ path, name, canBeVolume }) =>
    canBeVolume ? [{ path, why: `${name} names it`, isFilled: holdsFiles(path, stage) }] : [],
  );
}

/** The folders that scripts write to. */
function writtenFolders(stage: Stage, { commands }: Program): Folder[] {
  return commands
    .filter((command) => !CHANGES_OWNER.has(commandName(command)))
    .flatMap((command) => {
      const makes = commandName(command) === 'mkdir';
      return fileWrites(command, []).flatMap(({ word, path }): Folder[] => {
        if (!path.startsWith('/') || path.includes('$') || OPEN.some((open) => isWithin(path, open))) return [];
        const folder = makes || stage.made.has(path) ? path : path.slice(0, path.lastIndexOf('/')) || '/';
        const isFilled = holdsFiles(folder, stage) || (!makes && !stage.made.has(folder));
        return [{ path: folder, why: `its entrypoint runs ${word}`, isFilled, ...(!makes && { writes: word }) }];
      });
    });
}

/** The folders that a user can write to by their owners and modes. What the Dockerfile did not make may have files of its base. */
function ownedFolders(stage: Stage, worker: RunsAs): Folder[] {
  const { made, owners, opened, base } = stage;
  const ofBase = base.kind === 'known' ? base.knowledge.writable : [];
  const homes = [...stage.users].flatMap(([, { uid, home }]) =>
    home !== undefined && uid === worker.uid ? [normalPath(home)] : [],
  );
  const paths = new Set([
    ...made.keys(),
    ...owners.map(({ value }) => value.path),
    ...opened.map(({ value }) => value.path),
    ...homes,
  ]);
  return [...paths].flatMap((path): Folder[] => {
    if (OPEN.some((open) => isWithin(path, open)) || path === '/') return [];
    const reason = homes.includes(path) ? `the home of ${worker.name}` : whyWritable(path, stage, worker);
    if (reason === undefined) return [];
    const isEmptyInBase = ofBase.some((one) => one.path === path && !one.prepopulated);
    const isNew = (made.has(path) && !OF_PACKAGES.test(path)) || homes.includes(path) || isEmptyInBase;
    return [{ path, why: reason, isFilled: holdsFiles(path, stage), isOfBase: !isNew }];
  });
}

function whyWritable(path: string, stage: Stage, worker: RunsAs): string | undefined {
  const covers = (one: { readonly value: { readonly path: string } }): boolean => isWithin(path, one.value.path);
  const mode = stage.opened.findLast(covers);
  if (mode?.value.for === 'all') return `${mode.words} (line ${mode.line})`;
  const users = stage.owners.filter((one) => covers(one) && one.value.user !== undefined);
  const owner = users.at(-1)?.value.user ?? stage.made.get(path);
  if (owner !== undefined && isSame(owner, worker, stage)) return `belongs to ${worker.name ?? worker.uid}`;
  const group = stage.owners.findLast((one) => covers(one) && one.value.group !== undefined)?.value.group ?? '0';
  const gid = resolve(`0:${group}`, stage).gid;
  return mode && gid !== undefined && gid === worker.gid ? `its group ${group} may write to it` : undefined;
}

function isSame(owner: string, worker: RunsAs, stage: Stage): boolean {
  const { uid, name } = resolve(owner.replace(/:.*$/, ''), stage);
  return uid === undefined ? name !== undefined && name === worker.name : uid === worker.uid;
}

/** One entry for each path; what lies in a folder that a volume can replace is part of it. */
function merged(folders: readonly Folder[]): WritablePath[] {
  const byPath = new Map<string, Folder[]>();
  for (const folder of folders.filter(({ path }) => isMountable(path)))
    byPath.set(folder.path, [...(byPath.get(folder.path) ?? []), folder]);
  const all = [...byPath].map(([path, same]): WritablePath => {
    const kind = same.find((one) => one.kind)?.kind ?? kindOfPath(path);
    const hides = same.some(({ isFilled }) => isFilled) || same.every(({ isOfBase }) => isOfBase);
    const reasons = [...new Set(same.map(({ why }) => why)), ...(hides ? ['files of the image may be there'] : [])];
    return { path, ...(kind && { kind }), ...(hides && { prepopulated: true }), why: reasons.join('; ') };
  });
  return all
    .filter(({ path }) => !all.some((other) => other.path !== path && !other.prepopulated && isWithin(path, other.path)))
    .sort((left, right) => (left.path < right.path ? -1 : 1));
}
