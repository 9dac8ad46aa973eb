/** The transcript in the documentation is what the program prints. */
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
});
