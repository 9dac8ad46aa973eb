/**
 * The cases in the `<id>.txt` files beside this one: a manifest, and what the transform yields for its first workload. A line
 * `given: {…}` holds what a run is given besides.
 */
import fastGlob from 'fast-glob';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { transforms } from '../../transforms/index.ts';
import { assert, suite } from '../harness.ts';
import { outcomesOf, type Given } from './outcomes.ts';

const folder = fileURLToPath(new URL('.', import.meta.url));
const files = fastGlob.sync('*.txt', { cwd: folder }).sort();

suite('transforms/outcomes', (test) => {
  test('every transform has its cases', () => assert.equal(files, transforms.map(({ meta }) => `${meta.id}.txt`).sort()));

  for (const file of files) {
    const id = file.replace('.txt', '');
    for (const block of readFileSync(folder + file, 'utf8')
      .split(/^=== /m)
      .slice(1)) {
      const [head = '', manifest = '', expected = ''] = block.split(/^--- (?:manifest|yields)\n/m);
      const [name = '', given = 'given: {}'] = head.trimEnd().split('\n');
      test(`${id}: ${name}`, () => {
        const lines = outcomesOf(id, manifest, JSON.parse(given.replace('given: ', '')) as Given);
        assert.sameText(lines.map((line) => `${line}\n`).join(''), expected);
      });
    }
  }
});
