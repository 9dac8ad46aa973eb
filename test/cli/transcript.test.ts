/** The transcripts in the documentation are what the program prints, and what they advise works. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { assert, suite } from '../harness.ts';
import { kharden } from './in-process.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const BLOCK = /^```console\n([^]*?)^```$/gm;
const COMMAND = /^\$ kharden (.*?)(?: \| head -n (\d+))?\n([^]*?)(?=^\$ |(?![^]))/gm;

const page = readFileSync(`${root}docs/command-line.md`, 'utf8');
const commands = [...page.matchAll(BLOCK)].flatMap(([, block = '']) => [...block.matchAll(COMMAND)]);

suite('cli/transcript', (test) => {
  test('there are commands in it', () => assert.ok(commands.length >= 2));
  for (const [, args = '', lines, shown = ''] of commands) {
    test(`kharden ${args}`, async () => {
      const { stdout, stderr } = await kharden(args.split(' '), { cwd: root });
      const all = (
        lines === undefined
          ? [stdout + stderr]
          : stdout
              .split('\n')
              .slice(0, Number(lines))
              .map((line) => `${line}\n`)
      ).join('');
      assert.sameText(all, shown);
    });
  }

  test('the diff on the front page', async () => {
    const [, diff = ''] = /^```diff\n\$ kharden web\.yaml\n([^]*?)^```$/m.exec(readFileSync(`${root}README.md`, 'utf8')) ?? [];
    const { stdout } = await kharden(['--quiet', 'web.yaml'], { cwd: `${root}examples/shop` });
    assert.sameText(stdout, diff);
  });

  test('the annotation that refuses a change, with its reason', async () => {
    const [, lines = ''] = /^metadata:\n( {2}annotations:\n(?: {4}.*\n)+)/m.exec(page.slice(page.indexOf('To refuse it'))) ?? [];
    const web = readFileSync(`${root}examples/shop/web.yaml`, 'utf8');
    const refused = web.replace(/(kind: Deployment\nmetadata:\n)/, `$1${lines}`);
    assert.ok(lines.includes('kharden.dev/skip: read-only-root-fs') && refused !== web);
    const { stdout, stderr } = await kharden(['--only', 'read-only-root-fs', '-'], { cwd: root, input: refused });
    assert.sameText(stdout, refused);
    assert.match(stderr, /fixed in 3\.0/);
  });
});
