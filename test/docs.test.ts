/** The pages that scripts/generate-docs.ts writes are up to date. */
import { readFileSync } from 'node:fs';
import { generatedPages } from '../scripts/generate-docs.ts';
import { assert, suite } from './harness.ts';

suite('generated pages', (test) => {
  test('are up to date: npm run docs', () => {
    for (const [path, text] of generatedPages())
      assert.sameText(readFileSync(new URL(`../${path}`, import.meta.url), 'utf8'), text, path);
  });
});
