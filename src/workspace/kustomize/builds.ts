/** The kustomize builds of the inputs that hold a file, and what each does to an object of it. */
import type { JsonObject } from '../../util/json.ts';
import type { Kustomization } from './kustomization.ts';
import type { Objects } from './replacements.ts';
import { identityOf } from './selector.ts';
import type { Identity, Step } from './step.ts';

/** One build, as it concerns the objects of one file. */
export interface Build {
  /** The folder that is built. */
  readonly folder: string;
  /** True when no other kustomization includes it: what it gives is applied. */
  readonly isEnd: boolean;
  /** The namespace that it puts every object of the file in; undefined where they keep theirs. */
  readonly namespace: string | undefined;
  /** What changes an object, in order. */
  stepsFor(object: JsonObject): readonly Step[];
}

/** What `buildOf` asks of the kustomizations. */
export interface Kustomizations {
  kustomizationOf(folder: string): Kustomization | undefined;
  /** The folders of the kustomizations that include a folder directly or through others, itself among them. */
  unitsAbove(folder: string): ReadonlySet<string>;
  /** The objects in what a build includes. */
  objectsOf(folder: string): Objects;
}

/** The builds that hold a file: of the folders that name it, and of all that include them. Components are built with others. */
export function buildsOf(file: string, listing: readonly string[], all: Kustomizations): Build[] {
  const folders = new Set(listing.flatMap((folder) => [...all.unitsAbove(folder)]));
  return [...folders].sort().flatMap((folder): Build[] => {
    const layers = all.kustomizationOf(folder)?.isComponent ? undefined : layersOf(folder, file, all, []);
    if (!layers) return [];
    const steps = layers.map((layer) => ({ layer, steps: layer.steps(all.objectsOf(folder)) }));
    return [
      {
        folder,
        isEnd: all.unitsAbove(folder).size === 1,
        namespace: layers.findLast(({ namespace }) => namespace !== undefined)?.namespace,
        stepsFor: (object) => stepsFor(identityOf(object), steps),
      },
    ];
  });
}

/**
 * The kustomizations through which the objects of a file go on their way to a build, in order; undefined when they are not in
 * it. Components come after the resources, each before the kustomization that includes it ("kusttarget.go").
 */
function layersOf(
  folder: string,
  file: string,
  all: Kustomizations,
  above: readonly string[],
): readonly Kustomization[] | undefined {
  const own = all.kustomizationOf(folder);
  if (!own || above.includes(folder)) return undefined;
  const inner = (path: string): readonly Kustomization[] | undefined =>
    path === file ? [] : layersOf(path, file, all, [...above, folder]);
  let layers = firstOf(own.resources, inner);
  for (const component of own.components) {
    if (layers) layers = [...layers, ...componentLayers(component, all, [...above, folder])];
    else layers = inner(component);
  }
  return layers && [...layers, own];
}

/** A component that gets the objects from the kustomization that includes it. */
function componentLayers(folder: string, all: Kustomizations, above: readonly string[]): readonly Kustomization[] {
  const own = all.kustomizationOf(folder);
  if (!own || above.includes(folder)) return [];
  return [...own.components.flatMap((one) => componentLayers(one, all, [...above, folder])), own];
}

function firstOf<T>(paths: readonly string[], find: (path: string) => T | undefined): T | undefined {
  for (const path of paths) {
    const found = find(path);
    if (found) return found;
  }
  return undefined;
}

interface Layer {
  readonly layer: Kustomization;
  readonly steps: readonly Step[];
}

/** Patches may use the names of before or after a kustomization that changes them. */
function stepsFor(identity: Identity, layers: readonly Layer[]): Step[] {
  const found: Step[] = [];
  let current = identity;
  for (const { layer, steps } of layers) {
    current = renamed(current, layer);
    for (const step of steps) if (step.fits(current)) found.push(step);
  }
  return found;
}

function renamed(identity: Identity, { prefix, suffix, namespace }: Kustomization): Identity {
  const name = identity.names.at(-1) ?? '';
  return {
    ...identity,
    names: prefix + suffix === '' ? identity.names : [...identity.names, `${prefix}${name}${suffix}`],
    namespaces: namespace === undefined ? identity.namespaces : [...identity.namespaces, namespace],
  };
}
