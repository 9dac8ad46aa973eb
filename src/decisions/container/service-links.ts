/** What shows that a container reads the variables that Kubernetes sets for Services. */
import type { Container } from '../../kubernetes/object.ts';
import { memo } from '../../util/memo.ts';
import { itemsAt, member, stringAt, type Json } from '../../util/json.ts';
import type { Facts } from '../../workspace/facts.ts';
import { mountedFiles } from '../basis/mounted-files.ts';

/** Those of the API server are there without `enableServiceLinks` too (API reference, PodSpec). */
const VARIABLE =
  /\b(?!KUBERNETES_)[A-Z][A-Z0-9_]*_(?:SERVICE_(?:HOST|PORT(?:_[A-Z0-9_]+)?)|PORT_\d+_(?:TCP|UDP|SCTP)(?:_(?:PROTO|PORT|ADDR))?)\b/g;

export interface ServiceLink {
  readonly variable: string;
  /** JSON Pointer from the pod to what reads it. */
  readonly at: string;
}

/**
 * A variable of a Service that the command, the arguments, the environment or the mounted files of a container name, and that
 * the container does not set itself.
 */
export const serviceLink = memo((container: Container, facts: Facts): ServiceLink | undefined => {
  const { value, pointer } = container;
  const own = new Set(itemsAt(value, 'env').map((variable) => stringAt(variable, 'name')));
  const read = (text: Json | undefined): string | undefined =>
    Array.from(JSON.stringify(text ?? '').matchAll(VARIABLE), ([name]) => name).find((name) => !own.has(name));
  const inFields = (['command', 'args'] as const).map((field) => ({
    variable: read(member(value, field)),
    at: `${pointer}/${field}`,
  }));
  const inVariables = itemsAt(value, 'env').map((variable, index) => ({
    variable: read(member(variable, 'value')),
    at: `${pointer}/env/${index}`,
  }));
  const inFiles = mountedFiles(container, facts).map(({ text }) => ({ variable: read(text), at: `${pointer}/volumeMounts` }));
  const found = [...inFields, ...inVariables, ...inFiles].find(({ variable }) => variable !== undefined);
  return found && { variable: found.variable as string, at: found.at };
});
