/** The JSON Schema of the configuration, complete: for validation, for editors and for `kharden init`. */
import knowledge from '../../images/knowledge.schema.json' with { type: 'json' };
import { isArray, isObject, type Json, type JsonObject } from '../../util/json.ts';
import { CONFIGURATION } from './keys.ts';

/** The name under which the package publishes the schema, in its folder `dist`. */
export const SCHEMA_FILE = 'config.schema.json';

/**
 * The schema in one piece, with the definitions of image entries. It is of draft 07, the newest draft that editors and
 * validators read without an option. `null` is a file in which nothing is set.
 */
export const configSchema: JsonObject = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: SCHEMA_FILE,
  title: 'a map',
  description: 'Configuration of kharden, in .kharden.yaml; docs/configuration.md explains the keys.',
  ...CONFIGURATION,
  type: ['object', 'null'],
  definitions: withDraft07References(knowledge.$defs) as JsonObject,
};

/** The schema of the file that `kharden learn` writes. */
export const learnedSchema: JsonObject = {
  title: 'a map',
  type: ['object', 'null'],
  additionalProperties: false,
  properties: { images: { type: 'array', items: { $ref: '#/definitions/entry' } } },
  definitions: configSchema['definitions'] ?? {},
};

const COUNT: JsonObject = { title: 'the number of the findings, from 1', type: 'integer', minimum: 1 };

function byName(title: string, additionalProperties: JsonObject): JsonObject {
  return { title, type: 'object', additionalProperties };
}

/** The schema of a baseline: how many findings of an id there are, by file and by what they are about. */
export const baselineSchema: JsonObject = {
  title: 'a map',
  type: ['object', 'null'],
  additionalProperties: false,
  properties: {
    findings: byName('a map of files', byName('a map of workloads', byName('a map of findings', COUNT))),
  },
};

/** A copy whose references lead to `definitions`, the name that draft 07 has for `$defs`. */
function withDraft07References(value: Json): Json {
  if (isArray(value)) return value.map(withDraft07References);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      key === '$ref' && typeof inner === 'string' ? inner.replace('#/$defs/', '#/definitions/') : withDraft07References(inner),
    ]),
  );
}
