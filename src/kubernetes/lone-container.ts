/** A container by itself, for questions that are asked of containers. */
import type { JsonObject } from '../util/json.ts';
import { kindsOf } from './kinds.ts';
import type { Container } from './object.ts';
import { readObject } from './read-object.ts';

/** The container of a pod that has no other, as a manifest would write it. */
export function loneContainer(container: JsonObject): Container {
  const value = { apiVersion: 'v1', kind: 'Pod', spec: { containers: [container] } };
  const context = { kinds: kindsOf(), file: '', lineOf: () => 1, isFlowDocument: false, isWindowsImage: () => false };
  const [found] = readObject({ value, pointer: '', item: undefined }, context).pods.flatMap(({ containers }) => containers);
  if (!found) throw new Error('a pod without its container');
  return found;
}
