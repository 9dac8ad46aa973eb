/** The JSON Schema of the configuration, complete: for validation, for editors and for `kharden init`. */
import { transforms } from '../../transforms/index.ts';
import knowledge from '../images/knowledge.schema.json' with { type: 'json' };
import { isArray, isObject, member, type Json, type JsonObject } from '../util/json.ts';
import { DEFAULT_SETTINGS } from '../decisions/settings.ts';
import data from './schema.json' with { type: 'json' };

/** The name under which the package publishes the schema, in its folder `dist`. */
export const SCHEMA_FILE = 'config.schema.json';

const OTHER_FILE = '../images/knowledge.schema.json';

/** The defaults of all settings, under the keys of the configuration. */
const DEFAULTS: JsonObject = {
  ...DEFAULT_SETTINGS,
  kubeVersion: `${DEFAULT_SETTINGS.kubeVersion.major}.${DEFAULT_SETTINGS.kubeVersion.minor}`,
  only: transforms.filter(({ meta }) => meta.default).map(({ meta }) => meta.id),
  transforms: Object.fromEntries(transforms.filter(hasOptions).map(({ meta }) => [meta.id, meta.options as JsonObject])),
};

/**
 * The schema in one piece: `schema.json` with the ids, descriptions and defaults of the transforms, the defaults of the
 * settings, and the definitions of image entries.
 */
export const configSchema: JsonObject = complete();

function complete(): JsonObject {
  const schema = withLocalReferences(data) as JsonObject;
  const definitions = schema['$defs'] as JsonObject;
  const options = definitions['transformOptions'] as JsonObject;
  return {
    ...schema,
    properties: mapValues(schema['properties'], (property, key) => ({ ...property, ...defaultOf(DEFAULTS[key]) })),
    $defs: {
      ...definitions,
      transformId: { ...(definitions['transformId'] as JsonObject), enum: transforms.map(({ meta }) => meta.id) },
      transformOptions: {
        ...options,
        properties: Object.fromEntries(transforms.map(({ meta }) => [meta.id, optionsOf(meta.id)])),
      },
      ...knowledge.$defs,
    },
  };

  function optionsOf(id: string): JsonObject {
    const none = { description: 'Has no options.', type: 'object', additionalProperties: false };
    const known = member(options['properties'], id) as JsonObject | undefined;
    return { ...(known ?? none), ...defaultOf(member(DEFAULTS['transforms'], id)) };
  }
}

function hasOptions({ meta }: (typeof transforms)[number]): boolean {
  return isObject(meta.options) && Object.keys(meta.options).length > 0;
}

function defaultOf(value: Json | undefined): JsonObject {
  return value === undefined ? {} : { default: value };
}

function mapValues(object: Json | undefined, change: (value: JsonObject, key: string) => Json): JsonObject {
  return Object.fromEntries(Object.entries(object as JsonObject).map(([key, value]) => [key, change(value as JsonObject, key)]));
}

/** A copy in which references to the schema of image entries lead into the schema itself. */
function withLocalReferences(value: Json): Json {
  if (isArray(value)) return value.map(withLocalReferences);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      key === '$ref' && typeof inner === 'string' ? inner.replace(OTHER_FILE, '') : withLocalReferences(inner),
    ]),
  );
}
