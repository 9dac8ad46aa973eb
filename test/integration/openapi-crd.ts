/** A CRD out of a published OpenAPI document, for a kind that its own API server serves and no CRD describes. */
import { isObject, type Json, type JsonObject } from '../../src/util/json.ts';

/** The kind, and the name of its definition in the document. */
interface Described {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly definition: string;
}

/** A CRD, as JSON, with the fields and types of a definition; what it requires is required. */
export function crdOfOpenApi(document: JsonObject, { group, version, kind, definition }: Described): string {
  const definitions = document['definitions'];
  if (!isObject(definitions)) throw new Error('no definitions');
  const schema = structural({ $ref: `#/definitions/${definition}` }, definitions);
  const root = {
    ...schema,
    nullable: false,
    properties: { ...(schema['properties'] as JsonObject), metadata: { type: 'object' } },
  };
  const plural = `${kind.toLowerCase()}s`;
  return JSON.stringify({
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      scope: 'Namespaced',
      names: { kind, plural },
      versions: [{ name: version, served: true, storage: true, schema: { openAPIV3Schema: root } }],
    },
  });
}

const REF = '#/definitions/';

/** The schema with its references resolved, in the form that CRDs want. Like Go's reader it takes null for every value. */
function structural(schema: Json | undefined, definitions: JsonObject): JsonObject {
  if (!isObject(schema)) return {};
  const ref = schema['$ref'];
  if (typeof ref === 'string') {
    // The document says that a quantity is a text; Go reads numbers too.
    if (ref.endsWith('.Quantity') || ref.endsWith('.IntOrString')) return { 'x-kubernetes-int-or-string': true };
    return structural(definitions[ref.slice(REF.length)], definitions);
  }
  const { type, format, required, properties, items, additionalProperties } = schema;
  const isAnything = type === undefined || (type === 'object' && !properties && !additionalProperties);
  return {
    type: type ?? 'object',
    nullable: true,
    ...(format === undefined ? {} : { format }),
    ...(required === undefined ? {} : { required }),
    ...(isAnything ? { 'x-kubernetes-preserve-unknown-fields': true } : {}),
    ...(isObject(properties)
      ? {
          properties: Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, structural(value, definitions)])),
        }
      : {}),
    ...(items === undefined ? {} : { items: structural(items, definitions) }),
    ...(additionalProperties === undefined ? {} : { additionalProperties: structural(additionalProperties, definitions) }),
  };
}
