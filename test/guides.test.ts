/** Every rule of the guides has an answer, and every answer exists. */
import { answersTo, POD_SECURITY_RULES } from '../scripts/guide-pages.ts';
import { GUIDES } from '../src/report/explain/guides.ts';
import { FINDINGS } from '../src/observations/catalogue.ts';
import { sharedMessages } from '../src/transform/messages.ts';
import { transforms } from '../transforms/index.ts';
import { assert, suite } from './harness.ts';

suite('guides', (test) => {
  test('every control of the Pod Security Standards has an answer', () => {
    const unanswered = POD_SECURITY_RULES.filter((rule) => answersTo('pss', rule).length === 0).map(({ id }) => id);
    // The one of `restricted`, which takes its place, is answered.
    assert.equal(unanswered, ['baseline/seccompProfile']);
  });

  for (const { standard, rules } of GUIDES) {
    test(`${standard}: every rule has an answer`, () =>
      assert.equal(
        rules.filter((rule) => answersTo(standard, rule).length === 0).map(({ id }) => id),
        [],
      ));

    test(`${standard}: every rule stands in the list once`, () => {
      const ids = rules.map(({ id }) => id);
      assert.equal(ids, [...new Set(ids)]);
    });

    test(`${standard}: every rule that a transform names is in the list`, () => {
      const named = transforms.flatMap(({ meta }) => meta.references[standard] ?? []);
      assert.equal(
        named.filter((id) => !rules.some((rule) => rule.id === id)),
        [],
      );
    });

    test(`${standard}: every finding exists`, () => {
      const known = new Set([...Object.keys(FINDINGS), ...Object.keys(sharedMessages())]);
      assert.equal(
        rules.flatMap(({ findings = [] }) => findings).filter((id) => !known.has(id)),
        [],
      );
    });
  }
});
