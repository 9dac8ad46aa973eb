/**
 * The files of an image as its layers leave them, without most of their contents. Layers are put on each other as the OCI
 * image-spec says (layer.md, "Applying Changesets" and "Whiteouts"). Nothing is unpacked: a path leads nowhere outside of the tree.
 */

export interface FileNode {
  readonly kind: 'file' | 'folder' | 'link' | 'other';
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly size: number;
  /** Where a symbolic link leads. */
  readonly target: string;
  /** The extended attribute `security.capability`. */
  readonly capability: Uint8Array | undefined;
  /** The content of a script or of a small file that is read; undefined for all others. */
  readonly text: string | undefined;
  /** The layer that it comes from. */
  readonly layer: number;
  /** What is in a folder, by name; empty for all others. */
  readonly inside: Map<string, FileNode>;
}

/** A file with its path, absolute and without links. */
export interface FoundFile {
  readonly path: string;
  readonly node: FileNode;
}

/** As many as Linux follows (path_resolution(7)). */
const MOST_LINKS = 40;
const ROOT: Omit<FileNode, 'inside'> = {
  kind: 'folder',
  mode: 0o755,
  uid: 0,
  gid: 0,
  size: 0,
  target: '',
  capability: undefined,
  text: undefined,
  layer: 0,
};

export class FileTree {
  #root: FileNode = { ...ROOT, inside: new Map() };

  /** Puts a file at a path; a folder that is there already gets its attributes and keeps what is in it. */
  add(path: string, node: Omit<FileNode, 'inside'>): void {
    const place = this.#place(path, node.layer);
    if (!place) {
      if (node.kind === 'folder') this.#root = { ...node, inside: this.#root.inside };
      return;
    }
    const before = place.folder.inside.get(place.name);
    const inside = node.kind === 'folder' && before?.kind === 'folder' ? before.inside : new Map<string, FileNode>();
    place.folder.inside.set(place.name, { ...node, inside });
  }

  /** Gives a file a second name; nothing happens when there is no such file. */
  link(path: string, target: string, layer: number): void {
    const found = this.find(target, false);
    if (found && found.node.kind !== 'folder') this.add(path, { ...found.node, layer });
  }

  /** Removes what lower layers have at a path. */
  remove(path: string, layer: number): void {
    const place = this.#place(path, layer);
    const node = place?.folder.inside.get(place.name);
    if (place && node && !keepsNewer(node, layer)) place.folder.inside.delete(place.name);
  }

  /** Removes what lower layers have in a folder. */
  empty(path: string, layer: number): void {
    const found = this.find(path);
    if (found) keepsNewer(found.node, layer);
  }

  /** What is at an absolute path; links are followed, the last one only with `followsLast`. */
  find(path: string, followsLast = true): FoundFile | undefined {
    let steps = stepsOf(path);
    let trail: { name: string; node: FileNode }[] = [];
    let links = 0;
    for (let step = steps.shift(); step !== undefined; step = steps.shift()) {
      if (step === '..') {
        trail.pop();
        continue;
      }
      const node = (trail.at(-1)?.node ?? this.#root).inside.get(step);
      if (!node) return undefined;
      if (node.kind !== 'link' || (steps.length === 0 && !followsLast)) {
        trail.push({ name: step, node });
        continue;
      }
      if (++links > MOST_LINKS) return undefined;
      if (node.target.startsWith('/')) trail = [];
      steps = [...stepsOf(node.target), ...steps];
    }
    return { path: `/${trail.map(({ name }) => name).join('/')}`, node: trail.at(-1)?.node ?? this.#root };
  }

  /** Everything in the tree, folders before what is in them. */
  *all(): Generator<FoundFile> {
    yield* below({ path: '', node: this.#root });
  }

  /** The folder for a path and the last name of it; folders that are missing are made. Undefined for the root. */
  #place(path: string, layer: number): { folder: FileNode; name: string } | undefined {
    const steps = stepsOf(path);
    const name = steps.pop();
    if (name === undefined || name === '..') return undefined;
    let folder = this.#root;
    for (const [index, step] of steps.entries()) {
      const found = this.find(`/${steps.slice(0, index + 1).join('/')}`);
      if (found?.node.kind === 'folder') {
        folder = found.node;
        continue;
      }
      const made: FileNode = { ...ROOT, layer, inside: new Map() };
      folder.inside.set(step, made);
      folder = made;
    }
    return { folder, name };
  }
}

function* below({ path, node }: FoundFile): Generator<FoundFile> {
  for (const [name, inner] of node.inside) {
    const found = { path: `${path}/${name}`, node: inner };
    yield found;
    yield* below(found);
  }
}

/** Removes what lower layers have in a file or folder; gives whether anything of this layer is left. */
function keepsNewer(node: FileNode, layer: number): boolean {
  for (const [name, inner] of node.inside) if (!keepsNewer(inner, layer)) node.inside.delete(name);
  return node.layer >= layer || node.inside.size > 0;
}

function stepsOf(path: string): string[] {
  return path.split('/').filter((step) => step !== '' && step !== '.');
}
