/** Usual arguments are read as commander reads them, and all others are left to it. */
import fc from 'fast-check';
import { declaredOptions } from '../../src/cli/arguments/declared.ts';
import { createProgram, readRequest } from '../../src/cli/arguments/program.ts';
import { usualRequest } from '../../src/cli/arguments/usual.ts';
import { FORMATS } from '../../src/report/formats/index.ts';
import { assert, suite } from '../harness.ts';

const names = declaredOptions(FORMATS).flatMap(({ flags }) => flags.split(/,? /).filter((word) => word.startsWith('-')));
const values = [
  'a.yaml',
  'dir/',
  '-',
  '',
  'json',
  'kustomize',
  'strict',
  'openshift',
  '1.30',
  'new',
  'resources, x',
  'warning',
  '--',
  '-x',
];
const word = fc.oneof(
  fc.constantFrom(...names),
  fc.constantFrom(...values),
  fc.tuple(fc.constantFrom(...names), fc.constantFrom(...values)).map(([name, value]) => `${name}=${value}`),
  fc.constantFrom('audit', 'list', 'help', '-qw', '--wirte', '--help'),
);
const paired = fc.tuple(fc.constantFrom(...names), fc.constantFrom(...values));
const line = fc
  .array(
    fc.oneof(
      word.map((one) => [one]),
      paired,
    ),
    { maxLength: 6 },
  )
  .map((parts) => parts.flat());

suite('cli/arguments', (test) => {
  test('what is read without commander is what commander reads', async () => {
    let usual = 0;
    await fc.assert(
      fc.asyncProperty(line, async (args) => {
        const request = usualRequest(args, FORMATS, {});
        if (!request) return;
        usual++;
        assert.equal(request, await readRequest(args, FORMATS), args.join(' '));
      }),
      { numRuns: 2000 },
    );
    assert.ok(usual > 200, `${usual} of 2000 are usual`);
  });

  test('usual lines are read without commander', () => {
    const lines = ['pod.yaml', '', '-', '--quiet --only resources a b', '-w .', '--check --format sarif --fail-on warning,x .'];
    for (const text of [...lines, '--version', '-V', '--no-color --exclude a --exclude b c'])
      assert.ok(usualRequest(text.split(' ').filter(Boolean), FORMATS, {}), text);
  });

  test('commands, the variable of an option, and what is wrong are left to commander', () => {
    const commands = createProgram(FORMATS, () => {}).commands.map((command) => command.name());
    for (const command of [...commands, 'help', '--help', '--wirte', '--only', '--format x', '--changed', '--version .'])
      assert.is(usualRequest(command.split(' '), FORMATS, {}), undefined, command);
    assert.is(usualRequest(['.'], FORMATS, { KHARDEN_REPORT_FILE: '' }), undefined);
  });
});
