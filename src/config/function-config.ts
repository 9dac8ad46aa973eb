/** The configuration of a KRM function: a `KhardenConfig`, or a ConfigMap with one text for each key. */
import { isArray, isObject, member, type Json, type JsonObject } from '../util/json.ts';
import { formatPointer } from '../patch/index.ts';
import { suggest } from '../util/suggest.ts';
import { isParsed, parseYaml, position } from '../yaml/index.ts';
import { checkKeys, toConfig } from './config.ts';
import { toErrors, type Locator } from './errors.ts';
import type { ConfigResult } from './file.ts';
import { configSchema } from './schema/schema.ts';
import { follow, validate, type Violation } from './check/validate.ts';
import { ambiguousBooleans, textProblems } from './text.ts';

const API_VERSION = 'kharden.dev/v1alpha1';
const KIND = 'KhardenConfig';

const ENVELOPE: JsonObject = {
  type: 'object',
  required: ['apiVersion'],
  additionalProperties: false,
  properties: {
    apiVersion: { const: API_VERSION },
    kind: { const: KIND },
    metadata: { type: 'object' },
    spec: { type: 'object' },
  },
};

/**
 * Reads the `functionConfig` of a ResourceList. A `KhardenConfig` has the keys of the file under `spec`. In the `data` of a
 * ConfigMap a list may be words separated by commas, and everything else is YAML.
 *
 * @param locator where a pointer into the object stands; without it errors name `functionConfig` alone
 */
export function readFunctionConfig(
  object: JsonObject,
  locator: Locator = () => ({ path: 'functionConfig', line: 1, column: 1 }),
): ConfigResult {
  const { keys, base, problems } = keysOf(object);
  const violations = [...problems, ...checkKeys(keys).map((violation) => ({ ...violation, at: base + violation.at }))];
  const [first, ...others] = toErrors(violations, locator);
  return first ? { errors: [first, ...others] } : { config: toConfig(keys) };
}

interface Keys {
  readonly keys: JsonObject;
  readonly base: string;
  readonly problems: readonly Violation[];
}

function keysOf(object: JsonObject): Keys {
  const kind = member(object, 'kind');
  if (kind === 'ConfigMap') return readData(member(object, 'data') ?? {});
  if (kind === KIND) {
    const problems = validate(ENVELOPE, object);
    const spec = member(object, 'spec');
    return { keys: isObject(spec) ? spec : {}, base: '/spec', problems };
  }
  const nearest = suggest(String(kind), [KIND, 'ConfigMap']);
  const hint = nearest === undefined ? '' : `: did you mean ${nearest}?`;
  return {
    keys: {},
    base: '',
    problems: [{ at: '/kind', message: `expected ${KIND} or ConfigMap, found ${JSON.stringify(kind ?? null)}${hint}` }],
  };
}

function readData(data: Json): Keys {
  if (!isObject(data)) return { keys: {}, base: '', problems: [{ at: '/data', message: 'expected a map' }] };
  const problems: Violation[] = [];
  const keys = Object.entries(data).map(([key, text]): [string, Json] => {
    if (typeof text !== 'string') return [key, text];
    const read = readText(text, typeOf(key));
    for (const message of read.problems) problems.push({ at: formatPointer(['data', key]), message });
    return [key, read.value];
  });
  return {
    keys: Object.fromEntries(keys.filter(([key]) => !problems.some(({ at }) => at === formatPointer(['data', key])))),
    base: '/data',
    problems,
  };
}

/** What the schema says that a key holds. */
function typeOf(key: string): 'words' | 'text' | 'other' {
  const property = member(configSchema['properties'], key);
  if (!isObject(property)) return 'text';
  const schema = follow(property, configSchema);
  if (schema['type'] === 'array') return isText(follow(schema['items'] as JsonObject, configSchema)) ? 'words' : 'other';
  return isText(schema) ? 'text' : 'other';
}

function isText(schema: JsonObject): boolean {
  return schema['type'] === 'string' || isArray(schema['enum']);
}

function readText(text: string, type: ReturnType<typeof typeOf>): { value: Json; problems: readonly string[] } {
  if (type === 'text') return { value: text.trim(), problems: [] };
  if (type === 'words' && !/^\s*(?:\[|-\s|#)/.test(text)) return { value: words(text), problems: [] };
  const parsed = parseYaml(text);
  if (!isParsed(parsed)) return { value: null, problems: [`line ${position(text, parsed.offset).line}: ${parsed.message}`] };
  const found = [...textProblems(parsed), ...ambiguousBooleans(parsed)];
  const problems = found.map(({ offset, message }) => `line ${position(text, offset).line}: ${message}`);
  return { value: parsed.value, problems };
}

/** The words of a list, separated by commas that do not stand in the braces of a glob. */
function words(text: string): string[] {
  const found: readonly string[] = text.match(/(?:\{[^{}]*\}|[^,])+/g) ?? [];
  return found.map((word) => word.trim()).filter((word) => word !== '');
}
