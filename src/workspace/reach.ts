/** Which files count for one: kustomizations are boundaries, plain files see the folders around them. */
import type { Kustomization } from './kustomize/kustomization.ts';
import { dirname } from '../util/paths.ts';
import { areNear } from './folders.ts';
import type { Workspace } from './workspace.ts';

/** Which files count for the one that is asked about. */
export interface Reach {
  /** True for a file that is there whenever the asking one is applied. */
  isAlongside(file: string): boolean;
  /** True for a file that may be applied together with the asking one. */
  isWithin(file: string): boolean;
  /** True for a file that is built together with the asking one in some builds and is missing in others. */
  isInOtherBuild(file: string): boolean;
  /** Where the files are that are within and near: around a folder, or in units. */
  readonly place: { readonly folder: string } | { readonly units: ReadonlySet<string> };
  /** True for a file near enough that what it says without naming a namespace is meant for the asking one. */
  isNear(file: string): boolean;
  /** Whether namespaces are those in the files, or one or several that kustomizations give to everything in reach. */
  readonly namespaces: 'written' | 'given' | 'varies';
  /** True when a kustomization puts a prefix or suffix on names. */
  readonly isRenamed: boolean;
}

/** Equal for files for which the same counts. */
export function reachKey(file: string, workspace: Workspace): string {
  const { units, isListed } = workspace.membershipOf(file);
  return JSON.stringify([dirname(file), isListed, ...units]);
}

/** What counts for one file. */
export function reachOf(file: string, workspace: Workspace): Reach {
  const { units, isListed } = workspace.membershipOf(file);
  return units.length === 0
    ? plainReach(file, workspace)
    : isListed
      ? listedReach(file, units, workspace)
      : unlistedReach(file, units, workspace);
}

function plainReach(file: string, workspace: Workspace): Reach {
  const isPlain = (other: string): boolean => workspace.membershipOf(other).units.length === 0;
  return {
    isAlongside: (other) => isPlain(other) && dirname(other) === dirname(file),
    isWithin: isPlain,
    isInOtherBuild: () => false,
    place: { folder: dirname(file) },
    isNear: (other) => areNear(dirname(other), dirname(file)),
    namespaces: 'written',
    isRenamed: false,
  };
}

/** A file that a kustomization names. */
function listedReach(file: string, units: readonly string[], workspace: Workspace): Reach {
  const built = union(units.map(workspace.unitsBuiltWith));
  const isIn = (other: string, set: ReadonlySet<string>): boolean =>
    workspace.membershipOf(other).units.some((unit) => set.has(unit));
  const isAlongside = (other: string): boolean =>
    workspace.membershipOf(other).isListed && units.every((unit) => isIn(other, workspace.unitsWithin(unit)));
  const isNear = (other: string): boolean => workspace.membershipOf(other).isListed || areNear(dirname(other), dirname(file));
  return {
    isAlongside,
    isWithin: (other) => isIn(other, built),
    isInOtherBuild: (other) => isIn(other, built) && !isAlongside(other) && isNear(other),
    place: { units: built },
    isNear,
    namespaces: namespacesOf(units, workspace),
    isRenamed: [...union(units.map(workspace.unitsAbove))].some((unit) => isRenaming(workspace.kustomizationOf(unit))),
  };
}

/** A file below a kustomization that does not name it: it is applied by hand, or not at all. */
function unlistedReach(file: string, units: readonly string[], workspace: Workspace): Reach {
  const built = union(units.map(workspace.unitsBuiltWith));
  return {
    isAlongside: (other) => !workspace.membershipOf(other).isListed && dirname(other) === dirname(file),
    isWithin: (other) => workspace.membershipOf(other).units.some((unit) => built.has(unit)),
    isInOtherBuild: (other) => workspace.membershipOf(other).isListed && dirname(other) === dirname(file),
    place: { folder: dirname(file) },
    isNear: (other) => areNear(dirname(other), dirname(file)),
    namespaces: 'written',
    isRenamed: false,
  };
}

function isRenaming(kustomization: Kustomization | undefined): boolean {
  return kustomization !== undefined && kustomization.prefix + kustomization.suffix !== '';
}

/** `given` when all builds put everything into one namespace, `varies` when they put it into several. */
function namespacesOf(units: readonly string[], workspace: Workspace): Reach['namespaces'] {
  const above = [...union(units.map(workspace.unitsAbove))];
  const names = new Set(above.flatMap((unit) => workspace.kustomizationOf(unit)?.namespace ?? []));
  return names.size === 0 ? 'written' : names.size === 1 ? 'given' : 'varies';
}

function union(sets: readonly ReadonlySet<string>[]): ReadonlySet<string> {
  return new Set(sets.flatMap((set) => [...set]));
}
