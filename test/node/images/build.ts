/** Builds the images of all recipes into the cache: a layer for each, and one archive as `docker save` writes it. */
import fastGlob from 'fast-glob';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readRecipe, type ImageConfig, type Recipe } from './recipe.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const LAYER_SECONDS = 600;
const LAYER_KIBIBYTES = 8 * 1024 * 1024;

/** An image that is built: its recipe, and its layers from the lowest to its own. */
export interface BuiltImage {
  readonly recipe: Recipe;
  readonly layers: readonly Layer[];
  readonly config: ImageConfig;
}

interface Layer {
  readonly folder: string;
  /** The sha256 of its tar. */
  readonly digest: string;
}

/** All recipes, each after the one that it is made from. */
export function allRecipes(): Recipe[] {
  const paths = fastGlob.sync('*/*.dockerfile', { cwd: here }).sort();
  const recipes = paths.map((path) => readRecipe(path, readFileSync(join(here, path), 'utf8')));
  const depth = (recipe: Recipe): number => {
    const below = recipes.find(({ name }) => name === recipe.from);
    return below === undefined ? 0 : depth(below) + 1;
  };
  return recipes.sort((left, right) => depth(left) - depth(right));
}

/** Builds what is not in the cache; `tell` hears of each image that was built or failed. Images that cannot be built are left out. */
export function buildImages(cache: string, recipes: readonly Recipe[], tell: (line: string) => void): BuiltImage[] {
  const base = baseLayer(cache);
  const built = new Map<string, BuiltImage>();
  for (const recipe of recipes) {
    const below = built.get(recipe.from);
    if (below === undefined && recipe.from !== 'base' && recipe.from !== 'scratch') {
      tell(`${recipe.name}: not built, as there is no ${recipe.from}`);
      continue;
    }
    const under = below?.layers ?? [base];
    const started = Date.now();
    const layer = ownLayer(cache, recipe, under);
    if (typeof layer === 'string') {
      tell(`${recipe.name}: not built: ${layer}`);
      continue;
    }
    if (layer.isNew) tell(`${recipe.name}: built in ${Math.round((Date.now() - started) / 1000)} s`);
    const layers = recipe.from === 'scratch' ? [layer] : [...under, layer];
    built.set(recipe.name, { recipe, layers, config: mergedConfig(below?.config ?? {}, recipe.config) });
  }
  return [...built.values()];
}

/** Docker's rule: a new entrypoint forgets the command of the image below. */
function mergedConfig(below: ImageConfig, own: ImageConfig): ImageConfig {
  const { Cmd, ...rest } = below;
  const kept = own.Entrypoint === undefined && Cmd !== undefined ? { Cmd } : {};
  return { ...rest, ...kept, ...own, Env: [...(below.Env ?? []), ...(own.Env ?? [])] };
}

function baseLayer(cache: string): Layer {
  const folder = join(cache, 'layers/base');
  const tar = join(folder, 'layer.tar');
  if (!existsSync(join(folder, 'digest'))) {
    mkdirSync(folder, { recursive: true });
    const excluded = ['var/lib/apt/lists', 'var/cache/apt', 'usr/share/doc', 'usr/share/man', 'usr/share/locale'];
    const options = ['--create', '--numeric-owner', '--sort=name', ...excluded.map((path) => `--exclude=./${path}/*`)];
    run('tar', [...options, '--file', tar, '--directory', join(cache, 'base'), '.']);
    writeFileSync(join(folder, 'digest'), digestOf(tar));
  }
  return { folder, digest: readFileSync(join(folder, 'digest'), 'utf8') };
}

/** The layer of a recipe, from the cache or new; a text when it cannot be made. */
function ownLayer(cache: string, recipe: Recipe, under: readonly Layer[]): (Layer & { isNew: boolean }) | string {
  const maker = readFileSync(join(here, 'layer.sh'), 'utf8');
  const names = new Set([...recipe.script.matchAll(/\/mnt\/([\w-]+)/g)].map(([, name = '']) => name));
  const programs = [...names].map((name) => readFileSync(join(cache, 'programs', `${name}.digest`), 'utf8')).join('');
  const key = JSON.stringify([recipe.from, recipe.script, programs, maker, ...under.map(({ digest }) => digest)]);
  const folder = join(cache, 'layers', `${recipe.name}-${sha256(key).slice(0, 12)}`);
  const stamp = join(folder, 'digest');
  const isNew = !existsSync(stamp);
  if (isNew) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'script'), recipe.script);
    const lower = under.map((layer) => (layer.folder.endsWith('/base') ? join(cache, 'base') : join(layer.folder, 'upper')));
    const kind = recipe.from === 'scratch' ? ['scratch'] : [];
    const args = [cache, lower.reverse().join(':'), folder, join(folder, 'script'), ...kind];
    const failure = limited(join(here, 'layer.sh'), args);
    if (failure !== undefined) return failure;
    writeFileSync(stamp, digestOf(join(folder, 'layer.tar')));
  }
  return { folder, digest: readFileSync(stamp, 'utf8'), isNew };
}

/** Runs a program with limits of time and memory; the end of what it said when it failed. */
function limited(program: string, args: readonly string[]): string | undefined {
  const command = `ulimit -v ${LAYER_KIBIBYTES}; exec nice -n 10 timeout -k 10 ${LAYER_SECONDS} "$@"`;
  const { status, stdout, stderr } = spawnSync('bash', ['-c', command, '-', program, ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  return status === 0 ? undefined : `${stdout}\n${stderr}`.trim().split('\n').slice(-15).join('\n');
}

function run(program: string, args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${stderr}`);
  return stdout;
}

function digestOf(path: string): string {
  return run('sha256sum', [path]).split(' ')[0] ?? '';
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** The configuration of an image as its file says it. */
export function configText({ layers, config }: BuiltImage): string {
  return JSON.stringify({
    architecture: process.arch === 'arm64' ? 'arm64' : 'amd64',
    os: 'linux',
    config: { ...config, Env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', ...(config.Env ?? [])] },
    rootfs: { type: 'layers', diff_ids: layers.map(({ digest }) => `sha256:${digest}`) },
  });
}

/** One archive of all images, with hard links to the layers: a folder for `tar`, and what identifies its content. */
export function archiveFolder(cache: string, images: readonly BuiltImage[]): { folder: string; identity: string } {
  const folder = join(cache, 'archive');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const manifest = images.map((image) => {
    const { recipe, layers } = image;
    const text = configText(image);
    const name = `${sha256(text)}.json`;
    writeFileSync(join(folder, name), text);
    for (const layer of layers) {
      const path = join(folder, layer.digest, 'layer.tar');
      if (existsSync(path)) continue;
      mkdirSync(dirname(path));
      linkSync(join(layer.folder, 'layer.tar'), path);
    }
    return { Config: name, RepoTags: recipe.references, Layers: layers.map(({ digest }) => `${digest}/layer.tar`) };
  });
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
  return { folder, identity: sha256(JSON.stringify(manifest)) };
}
