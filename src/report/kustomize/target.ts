/** How a patch names its object, so that it fits that one alone. */
import { stringAt, type JsonObject } from '../../util/json.ts';

/** What kustomize tells objects of one build apart by. */
export function identityOf(object: JsonObject): string {
  return JSON.stringify(partsOf(object));
}

/**
 * The `target` of a patch. kustomize reads its fields as regular expressions for the whole text, an empty one as any
 * (`anchorRegex` in api/types/selector.go), and an object without a namespace as one of `default` (`EffectiveNamespace` in
 * kyaml/resid/resid.go). A patch also finds an object by the name and the namespace that it has in its file.
 */
export function targetOf(object: JsonObject): JsonObject {
  const { group, version, kind, namespace, name } = partsOf(object);
  return {
    group: group === '' ? '^$' : exactly(group),
    version: exactly(version),
    kind: exactly(kind),
    ...(namespace === undefined ? {} : { namespace: exactly(namespace) }),
    name: exactly(name),
  };
}

function partsOf(object: JsonObject) {
  const [first = '', second] = (stringAt(object, 'apiVersion') ?? '').split('/');
  const [group, version] = second === undefined ? ['', first] : [first, second];
  const kind = stringAt(object, 'kind') ?? '';
  // The only kind without a namespace that hardening changes and kustomize knows.
  const hasNamespace = kind !== 'Namespace' || group !== '';
  const namespace = hasNamespace ? stringAt(object, 'metadata', 'namespace') || 'default' : undefined;
  return { group, version, kind, namespace, name: stringAt(object, 'metadata', 'name') ?? '' };
}

function exactly(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
