/** One kustomize build of an object as it was and as it is hardened, and of the built object hardened afterwards. */
import { compareFields } from '../../kubernetes/field-order.ts';
import { applyEdit, compose, ConflictError, ShapeError, type Op } from '../../patch/index.ts';
import { deepEqual, isObject, stringAt, type Json, type JsonObject } from '../../util/json.ts';
import { BuildError, type Step } from '../../workspace/kustomize/step.ts';
import { isSameUnit, unitsOf, type Ties, type Unit, type Written } from './units.ts';

/** An object that is hardened. */
export interface Subject {
  readonly value: JsonObject;
  /** JSON Pointer from the document to it. */
  readonly pointer: string;
  /** What would be written into it if it said `value`; undefined when that is no object of its kind. */
  plan(value: JsonObject): readonly Written[] | undefined;
  tiesOf(transform: string): Ties;
}

/** What a build makes of a unit. */
export type Verdict =
  /** As if the built object had been hardened, or not known. */
  | 'whole'
  /** All of it is gone. */
  | 'absent'
  /** It is there in part, or is not what the built object needs, or the build fails. */
  | 'broken';

/** What one build, or the first steps of it, makes of each unit of what is written. */
export function tryBuild(subject: Subject, written: readonly Written[], steps: readonly Step[]): (unit: Unit) => Verdict {
  const { value, pointer } = subject;
  const hardened = withOps(subject, written);
  const before = carriedThrough(value, steps);
  if (!hardened || !isObject(before)) return () => 'whole';
  const after = carriedThrough(hardened, steps);
  if (after === 'fails') return failing(subject, written, steps);
  if (deepEqual(before, value) && deepEqual(after, hardened)) return () => 'whole';
  const planned = subject.plan(before);
  const ideal = planned && withOps({ ...subject, value: before }, planned);
  if (!planned || !ideal) return () => 'whole';
  const wanted = unitsOf(planned, before, pointer, subject.tiesOf);
  return (unit) =>
    verdict(
      unit,
      wanted.find((one) => isSameUnit(one, unit)),
      { before, after: after ?? null, ideal },
    );
}

interface Results {
  readonly before: Json;
  readonly after: Json;
  readonly ideal: Json;
}

function verdict(unit: Unit, wanted: Unit | undefined, { before, after, ideal }: Results): Verdict {
  const isGone = unit.places.every((place) => deepEqual(place.read(after), place.read(before)));
  if (isGone && unit.newObjects.length === 0) return 'absent';
  const places = [unit, wanted].flatMap((one) => (one ? [...one.places, ...one.needed] : []));
  const isWhole =
    places.every((place) => deepEqual(place.read(after), place.read(ideal))) &&
    deepEqual(unit.newObjects.map(nameOf), (wanted?.newObjects ?? []).map(nameOf));
  return isWhole ? 'whole' : 'broken';
}

function nameOf(object: JsonObject): string {
  return `${stringAt(object, 'kind')} ${stringAt(object, 'metadata', 'name')}`;
}

/** The units that make a build fail by themselves; all of them when it takes several. */
function failing(subject: Subject, written: readonly Written[], steps: readonly Step[]): (unit: Unit) => Verdict {
  const fails = ({ ops }: Pick<Unit, 'ops'>): boolean => {
    const alone = withOps(subject, [{ ops }]);
    return alone !== undefined && carriedThrough(alone, steps) === 'fails';
  };
  const isOneEnough = unitsOf(written, subject.value, subject.pointer, subject.tiesOf).some(fails);
  return (unit) => (!isOneEnough || fails(unit) ? 'broken' : 'whole');
}

/** The object that steps leave; undefined when they delete it. */
export function carriedThrough(value: JsonObject, steps: readonly Step[]): JsonObject | undefined | 'fails' {
  try {
    return steps.reduce<JsonObject | undefined>((object, step) => object && step.apply(object), value);
  } catch (error) {
    if (error instanceof BuildError) return 'fails';
    throw error;
  }
}

/** The object with operations carried out; undefined for those that do not fit it, which is an error of the file. */
function withOps({ value, pointer }: Subject, written: readonly Pick<Written, 'ops'>[]): JsonObject | undefined {
  const own = written.flatMap(({ ops }) => ops).map((op) => ({ ...op, path: op.path.slice(pointer.length) }) as Op);
  try {
    const edit = compose(value, own, compareFields);
    const result = edit ? applyEdit(value, edit) : value;
    return isObject(result) ? result : undefined;
  } catch (error) {
    if (error instanceof ShapeError || error instanceof ConflictError) return undefined;
    throw error;
  }
}
