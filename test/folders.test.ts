/**
 * Every folder in `folders/` is hardened as a whole and compared with its golden file in `snapshots/folders/`: the diffs of
 * all files and the findings of each. `UPDATE_SNAPSHOTS=1` writes them: read them.
 */
import fastGlob from 'fast-glob';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { harden, type FileResult, type Input } from '../src/index.ts';
import { fileDiff } from '../src/report/diff.ts';
import { findingLine } from '../src/report/terminal/findings.ts';
import { paint } from '../src/report/text.ts';
import { assert, suite } from './harness.ts';

const root = fileURLToPath(new URL('folders/', import.meta.url));
const snapshots = fileURLToPath(new URL('../snapshots/folders/', import.meta.url));
const folders = readdirSync(root).sort();

/** Said once for several files, at the first of them. */
const SAID_ONCE = new Set([
  'assumed-amounts',
  'default-account-elsewhere',
  'immutable-in-cluster',
  'latest-image',
  'skipped-chart',
  'unknown-image',
  'unsupported-kind',
]);

function inputsOf(folder: string): Input[] {
  const files = fastGlob.sync('**/*', { cwd: root + folder, dot: true }).sort();
  return files.map((path) => ({ path, content: readFileSync(`${root}${folder}/${path}`, 'utf8') }));
}

function printed(file: FileResult): string {
  return [fileDiff(file), ...file.findings.map((finding) => `${findingLine(finding, paint(false))}\n`)].join('');
}

/** What hardening made of a file, whichever others were hardened with it. */
function essence({ path, output, changes, findings, patches }: FileResult | undefined = missing()): string {
  return JSON.stringify({ path, output, changes, findings: findings.filter(({ id }) => !SAID_ONCE.has(id)), patches }, null, 1);
}

function missing(): never {
  throw new Error('no result');
}

suite('folders', (test) => {
  for (const folder of folders) {
    const inputs = inputsOf(folder);
    let result: readonly FileResult[] | undefined;
    const together = (): readonly FileResult[] => (result ??= harden(inputs).files);

    test(`${folder}: the golden diffs`, () => {
      const golden = together().map(printed).join('');
      const snapshot = `${snapshots}${folder}.diff`;
      if (process.env['UPDATE_SNAPSHOTS']) {
        mkdirSync(snapshots, { recursive: true });
        writeFileSync(snapshot, golden);
      }
      assert.sameText(golden, existsSync(snapshot) ? readFileSync(snapshot, 'utf8') : '', `${folder}.diff`);
    });

    test(`${folder}: a second run changes nothing`, () => {
      const second = harden(together().map(({ path, output }) => ({ path, content: output }))).files;
      for (const file of second) assert.sameText(file.output, file.input, file.path);
    });

    test(`${folder}: each file alone, with the others as facts`, () => {
      for (const [index, { path }] of inputs.entries()) {
        const [alone] = harden(inputs.map((input) => (input.path === path ? input : { ...input, role: 'facts' }))).files;
        assert.sameText(essence(alone), essence(together()[index]), path);
      }
    });

    test(`${folder}: any order of the files`, () => {
      const expected = new Map(together().map((file) => [file.path, essence(file)]));
      for (const order of [inputs.toReversed(), ...someRotations(inputs)]) {
        for (const file of harden(order).files) assert.sameText(essence(file), expected.get(file.path) ?? '', file.path);
      }
    });

    test(`${folder}: hardened file by file, as pre-commit may do it`, () => {
      const contents = new Map(inputs.map(({ path, content }) => [path, content]));
      for (const path of [...contents.keys()].toReversed()) {
        const oneToHarden = [...contents].map(
          ([name, content]): Input => ({
            path: name,
            content,
            role: name === path ? 'harden' : 'facts',
          }),
        );
        contents.set(path, harden(oneToHarden).files[0]?.output ?? missing());
      }
      for (const { path, output } of together()) assert.sameText(String(contents.get(path)), output, path);
    });
  }

  test('each golden file has its folder', () => {
    assert.equal(
      readdirSync(snapshots).sort(),
      folders.map((folder) => `${folder}.diff`),
    );
  });
});

/** Orders of the items in which each fourth of them comes first. */
function someRotations<T>(items: readonly T[]): T[][] {
  const starts = items.flatMap((_, index) => (index % 4 === 1 ? [index] : []));
  return starts.map((start) => [...items.slice(start), ...items.slice(0, start)]);
}
