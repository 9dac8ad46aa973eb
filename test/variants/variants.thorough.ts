/** All forms of all fixtures. */
import { assert, suite } from '../harness.ts';
import { assertSameEdits, readFixtures } from './variants.ts';

suite('all variants', (test) => {
  let compared = 0;
  for (const fixture of readFixtures()) {
    test(fixture.name, () => {
      compared += assertSameEdits(fixture, fixture.forms);
    });
  }

  test('there are forms to compare', () => assert.ok(compared > 1000, String(compared)));
});
