/** Every format with nothing to say, with marks of all formats in names, and with very long names. */
import { harden } from '../../../src/index.ts';
import type { RunResult } from '../../../src/report/result.ts';
import { lazy } from '../../lazy.ts';
import { assert, suite } from '../../harness.ts';
import { testFormats } from './every-format.ts';
import { EMPTY } from './results.ts';

const LONG = 'x'.repeat(70_000);
const MARKED = 'größe 🚀 a|b`c``"d"<script>&amp;@me ::error::%0A,]]> $(e) \'f\' \\ \u001B[31m\nevil';

/** A Pod with one name wherever one may stand, in a file of that name too. */
function named(name: string, id: string): RunResult {
  const text = JSON.stringify(name);
  const content = `apiVersion: v1\nkind: Pod\nmetadata: {name: ${text}}\nspec: {containers: [{name: ${text}, image: ${text}}]}\n`;
  const { files } = harden([{ path: `${name}/ my file.yaml`, content }], { only: [id] });
  return { problems: [{ id: 'unusable-path', severity: 'error', path: name, message: name }], files };
}

const marked = lazy(() => named(MARKED, 'no-privilege-escalation'));
const long = lazy(() => named(LONG, 'dedicated-service-account'));

suite('report/formats: every format', (test) => {
  test('the names are those of changes', () => {
    for (const { files } of [marked(), long()]) assert.is(files[0]?.changes.length, 1);
  });

  testFormats(test, {
    'nothing at all': { result: () => EMPTY, words: [] },
    'quotes, line ends and marks in names': { result: marked, words: ['größe 🚀 a'] },
    'long names': { result: long, words: [] },
  });
});
