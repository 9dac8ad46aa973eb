/** How an image is built from a Dockerfile, and by which name it is known. */

export interface Build {
  /** Path of the Dockerfile, relative to the root. */
  readonly dockerfile: string;
  /** The folder that COPY takes files from. */
  readonly context: string;
  /** The stage that is built; undefined for the last one. */
  readonly target: string | undefined;
  /** Build arguments, those alone whose values are known. */
  readonly args: ReadonlyMap<string, string>;
  readonly name: ImageName;
  /** Which file says so: `skaffold.yaml`, or `the name of its folder`. */
  readonly by: string;
}

/** What a file says about an image: all of a Build but the Dockerfile may be left out. */
export interface GivenBuild {
  readonly names: readonly (ImageName | undefined)[];
  readonly folder: string;
  readonly context?: string | undefined;
  readonly dockerfile?: string | undefined;
  readonly target?: string | undefined;
  readonly args?: Iterable<readonly [string, string]>;
  readonly by: string;
  /** True where the Dockerfile is named as seen from the folder, and not from the context. */
  readonly isBesideFolder?: boolean;
}

/**
 * `full`: the repository with its registry; `end`: what follows a registry that a variable names; `short`: a name without registry
 * and owner, or that of a folder: images of several owners can have it.
 */
export interface ImageName {
  readonly kind: 'full' | 'end' | 'short';
  /** `docker.io/shop/cart`, `shop/cart`, `cart`. */
  readonly text: string;
}

/** What tools fill in: `${{ env.X }}`, `{{ .X }}`, `${X}`, `$(X)`, `$X`. */
const FILLED_IN = /\$\{\{[^}]*\}\}|\{\{[^}]*\}\}|\$\{[^}]*\}|\$\([^)]*\)|\$\w+|\{\w*\}/g;
const MARK = '\u0000';
const REPOSITORY = /^[a-z0-9]+(?:[._-]+[a-z0-9]+)*(?:\/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)*$/;

/** The name in a text such as `${REGISTRY}/shop/cart:1.0`; undefined when its last part is not written there. */
export function imageName(text: string): ImageName | undefined {
  const marked = text.trim().replace(FILLED_IN, MARK);
  const slash = marked.lastIndexOf('/');
  const last = marked.slice(slash + 1).replace(/[:@].*$/s, '');
  const path = marked.slice(0, slash + 1) + last;
  if (last === '' || last.includes(MARK)) return undefined;
  if (!path.includes(MARK)) {
    const isRegistry = /^(?:localhost|[^/]*[.:][^/]*)\//.test(path);
    const repository = isRegistry ? path.slice(path.indexOf('/') + 1) : path;
    if (!REPOSITORY.test(repository)) return undefined;
    if (isRegistry) return { kind: 'full', text: path };
    return repository.includes('/') ? { kind: 'full', text: `docker.io/${repository}` } : shortName(repository);
  }
  const end = path
    .split('/')
    .slice(path.split('/').findLastIndex((part) => part.includes(MARK)) + 1)
    .join('/');
  return REPOSITORY.test(end) ? { kind: 'end', text: end } : undefined;
}

/** A name that images of several owners can have. */
export function shortName(text: string): ImageName | undefined {
  return REPOSITORY.test(text) ? { kind: 'short', text } : undefined;
}

/** True for a text in which something is filled in before it is used. */
export function hasPlaceholder(text: string): boolean {
  return new RegExp(FILLED_IN).test(text);
}
