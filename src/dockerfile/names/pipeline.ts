/**
 * The images that pipelines build: steps with docker/build-push-action in workflows of GitHub, steps of Cloud Build, and commands in
 * these and in the files of GitLab and CircleCI.
 */
import { isArray, isObject, itemsAt, member, objectAt, path, stringAt, type Json, type JsonObject } from '../../util/json.ts';
import { imageName, type GivenBuild } from './build.ts';
import { commandBuilds } from './commands.ts';
import { argumentsIn, valuesIn } from './documents.ts';

const BUILD_PUSH = /^docker\/build-push-action@/;
const METADATA = /^docker\/metadata-action@/;
const MATRIX = /\$\{\{\s*matrix\.([\w-]+(?:\.[\w-]+)*)\s*\}\}/g;
const MOST_JOBS_OF_A_MATRIX = 100;

/** Those of a workflow of GitHub; its paths count from the root of the repository. */
export function workflowBuilds(text: string, by: string): GivenBuild[] {
  return valuesIn(text)
    .flatMap((file) => Object.values(objectAt(file, 'jobs')))
    .flatMap((job) => {
      const shared = stringAt(job, 'defaults', 'run', 'working-directory');
      return variantsOf(path(job, 'strategy', 'matrix') ?? undefined).flatMap((fill) => {
        const steps = itemsAt(job, 'steps').map((step) => filled(step, fill));
        const images = steps
          .filter((step) => METADATA.test(stringAt(step, 'uses') ?? ''))
          .flatMap((step) => linesAt(step, 'images'));
        return steps.flatMap((step) => stepBuilds(step, images, shared ?? '', by));
      });
    });
}

function stepBuilds(step: Json, images: readonly string[], shared: string, by: string): GivenBuild[] {
  const run = stringAt(step, 'run');
  if (run !== undefined) return commandBuilds(run, stringAt(step, 'working-directory') ?? shared, by);
  if (!BUILD_PUSH.test(stringAt(step, 'uses') ?? '')) return [];
  const tags = linesAt(step, 'tags').flatMap((tag) => (/outputs\.(?:tags|json)/.test(tag) ? images : [tag]));
  return [
    {
      names: tags.map(imageName),
      folder: '',
      context: stringAt(step, 'with', 'context'),
      dockerfile: stringAt(step, 'with', 'file'),
      target: stringAt(step, 'with', 'target'),
      args: argumentsIn(linesAt(step, 'build-args')),
      by,
      isBesideFolder: true,
    },
  ];
}

/** The entries of an input: one a line, or with commas between them. */
function linesAt(step: Json, input: string): string[] {
  return (stringAt(step, 'with', input) ?? '')
    .split(/[\n,]/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** What the variables of a matrix stand for in each job, one variable at a time; an empty one where there is no matrix. */
function variantsOf(matrix: Json | undefined): ReadonlyMap<string, string>[] {
  if (!isObject(matrix)) return [new Map()];
  const lists = Object.entries(matrix).flatMap(([key, list]) =>
    key === 'include' || key === 'exclude' || !isArray(list) ? [] : list.map((value) => scalars(value, key)),
  );
  const included = itemsAt(matrix, 'include').map((item) => scalars(item, ''));
  return [...lists, ...included].slice(0, MOST_JOBS_OF_A_MATRIX);
}

/** `{ service: { name: cart } }` is `service.name: cart`. */
function scalars(value: Json, key: string): Map<string, string> {
  if (isObject(value))
    return new Map(Object.entries(value).flatMap(([name, inner]) => [...scalars(inner, key === '' ? name : `${key}.${name}`)]));
  return new Map(isArray(value) || value === null ? [] : [[key, String(value)]]);
}

function filled(step: Json, fill: ReadonlyMap<string, string>): Json {
  if (fill.size === 0) return step;
  if (typeof step === 'string') return step.replace(MATRIX, (whole, name: string) => fill.get(name) ?? whole);
  if (isArray(step)) return step.map((item) => filled(item, fill));
  return isObject(step)
    ? (Object.fromEntries(Object.entries(step).map(([key, item]) => [key, filled(item, fill)])) as JsonObject)
    : step;
}

/** Those of a file of GitLab, CircleCI or Cloud Build; the scripts of a list run one after the other in one shell. */
export function pipelineBuilds(text: string, by: string): GivenBuild[] {
  return valuesIn(text).flatMap((file) => scriptsIn(file).flatMap((script) => commandBuilds(script, '', by)));
}

function scriptsIn(value: Json): string[] {
  if (typeof value === 'string') return [value];
  if (isArray(value)) {
    const lines = value.filter((item) => typeof item === 'string');
    return [
      ...(lines.length > 0 ? [lines.join('\n')] : []),
      ...value.filter((item) => typeof item !== 'string').flatMap(scriptsIn),
    ];
  }
  if (!isObject(value)) return [];
  const isDockerStep = /(?:^|\/)docker(?::|$)/.test(stringAt(value, 'name') ?? '') && isArray(member(value, 'args'));
  if (isDockerStep) return [['docker', ...itemsAt(value, 'args').map((word) => `'${String(word)}'`)].join(' ')];
  return Object.values(value).flatMap(scriptsIn);
}
