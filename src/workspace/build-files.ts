/** Files of a repository that say how its images are built. They are read for what they say, and never hardened. */

/** `Dockerfile`, `Dockerfile.dev`, `web.Dockerfile`, `Containerfile`; not the ignore file beside one. */
const DOCKERFILE = /(?:^|\/)(?:(?:Docker|Container)file(?:\.[\w.-]+)?|[\w.-]+\.(?:docker|container)file)$/i;
const IGNORE_FILE = /\.dockerignore$/i;
/** Files that name images and hold no YAML: bake, Tilt, make. The others are YAML or JSON, and found as manifests are. */
const NAMES_IMAGES = /(?:^|\/)(?:docker-bake(?:\.override)?\.hcl|Tiltfile|(?:GNU)?[Mm]akefile)$/;
const SCRIPT = /\.(?:sh|bash|ash)$|(?:^|\/)(?:docker-)?entrypoint$/;

/** True for the path of a Dockerfile. */
export function isDockerfile(path: string): boolean {
  return DOCKERFILE.test(path) && !IGNORE_FILE.test(path);
}

/** True for the path of a script that a Dockerfile may copy into an image. */
export function isScript(path: string): boolean {
  return SCRIPT.test(path);
}

const MANIFEST = /\.(?:ya?ml|json)$/;

/** True for a path that is no manifest by its name: a Dockerfile, what names images without being YAML, a script. */
export function isBuildFile(path: string): boolean {
  if (MANIFEST.test(path)) return false;
  return isDockerfile(path) || NAMES_IMAGES.test(path) || isScript(path);
}

const WORD = /[^\s/"'[\],=]+/g;

/** The last parts of all paths that the text of a Dockerfile holds, to tell which scripts it can be about. */
export function wordsOf(text: string): ReadonlySet<string> {
  return new Set(text.match(WORD) ?? []);
}
