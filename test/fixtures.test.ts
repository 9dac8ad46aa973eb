/**
 * Every fixture in `fixtures/<folder>/` is hardened and compared with its golden diff in `snapshots/<folder>/`. A first line
 * `# options: {"settings": {…}, "only": […]}` in the fixture gives the options. `UPDATE_SNAPSHOTS=1` writes the diffs: read them.
 */
import fastGlob from 'fast-glob';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { harden } from '../src/index.ts';
import { fileDiff } from '../src/report/diff.ts';
import { findingLine } from '../src/report/terminal/findings.ts';
import { paint } from '../src/report/text.ts';
import { optionsIn } from './fixture-options.ts';
import { assert, suite } from './harness.ts';

const fixtures = fileURLToPath(new URL('fixtures/', import.meta.url));
const snapshots = fileURLToPath(new URL('../snapshots/', import.meta.url));
const files = fastGlob.sync('**/*.{yaml,yml,json}', { cwd: fixtures }).sort();

suite('fixtures', (test) => {
  for (const path of files) {
    test(path, () => {
      const content = readFileSync(fixtures + path);
      const options = optionsIn(content.toString('utf8'));
      const [file] = harden([{ path, content }], options).files;
      if (!file) throw new Error('no result');
      const golden = [fileDiff(file), ...file.findings.map((finding) => `${findingLine(finding, paint(false))}\n`)].join('');
      const snapshot = `${snapshots}${path}.diff`;
      if (process.env['UPDATE_SNAPSHOTS']) {
        mkdirSync(dirname(snapshot), { recursive: true });
        writeFileSync(snapshot, golden);
      }
      assert.sameText(golden, existsSync(snapshot) ? readFileSync(snapshot, 'utf8') : '', `${path}.diff`);
      const [again] = harden([{ path, content: file.output }], options).files;
      assert.sameText(again?.output ?? '', file.output, 'the second run');
    });
  }

  test('each golden diff has its fixture', () => {
    const goldens = fastGlob.sync('**/*.diff', { cwd: snapshots }).filter((path) => !path.startsWith('folders/'));
    assert.equal(goldens.map((path) => path.replace(/\.diff$/, '')).sort(), files);
  });
});
