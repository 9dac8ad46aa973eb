/** Every finding that kharden can report is shown by a golden diff, so that people have read it. */
import fastGlob from 'fast-glob';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { FINDINGS } from '../src/observations/catalogue.ts';
import { transforms } from '../transforms/index.ts';
import { assert, suite } from './harness.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
/** No manifest brings it about: it stands for a bug. `engine/extension` makes one with a transform that contradicts itself. */
const FAULT_OF_KHARDEN = 'internal-error';

/** The messages that stand in the tables of a transform, and those of them that come without an operation: findings. */
function messagesOf(id: string): { all: Set<string>; findings: Set<string> } {
  const blocks = readFileSync(`${root}test/transforms/${id}.txt`, 'utf8').split(/^--- yields\n/m);
  const lines = blocks.slice(1).flatMap((block) => (block.split(/^=== /m)[0] ?? '').trimEnd().split('\n'));
  const heads = lines.map((line, index) => ({
    id: /^([\w-]+)/.exec(line)?.[1] ?? '',
    isChange: /^ {2}/.test(lines[index + 1] ?? ''),
  }));
  const named = heads.filter((head) => head.id !== '');
  return {
    all: new Set(named.map((head) => head.id)),
    findings: new Set(named.filter(({ isChange }) => !isChange).map((head) => head.id)),
  };
}

suite('finding ids', (test) => {
  const goldens = fastGlob.sync('snapshots/**/*.diff', { cwd: root }).map((path) => readFileSync(root + path, 'utf8'));
  const shown = new Set(goldens.flatMap((text) => Array.from(text.matchAll(/^\S+:\d+:\d+ ([\w-]+) /gm), ([, id = '']) => id)));

  for (const id of Object.keys(FINDINGS).filter((one) => one !== FAULT_OF_KHARDEN))
    test(id, () => assert.ok(shown.has(id), `${id} is in no golden diff`));

  for (const { meta } of transforms) {
    const { all, findings } = messagesOf(meta.id);
    test(`${meta.id}: every message is in its tables or in a golden diff`, () => {
      assert.equal(
        Object.keys(meta.messages).filter((id) => !all.has(id) && !shown.has(id)),
        [],
      );
    });
    test(`${meta.id}: every finding is in a golden diff`, () => {
      assert.equal(
        [...findings].filter((id) => !shown.has(id)),
        [],
      );
    });
  }

  test('no other finding is shown than those that are declared', () => {
    const declared = new Set([...Object.keys(FINDINGS), ...transforms.flatMap(({ meta }) => Object.keys(meta.messages))]);
    assert.equal(
      [...shown].filter((id) => !declared.has(id)),
      [],
    );
  });
});
