/** Go's YAML parser, with which kubectl reads, compares values before and after: real manifests and broken ones. */
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { filesBelow } from '../../src/cli/files/walk.ts';
import { harden, type FileResult } from '../../src/index.ts';
import { FIXTURES, manifestsIn, mutantsOf } from '../fuzz/mutants.ts';
import { assert, suite } from '../harness.ts';
import { verdicts } from './oracle.ts';
import { CORPUS } from './world.ts';

const MUTANTS = 4000;

/** The manifests of a folder, hardened as the program does it. */
function hardenedFolder(folder: string): readonly FileResult[] {
  const paths = filesBelow(folder, folder, []).map(({ path }) => path);
  return harden(paths.map((path) => ({ path: relative(folder, path), content: readFileSync(path) }))).files;
}

function hardenedMutants(folder: string, seed: number): FileResult[] {
  const mutants = mutantsOf(manifestsIn(folder), seed);
  return Array.from({ length: MUTANTS }, () => {
    const { path, bytes, options } = mutants.next().value;
    return harden([{ path, content: bytes }], options).files[0] as FileResult;
  });
}

function check(what: string, files: readonly FileResult[]): void {
  const all = verdicts(files);
  const changed = files.filter(({ input, output }) => input !== output).length;
  const refused = all.reduce((sum, verdict) => sum + verdict.refused, 0);
  console.log(`\n${what}: ${files.length} files read by Go, ${changed} of them changed, ${refused} documents that Go refuses`);
  const wrong = all.flatMap(({ objection }, index) =>
    objection === undefined ? [] : [{ objection, file: files[index] as FileResult }],
  );
  for (const { objection, file } of wrong) console.log(`${file.path}: ${objection}\n${JSON.stringify(file.input)}`);
  assert.ok(changed > 0);
  assert.is(wrong.length, 0);
}

suite('values as Go reads them', (test) => {
  test('real manifests', () => check('real manifests', hardenedFolder(CORPUS)));
  test('fixtures', () => check('fixtures', hardenedFolder(FIXTURES)));
  test('broken real manifests', () => check('broken real manifests', hardenedMutants(CORPUS, 1)));
  test('broken fixtures', () => check('broken fixtures', hardenedMutants(FIXTURES, 2)));
});
