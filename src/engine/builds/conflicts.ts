/** What of the hardening of an object does not stand in the kustomize builds that hold it, and because of what. */
import type { JsonObject } from '../../util/json.ts';
import type { Build } from '../../workspace/kustomize/builds.ts';
import type { Step } from '../../workspace/kustomize/step.ts';
import { carriedThrough, tryBuild, type Subject, type Verdict } from './trial.ts';
import { unitsOf, type Unit, type Written } from './units.ts';

export interface Conflict {
  readonly unit: Unit;
  /**
   * `contradicted`: in one build the unit would not be whole, or would not be what that build needs. `replaced`: it would be
   * gone from every build that is applied.
   */
  readonly kind: 'contradicted' | 'replaced';
  readonly build: Build;
  /** The first step that brings it about. */
  readonly step: Step;
}

/**
 * The units that are to be left out. Hardening a manifest and building it should give what building and hardening it give, or
 * leave the unit out; where it does not, the unit is left out here. Contradictions come first: what is left out for them decides
 * what else is written.
 */
export function conflictsOf(subject: Subject, written: readonly Written[], builds: readonly Build[]): Conflict[] {
  if (written.length === 0) return [];
  const units = unitsOf(written, subject.value, subject.pointer, subject.tiesOf);
  const trials = builds.map((build) => trialOf(build, subject, written));
  const contradicted = units.flatMap((unit) => contradictionOf(unit, trials) ?? []);
  if (contradicted.length > 0) return withDependants(contradicted, units);
  return units.flatMap((unit) => replacementOf(unit, units, trials) ?? []);
}

/** Where a part of a divisible change is left out, so are the parts that need it. */
function withDependants(conflicts: readonly Conflict[], units: readonly Unit[]): Conflict[] {
  const dependants = conflicts.flatMap((conflict) => {
    const { place } = conflict.unit;
    const needing = place === undefined ? [] : units.filter(({ needed }) => needed.some(({ key }) => key === place));
    return needing.filter((unit) => !conflicts.some((one) => one.unit === unit)).map((unit) => ({ ...conflict, unit }));
  });
  return [...conflicts, ...dependants];
}

interface Trial {
  readonly build: Build;
  readonly steps: readonly Step[];
  /** What the build makes of a unit. */
  verdict(unit: Unit): Verdict;
  /** What its first steps make of a unit. */
  verdictAfter(count: number, unit: Unit): Verdict;
}

function trialOf(build: Build, subject: Subject, written: readonly Written[]): Trial {
  const steps = build.stepsFor(subject.value);
  const known = new Map<number, (unit: Unit) => Verdict>();
  const verdictAfter = (count: number, unit: Unit): Verdict => {
    const judge = known.get(count) ?? tryBuild(subject, written, steps.slice(0, count));
    known.set(count, judge);
    return judge(unit);
  };
  return { build, steps, verdict: (unit) => verdictAfter(steps.length, unit), verdictAfter };
}

function contradictionOf(unit: Unit, trials: readonly Trial[]): Conflict | undefined {
  for (const trial of trials) {
    const step = refusalOf(unit.newObjects, trial.build) ?? (isContradicted(unit, trial) ? culprit(unit, trial) : undefined);
    if (step) return { unit, kind: 'contradicted', build: trial.build, step };
  }
  return undefined;
}

function isContradicted(unit: Unit, { verdict }: Trial): boolean {
  return verdict(unit) === 'broken';
}

/** The first step after which the verdict is what it is in the end. */
function culprit(unit: Unit, { steps, verdict, verdictAfter }: Trial): Step | undefined {
  const final = verdict(unit);
  return steps.find((_, index) => verdictAfter(index + 1, unit) === final);
}

/** The step that a new object does not survive: a patch for all objects of its kind. */
function refusalOf(newObjects: readonly JsonObject[], build: Build): Step | undefined {
  for (const object of newObjects) {
    const steps = build.stepsFor(object);
    const survives = (count: number): boolean => typeof carriedThrough(object, steps.slice(0, count)) === 'object';
    if (!survives(steps.length)) return steps.find((_, index) => !survives(index + 1));
  }
  return undefined;
}

/** The operations of a divisible change are left out together, when all of them are replaced. */
function replacementOf(unit: Unit, units: readonly Unit[], trials: readonly Trial[]): Conflict | undefined {
  const ends = trials.filter(({ build }) => build.isEnd);
  const together = units.filter(({ transform, container }) => transform === unit.transform && container === unit.container);
  const isGone = (trial: Trial): boolean => together.every((one) => trial.verdict(one) === 'absent');
  const [first] = ends;
  const step = first && ends.every(isGone) ? culprit(unit, first) : undefined;
  return first && step && { unit, kind: 'replaced', build: first.build, step };
}
