/** Every format on a disk that is full and into a pipe that nobody reads: a clear end, and no stack trace. */
import { FORMATS } from '../../src/report/formats/index.ts';
import { assert, suite } from '../harness.ts';
import { folderWith, inShell, pod } from './program.ts';

/** More than what a pipe takes before anyone reads it. */
const MANY = Object.fromEntries(Array.from({ length: 400 }, (_, index) => [`${index}.yaml`, pod(`web-${index}`)]));

suite('cli/endings', (test) => {
  const cwd = folderWith(MANY);

  for (const format of FORMATS.filter((one) => 'load' in one).map(({ id }) => id)) {
    const args = ['--check', '--quiet', '--format', format, '.'];

    test(`${format}: a full disk is an error`, () => {
      const { status, stderr } = inShell('exec "$@" > /dev/full', args, { cwd });
      assert.is(stderr, 'kharden: cannot write to stdout: no space left on the device: make room and run again\n');
      assert.is(status, 2);
    });

    test(`${format}: a reader that leaves is none`, () => {
      const { stdout, stderr } = inShell('"$@" | true; echo "${PIPESTATUS[0]}"', args, { cwd });
      assert.equal([stdout, stderr], ['1\n', '']);
    });
  }

  test('--out: a stderr that nobody reads', () => {
    const args = ['--format', 'kustomize', '--out', 'hard', '.'];
    const { stdout } = inShell('"$@" 2>&1 | true; echo "${PIPESTATUS[0]}"', args, { cwd: folderWith(MANY) });
    assert.is(stdout, '0\n');
  });
});
