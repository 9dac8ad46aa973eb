import fastGlob from 'fast-glob';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { CONTROLS } from '../../src/kubernetes/pod-security/index.ts';
import { FINDINGS } from '../../src/observations/catalogue.ts';
import { transforms } from '../../transforms/index.ts';
import { assert, suite } from '../harness.ts';

const snapshots = fileURLToPath(new URL('../../snapshots/', import.meta.url));

suite('the catalogue of findings', (test) => {
  for (const [id, { title, advice }] of Object.entries(FINDINGS)) {
    test(id, () => {
      assert.match(title, /^[A-Z/].*[^.]$/);
      assert.match(advice, /^[a-z].*[^.]$/s);
    });
  }

  test('every finding in a golden diff is in it, or is a message of a transform', () => {
    const known = new Set([...Object.keys(FINDINGS), ...transforms.flatMap(({ meta }) => Object.keys(meta.messages))]);
    const ids = fastGlob.sync('**/*.diff', { cwd: snapshots }).flatMap((path) => {
      const lines = readFileSync(snapshots + path, 'utf8').split('\n');
      return lines.flatMap((line) => /^[^\s+-][^\s]*:\d+:\d+ ([\w-]+) /.exec(line)?.[1] ?? []);
    });
    assert.ok(ids.length > 100);
    assert.equal(
      [...new Set(ids)].filter((id) => !known.has(id)),
      [],
    );
  });

  // A control of `restricted` takes its place.
  test('every control of the Pod Security Standards but one is one that a finding or a transform answers', () => {
    const named = new Set([
      ...Object.entries(FINDINGS).flatMap(([id, { controls }]) =>
        id === 'pod-security' || id === 'ephemeral-container' ? [] : (controls ?? []),
      ),
      ...transforms.flatMap(({ meta }) => meta.references.pss ?? []),
    ]);
    const unnamed = CONTROLS.map(({ id }) => id).filter((id) => !named.has(id));
    assert.equal(unnamed, ['baseline/seccompProfile']);
  });
});
