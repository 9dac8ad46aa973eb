/** Which images the Dockerfiles of a repository build, by the files that say so and by the names of folders. */
import type { ImageReference } from '../../kubernetes/image-reference.ts';
import { dirname, joinPath } from '../../util/paths.ts';
import type { SourceFile } from '../../workspace/source-file.ts';
import { isDockerfile } from '../../workspace/build-files.ts';
import { bakeBuilds } from './bake.ts';
import { hasPlaceholder, shortName, type Build, type GivenBuild, type ImageName } from './build.ts';
import { makeBuilds } from './commands.ts';
import { composeBuilds } from './compose.ts';
import { pipelineBuilds, workflowBuilds } from './pipeline.ts';
import { skaffoldBuilds } from './skaffold.ts';
import { tiltBuilds } from './tiltfile.ts';

type Read = (text: string, folder: string, by: string) => GivenBuild[];

/** Which files say what is built, by their paths. */
const READERS: readonly (readonly [RegExp, Read])[] = [
  [/(?:^|\/)(?:docker-)?compose[\w.-]*\.ya?ml$/, composeBuilds],
  [/(?:^|\/)skaffold[\w.-]*\.ya?ml$/, skaffoldBuilds],
  [/(?:^|\/)docker-bake(?:\.override)?\.(?:hcl|json)$/, bakeBuilds],
  [/(?:^|\/)Tiltfile$/, tiltBuilds],
  [/(?:^|\/)(?:GNU)?[Mm]akefile$/, makeBuilds],
  [/^\.github\/workflows\/[^/]+\.ya?ml$/, (text, _folder, by) => workflowBuilds(text, by)],
  [/^(?:\.gitlab-ci|\.circleci\/config|cloudbuild[\w.-]*)\.ya?ml$/, (text, _folder, by) => pipelineBuilds(text, by)],
];
/** Folders in a project that hold its Dockerfile, and are not called after it. */
const OF_A_PROJECT = /^(?:docker|build|deploy|deployment|container|package|packaging|image|\.docker|src|ci)$/;

/** Folders beside the product: what lies in them is called after something else too often for a part of a name to count. */
const ASIDE = /(?:^|\/)(?:tests?|testdata|fixtures|examples?|samples?|vendor|third_party|node_modules)\//;

/** What a build is named by that no file names. */
export const OF_FOLDER = 'the name of its folder';

/** The builds that an image can come from, by the kinds of names from the surest on. */
export interface BuildNames {
  /** Those that are called by the whole name of an image, or by what follows its registry. */
  named(reference: ImageReference): readonly Build[];
  /** Those that share the last part of its name. */
  alike(reference: ImageReference): readonly Build[];
}

/** Finds the builds of a repository; its files are read at the first question. */
export function readBuildNames(files: readonly SourceFile[], canonical: (name: string) => string): BuildNames {
  let known: ReadonlyMap<string, readonly Build[]> | undefined;
  const ask = (reference: ImageReference, fits: (name: ImageName) => boolean): readonly Build[] => {
    known ??= byLastPart(buildsOf(files));
    return (known.get(lastPart(reference.repository)) ?? []).filter(({ name }) => fits(name));
  };
  return {
    named(reference) {
      const full = `${reference.registry}/${reference.repository}`;
      const isLocal = full.startsWith('docker.io/library/');
      const exact = ask(reference, ({ kind, text }) =>
        kind === 'full'
          ? canonical(text) === canonical(full)
          : isLocal && kind === 'short' && full === `docker.io/library/${text}`,
      );
      const said = exact.filter(({ by }) => by !== OF_FOLDER);
      if (said.length > 0) return said;
      return ask(reference, ({ kind, text }) => kind === 'end' && text.includes('/') && full.endsWith(`/${text}`));
    },
    alike(reference) {
      const all = ask(reference, ({ kind, text }) => kind !== 'full' && !text.includes('/'));
      const said = all.filter(({ by }) => by !== OF_FOLDER);
      return said.length > 0 ? said : all;
    },
  };
}

function lastPart(repository: string): string {
  return repository.slice(repository.lastIndexOf('/') + 1);
}

function byLastPart(builds: readonly Build[]): Map<string, Build[]> {
  const found = new Map<string, Build[]>();
  for (const build of builds) {
    const key = lastPart(build.name.text);
    const others = found.get(key);
    if (!others) found.set(key, [build]);
    else if (!others.some((other) => keyOf(other) === keyOf(build))) others.push(build);
  }
  return found;
}

/** Builds that are the same, whichever files name them. */
function keyOf({ dockerfile, context, target, args, name }: Build): string {
  return JSON.stringify([dockerfile, context, target, [...args], name]);
}

function buildsOf(files: readonly SourceFile[]): Build[] {
  const dockerfiles = new Set(files.map(({ path }) => path).filter(isDockerfile));
  const said = files.flatMap(({ path, text }) => {
    const reader = READERS.find(([pattern]) => pattern.test(path));
    const builds = reader ? reader[1](text, dirname(path), path).flatMap((given) => completed(given, dockerfiles)) : [];
    return ASIDE.test(path) ? builds.filter(({ name }) => name.kind === 'full') : builds;
  });
  const named = new Set(said.filter(({ name }) => name.kind !== 'short').map(({ dockerfile }) => dockerfile));
  return [...said, ...[...dockerfiles].filter((path) => !named.has(path)).flatMap(ofFolder)];
}

/** A build with its Dockerfile; none for one that is not in the inputs, or whose place is decided later. */
function completed(given: GivenBuild, dockerfiles: ReadonlySet<string>): Build[] {
  const { context = '.', folder, dockerfile, target, args = [], by, isBesideFolder } = given;
  if ([context, dockerfile ?? '', target ?? ''].some((text) => hasPlaceholder(text) || text.includes('://'))) return [];
  const root = joinPath(folder, context);
  const places = dockerfile === undefined ? ['Dockerfile', 'Containerfile'].map((name) => joinPath(root, name)) : placesOf();
  const path = places.find((place) => dockerfiles.has(place));
  return path === undefined
    ? []
    : given.names.flatMap((name) => (name ? [{ dockerfile: path, context: root, target, args: new Map(args), name, by }] : []));

  function placesOf(): string[] {
    const [beside, inContext] = [joinPath(folder, dockerfile ?? ''), joinPath(root, dockerfile ?? '')];
    return isBesideFolder ? [beside, inContext] : [inContext, beside];
  }
}

/** `services/cart/Dockerfile`, `services/cart/docker/Dockerfile` and `cart.Dockerfile` are called after the cart. */
function ofFolder(path: string): Build[] {
  if (ASIDE.test(path)) return [];
  const context = dirname(path);
  const [, ownName] = /(?:^|\/)([\w.-]+)\.(?:docker|container)file$/i.exec(path) ?? [];
  const isPlain = /(?:^|\/)(?:Docker|Container)file$/i.test(path);
  const parts = context.split('/').filter((part) => part !== '' && part !== '..');
  const folder = parts.findLast((part) => !OF_A_PROJECT.test(part));
  const name = shortName((ownName ?? (isPlain ? folder : undefined) ?? '').toLowerCase());
  return name ? [{ dockerfile: path, context, target: undefined, args: new Map(), name, by: OF_FOLDER }] : [];
}
