/** The JSON Schema of `--format json`: draft 2020-12, closed everywhere. */
import type { JsonObject } from '../../util/json.ts';

export const TEXT = { type: 'string' };
export const NUMBER = { type: 'integer', minimum: 0 };
export const PERCENT = { type: 'integer', minimum: 0, maximum: 100 };
export const PLACE = { type: 'integer', minimum: 1 };

/** A map with these fields and no other; those in `optional` may be missing. */
export function map(description: string, fields: JsonObject, optional: readonly string[] = []): JsonObject {
  const required = Object.keys(fields).filter((name) => !optional.includes(name));
  return { description, type: 'object', additionalProperties: false, properties: fields, required };
}

export function list(items: JsonObject, description?: string): JsonObject {
  return { type: 'array', items, ...(description === undefined ? {} : { description }) };
}

export function described(schema: JsonObject, description: string): JsonObject {
  return { ...schema, description };
}

export function reference(name: string): JsonObject {
  return { $ref: `#/$defs/${name}` };
}

const LEVEL = { enum: ['restricted', 'baseline', 'privileged'] };
export const BY_LEVEL = map('How many workloads meet a level and none above it.', {
  restricted: NUMBER,
  baseline: NUMBER,
  privileged: NUMBER,
});

/** What the schemas of both documents name. */
export const DEFINITIONS: JsonObject = {
  object: map('The name of an object.', { kind: TEXT, namespace: TEXT, name: TEXT }, ['namespace']),
  standing: map('How the pods of a workload stand against the Pod Security Standards.', {
    level: described(LEVEL, 'The strictest level that all of them meet.'),
    score: described(PERCENT, 'The share of the controls of restricted that all of them meet, in percent, rounded down.'),
    unmet: list(TEXT, 'The controls of restricted that one of them does not meet, such as baseline/hostPorts.'),
  }),
  finding: map(
    'What was left alone, could not be done, or is good to know.',
    {
      id: described(TEXT, 'Stable; kharden explain tells about it.'),
      severity: { enum: ['error', 'warning', 'info'] },
      message: TEXT,
      path: TEXT,
      line: described(PLACE, 'From 1; missing for a finding about a whole file.'),
      column: described(PLACE, 'From 1, in UTF-16 code units.'),
      source: described(TEXT, 'The template of a Helm chart that the document comes from.'),
      pointer: described(TEXT, 'JSON Pointer into the document.'),
      object: reference('object'),
      container: TEXT,
      controls: list(TEXT, 'The controls of the Pod Security Standards that are not met for this reason.'),
      accepted: described(TEXT, 'The reason why it is accepted; empty where none is given.'),
    },
    ['line', 'column', 'source', 'pointer', 'object', 'container', 'controls', 'accepted'],
  ),
  change: map(
    'One thing that a transform writes, with its reason.',
    {
      transform: described(TEXT, 'The id of the transform.'),
      message: TEXT,
      safety: { enum: ['safe', 'may-break'] },
      guess: described(TEXT, 'The image of which nobody knows what it needs.'),
      because: described(TEXT, 'What is known about the container, and from where.'),
      object: reference('object'),
      container: TEXT,
      line: described(PLACE, 'Where the object or container stands in the input.'),
      document: described(NUMBER, 'The document of the input, from 0.'),
      pointers: list(TEXT, 'What it writes: JSON Pointers into the document.'),
      creates: list(reference('object'), 'The objects that it needs; each is created once in a file.'),
    },
    ['guess', 'because', 'container', 'creates'],
  ),
  operation: {
    description: 'An operation of RFC 6902.',
    oneOf: [
      map('', { op: { enum: ['test', 'add', 'replace'] }, path: TEXT, value: {} }),
      map('', { op: { const: 'remove' }, path: TEXT }),
    ],
  },
  patch: map('What changes in one document of the input.', {
    document: described(NUMBER, 'From 0, over all documents between the lines --- of the file.'),
    before: list({ type: 'object' }, 'New documents that go before it.'),
    operations: list(reference('operation'), 'A JSON Patch for its value, with a test before each replace and remove.'),
  }),
  file: map('One input.', {
    path: TEXT,
    isChanged: { type: 'boolean' },
    workloads: described(NUMBER, 'How many objects with pods it has.'),
    standings: list(
      map('A workload that was judged.', {
        object: reference('object'),
        line: PLACE,
        before: reference('standing'),
        after: reference('standing'),
      }),
    ),
    changes: list(reference('change')),
    patches: list(reference('patch')),
    edits: list(
      map('A part of the text that is replaced; both offsets count UTF-16 code units.', {
        start: NUMBER,
        end: NUMBER,
        text: TEXT,
      }),
      'What makes the new text out of the old one: sorted, without overlaps.',
    ),
  }),
};

export const RESULT_SCHEMA: JsonObject = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'The result of a run of kharden',
  ...map('What kharden --format json prints.', {
    schemaVersion: described({ const: 1 }, 'Grows when a field is taken away or means something else.'),
    kharden: described(TEXT, 'The version of kharden.'),
    numbers: map('The run in numbers.', {
      files: NUMBER,
      changedFiles: NUMBER,
      workloads: NUMBER,
      changes: NUMBER,
      findings: map('By severity.', { error: NUMBER, warning: NUMBER, info: NUMBER }),
      known: described(NUMBER, 'The findings that the baseline holds; they are not listed.'),
      levels: map('The levels of the Pod Security Standards.', { before: BY_LEVEL, after: BY_LEVEL }),
    }),
    findings: list(reference('finding'), 'Those about paths and configurations, then those of each file.'),
    files: list(reference('file'), 'The inputs in their order.'),
  }),
  $defs: DEFINITIONS,
};
