/** JSON Patches: another library makes of the documents what `--write` makes of them. */
import { printJsonPatch } from '../../../src/report/formats/json-patch.ts';
import { assert, suite } from '../../harness.ts';
import { patchedElsewhere, type PatchEntry } from './apply-patches.ts';
import { EMPTY, fixtures, hostile } from './results.ts';

suite('report/formats/json-patch', (test) => {
  for (const [name, resultOf] of Object.entries({ fixtures, hostile, empty: () => EMPTY })) {
    test(`another library makes the same of them: ${name}`, () => {
      const result = resultOf();
      const entries = JSON.parse([...printJsonPatch(result)].join('')) as PatchEntry[];
      for (const file of result.files) assert.is(patchedElsewhere(file, entries), undefined, file.path);
      assert.is(new Set(entries.map(({ path }) => path)).size, result.files.filter(({ edits }) => edits.length > 0).length);
    });
  }

  test('what is replaced or removed is tested before', () => {
    const entries = JSON.parse([...printJsonPatch(fixtures())].join('')) as PatchEntry[];
    let tested = 0;
    for (const { patch } of entries) {
      for (const [index, { op, path }] of patch.entries()) {
        if (op === 'add' || op === 'test') continue;
        tested++;
        assert.equal([patch[index - 1]?.op, patch[index - 1]?.path], ['test', path]);
      }
    }
    assert.ok(tested > 0);
  });
});
