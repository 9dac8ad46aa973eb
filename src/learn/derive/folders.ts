/** Where the user of an image can write, by the owners and modes of its files. */
import type { FileNode, FileTree, FoundFile } from '../image/file-tree.ts';
import type { RunsAs } from './accounts.ts';

export interface WritableFolder {
  readonly path: string;
  /** True when the image has files in it, which a volume would hide. */
  readonly isFilled: boolean;
  /** `belongs to node`, `everybody may write to it`. */
  readonly why: string;
}

/** Made by the runtime, or writable for everybody in every image, so that they say nothing about the program. */
const EVERYWHERE = /^\/(?:proc|sys|dev|tmp|var\/tmp|run\/lock|var\/lock|run\/shm)(?:\/|$)/;
/** What useradd(8) copies into a home folder. */
const SKELETON = /^\.(?:bash_logout|bashrc|profile|bash_profile|bash_history|zshrc|kshrc|mozilla|wget-hsts|ash_history)$/;
/** Deeper folders belong to the libraries of a program. */
const DEEPEST = 2;
const MOST_FOLDERS = 20;

/** May the user write to a file, or into a folder? Root may always. */
export function canWrite({ mode, uid, gid }: FileNode, user: RunsAs): boolean {
  if (user.uid === 0 || uid === user.uid) return user.uid === 0 || (mode & 0o200) !== 0;
  return (mode & (user.groups.includes(gid) ? 0o020 : 0o002)) !== 0;
}

/** May a user start a program, and enter the folders on the way to it? */
export function canRun(path: string, user: RunsAs, tree: FileTree): boolean {
  return canReach(path, user, tree, 0o1);
}

/** May a user read a file, and enter the folders on the way to it? */
export function canRead(path: string, user: RunsAs, tree: FileTree): boolean {
  return canReach(path, user, tree, 0o4);
}

function canReach(path: string, user: RunsAs, tree: FileTree, bit: number): boolean {
  const steps = path.split('/').slice(1);
  return steps.every((_, index) => {
    const node = tree.find(`/${steps.slice(0, index + 1).join('/')}`)?.node;
    if (!node) return false;
    const shift = node.uid === user.uid ? 6 : user.groups.includes(node.gid) ? 3 : 0;
    return user.uid === 0 || ((node.mode >> shift) & (index === steps.length - 1 ? bit : 0o1)) !== 0;
  });
}

export interface Places {
  /** The highest folders that the user can write to, and the empty ones near to them. */
  readonly folders: readonly WritableFolder[];
  /** Files that it can write to in folders where it can make none. */
  readonly files: readonly string[];
}

/** Where a user who is not root can write. */
export function writablePlaces(tree: FileTree, user: RunsAs): Places {
  const folders: WritableFolder[] = [];
  const files: string[] = [];
  const look = (path: string, folder: FileNode): void => {
    for (const [name, node] of folder.inside) {
      const inner = `${path}/${name}`;
      if (EVERYWHERE.test(inner)) continue;
      if (node.kind === 'folder' && canWrite(node, user)) folders.push(...describe({ path: inner, node }, user));
      else if (node.kind === 'folder') look(inner, node);
      else if (node.kind === 'file' && canWrite(node, user)) files.push(inner);
    }
  };
  const root = tree.find('/')?.node;
  if (root) look('', root);
  return { folders: folders.slice(0, MOST_FOLDERS), files: files.slice(0, MOST_FOLDERS) };
}

function describe({ path, node }: FoundFile, user: RunsAs): WritableFolder[] {
  const isFilled = holdsFiles(node);
  const found = { path, isFilled, why: reason(node, user) };
  return isFilled ? [found, ...emptyBelow(path, node, user, 1)] : [found];
}

/** Empty folders of an image are made to be written to. */
function emptyBelow(path: string, folder: FileNode, user: RunsAs, depth: number): WritableFolder[] {
  if (depth > DEEPEST) return [];
  return [...folder.inside].flatMap(([name, node]) => {
    const inner = `${path}/${name}`;
    if (node.kind !== 'folder' || name === 'node_modules' || name === '.git') return [];
    if (canWrite(node, user) && !holdsFiles(node)) return [{ path: inner, isFilled: false, why: `empty, ${reason(node, user)}` }];
    return emptyBelow(inner, node, user, depth + 1);
  });
}

function reason({ uid, gid, mode }: FileNode, user: RunsAs): string {
  if (uid === user.uid) return `belongs to ${user.account?.name ?? uid}`;
  if (user.groups.includes(gid) && (mode & 0o020) !== 0) return `the group ${gid} may write to it`;
  return 'everybody may write to it';
}

/** True for a folder with anything in it, however deep, that a person or a program put there. */
export function holdsFiles(folder: FileNode): boolean {
  return [...folder.inside].some(([name, node]) => (node.kind === 'folder' ? holdsFiles(node) : !SKELETON.test(name)));
}
