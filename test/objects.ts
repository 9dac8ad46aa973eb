/** Reads values as objects the way the engine does, for tests that look at objects alone. */
import { kindsOf, type Kinds } from '../src/kubernetes/kinds.ts';
import type { KubernetesObject } from '../src/kubernetes/object.ts';
import { objectsIn, readObject, type ReadContext } from '../src/kubernetes/read-object.ts';
import type { Json, JsonObject } from '../src/util/json.ts';

export const KINDS: Kinds = kindsOf();

const CONTEXT: ReadContext = {
  kinds: KINDS,
  file: 'app.yaml',
  lineOf: () => 1,
  isFlowDocument: false,
  isWindowsImage: () => false,
};

/** The plain values of the objects of a document. */
export function valuesIn(value: Json): JsonObject[] {
  return [...objectsIn(value, KINDS)].map((found) => found.value);
}

/** The objects of a document. */
export function readObjects(value: Json, context: Partial<ReadContext> = {}): KubernetesObject[] {
  const full = { ...CONTEXT, ...context };
  return [...objectsIn(value, full.kinds)].map((found) => readObject(found, full));
}

/** The objects with pod templates of a document. */
export function readWorkloads(value: Json, context: Partial<ReadContext> = {}): KubernetesObject[] {
  return readObjects(value, context).filter(({ pods }) => pods.length > 0);
}

/** The keys from an object of a kind to its first pod spec, undefined for a kind without one. */
export function podSpecKeys(kind: string): string[] | undefined {
  const found = KINDS.workloads.find((one) => one.kind === kind);
  return found?.podSpecs[0]?.split('/').slice(1);
}
