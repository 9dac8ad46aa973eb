/** Validates a value by a JSON Schema, and says what is wrong in words for people. TypeBox finds what is wrong. */
import { Errors, type XSchema } from 'typebox/schema';
import { Settings } from 'typebox/system';
import { formatPointer, parsePointer } from '../../patch/index.ts';
import { isArray, isObject, member, type Json, type JsonObject } from '../../util/json.ts';
import { advice, description, expectation, nearestOf, wordInList } from './wording.ts';

/** What is wrong, and the JSON Pointer of the value that is wrong. */
export interface Violation {
  readonly at: string;
  readonly message: string;
  /** Set when the key of the value is wrong, and not the value. */
  readonly isAboutKey?: true;
}

type ValidationError = ReturnType<typeof Errors>[1][number];

// Users see every error at once; without this TypeBox stops after eight.
Settings.Set({ maxErrors: Number.MAX_SAFE_INTEGER });

/**
 * Validates a value. Where a value fits none of the alternatives of `anyOf`, the message is about the alternative that it
 * was meant to be, when that can be seen.
 *
 * @param schema in one piece: its references lead into it
 * @returns every violation, none when the value is valid
 */
export function validate(schema: JsonObject, value: Json): Violation[] {
  const [, errors] = Errors(schema as XSchema, value);
  const place: Place = { schema, value };
  const violations = outermost(errors).flatMap((error) => violationsOf(error, errors, place));
  return violations.filter(
    ({ at, message }, index) => index === violations.findIndex((one) => one.at === at && one.message === message),
  );
}

interface Place {
  readonly schema: JsonObject;
  readonly value: Json;
}

/** The errors without those of the alternatives of an `anyOf`. */
function outermost(errors: readonly ValidationError[]): ValidationError[] {
  const choices = errors.filter(({ keyword }) => keyword === 'anyOf');
  return errors.filter((error) => !choices.some((choice) => branchOf(error, choice) !== undefined));
}

/** The index of the alternative of an `anyOf` that an error belongs to. */
function branchOf(error: ValidationError, choice: ValidationError): string | undefined {
  const isInside = `${error.instancePath}/`.startsWith(`${choice.instancePath}/`);
  const path = `${choice.schemaPath}/anyOf/`;
  return isInside && error.schemaPath.startsWith(path) ? error.schemaPath.slice(path.length).split('/')[0] : undefined;
}

function violationsOf(error: ValidationError, errors: readonly ValidationError[], place: Place): Violation[] {
  const { instancePath: at, schemaPath } = error;
  switch (error.keyword) {
    case 'additionalProperties': {
      const schema = schemaAt(place.schema, schemaPath);
      if (schema['additionalProperties'] !== false) return [];
      const known = Object.keys((schema['properties'] ?? {}) as JsonObject);
      return error.params.additionalProperties.map((key) => unknownKey(at, key, known));
    }
    case 'required':
      return error.params.requiredProperties.map((key) => ({ at, message: `lacks ${key}` }));
    case 'uniqueItems':
      return error.params.duplicateItems.map((index) => ({
        at: at + formatPointer([index]),
        message: 'is there twice in the list',
      }));
    case 'anyOf':
      return meantBranch(error, errors, place)?.flatMap((one) => violationsOf(one, errors, place)) ?? [mismatch(error, place)];
    case 'boolean':
    case 'propertyNames':
      // Other errors say the same with more details.
      return [];
    default:
      return [mismatch(error, place)];
  }
}

/** The errors of the only alternative that the value itself fits, with errors only further down. */
function meantBranch(choice: ValidationError, errors: readonly ValidationError[], place: Place): ValidationError[] | undefined {
  const value = valueAt(place.value, parsePointer(choice.instancePath));
  if (wordInList(value, schemaAt(place.schema, choice.schemaPath)) !== undefined) return undefined;
  const branches = new Map<string, ValidationError[]>();
  for (const error of errors) {
    const branch = branchOf(error, choice);
    if (branch !== undefined) branches.set(branch, [...(branches.get(branch) ?? []), error]);
  }
  const fitting = [...branches.values()].filter((branch) => branch.every((error) => error.instancePath !== choice.instancePath));
  return fitting.length === 1 && fitting[0] ? outermost(fitting[0]) : undefined;
}

function mismatch({ instancePath, schemaPath }: ValidationError, place: Place): Violation {
  const tokens = parsePointer(instancePath);
  const isAboutKey = schemaPath.endsWith('/propertyNames');
  const value = isAboutKey ? (tokens.at(-1) ?? '') : valueAt(place.value, tokens);
  const schema = schemaAt(place.schema, schemaPath);
  const hint = advice(value, schema);
  const expected = expectation(schema, (inner) => follow(inner, place.schema));
  return {
    at: instancePath,
    message: `expected ${expected}, found ${description(value)}${hint && `: ${hint}`}`,
    ...(isAboutKey && { isAboutKey }),
  };
}

function unknownKey(at: string, key: string, known: readonly string[]): Violation {
  return { at: at + formatPointer([key]), message: `unknown key: ${nearestOf(key, known)}`, isAboutKey: true };
}

function valueAt(value: Json, tokens: readonly string[]): Json {
  return tokens.reduce<Json>((inner, token) => (isArray(inner) ? inner[Number(token)] : member(inner, token)) ?? null, value);
}

/** The schema that a path of TypeBox (`#/properties/images/items`) names; it does not tell the references on the way. */
function schemaAt(root: JsonObject, schemaPath: string): JsonObject {
  return parsePointer(schemaPath.slice(1)).reduce<JsonObject>((schema, token) => {
    const inner = isArray(schema) ? schema[Number(token)] : member(schema, token);
    return isObject(inner) ? follow(inner, root) : (inner as unknown as JsonObject);
  }, root);
}

/** The schema that a reference leads to; a schema without a reference is returned as it is. */
export function follow(schema: JsonObject, root: JsonObject): JsonObject {
  const reference = schema['$ref'];
  return typeof reference === 'string' ? follow(schemaAt(root, reference), root) : schema;
}
