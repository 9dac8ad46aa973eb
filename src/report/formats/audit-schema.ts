/** The JSON Schema of `kharden audit --format json`: draft 2020-12, closed everywhere. */
import type { JsonObject } from '../../util/json.ts';
import { BY_LEVEL, DEFINITIONS, described, list, map, NUMBER, PERCENT, PLACE, reference, TEXT } from './json-schema.ts';

const { object, standing, finding } = DEFINITIONS;

export const AUDIT_SCHEMA: JsonObject = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'An audit by kharden',
  ...map(
    'What kharden audit --format json prints.',
    {
      schemaVersion: described({ const: 1 }, 'Grows when a field is taken away or means something else.'),
      kharden: described(TEXT, 'The version of kharden.'),
      numbers: map('The audit in numbers.', {
        files: NUMBER,
        workloads: described(NUMBER, 'Those that were judged.'),
        findings: map('By severity.', { error: NUMBER, warning: NUMBER, info: NUMBER }),
        accepted: described(NUMBER, 'The findings that are accepted; they count as info.'),
        known: described(NUMBER, 'The findings that the baseline holds; they are not listed.'),
        levels: map('The levels of the Pod Security Standards.', { before: BY_LEVEL, after: BY_LEVEL }),
      }),
      average: map('The average score of the workloads, rounded down; missing without any.', { before: PERCENT, after: PERCENT }),
      workloads: list(
        map('A workload, before and after hardening.', {
          path: TEXT,
          line: described(PLACE, 'Where it stands in the file, from 1.'),
          object: reference('object'),
          before: reference('standing'),
          after: reference('standing'),
          changes: described(NUMBER, 'How many changes hardening makes.'),
          findings: list(reference('finding')),
        }),
        'The worst first: by level and score before hardening, then after it, then by the number of warnings.',
      ),
      findings: list(reference('finding'), 'What is about no workload that was judged.'),
    },
    ['average'],
  ),
  $defs: { object, standing, finding } as JsonObject,
};
