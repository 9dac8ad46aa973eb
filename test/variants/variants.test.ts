/** One form of every third fixture, in turn, so that all forms come about equally often. The thorough test runs all. */
import { assert, suite } from '../harness.ts';
import type { Form } from './forms.ts';
import { assertSameEdits, readFixtures } from './variants.ts';

suite('variants', (test) => {
  const compared = new Map<string, number>();
  const fixtures = readFixtures().filter((_, index) => index % 3 === 0);
  for (const [index, fixture] of fixtures.entries()) {
    const { name, forms } = fixture;
    test(name, () => {
      const form = forms[index % forms.length] as Form;
      compared.set(form.name, (compared.get(form.name) ?? 0) + assertSameEdits(fixture, [form]));
    });
  }

  test('each form is compared at least five times', () => {
    const names = new Set(fixtures.flatMap(({ forms }) => forms.map((form) => form.name)));
    assert.ok(names.size > 10);
    assert.equal(
      [...names].filter((name) => (compared.get(name) ?? 0) < 5),
      [],
    );
  });
});
