/** Hostile shell text takes time in proportion to its length. */
import { splitCommands } from '../../src/shell/split-commands.ts';
import { assert, suite } from '../harness.ts';

/** What a text can begin again and again without an end. */
const HOSTILE = [
  '$(',
  '$((',
  '`',
  '"',
  "'",
  '(',
  'a(',
  '${',
  '<<E\n',
  '$(<<E\n',
  'case x in ',
  '[[ ',
  'a=',
  '{ ',
  '\\',
  '<(',
  '"${x:-',
  '"$(',
  'f() ',
  '$[',
];

/** The CPU time of reading a text, in milliseconds. */
function cpuOf(text: string): number {
  const before = process.cpuUsage();
  splitCommands(text, '.');
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** What stands behind each beginning. */
const WORDS = ['', 'x ', '"x y" ', 'x\n'];

suite('shell/growth', (test) => {
  for (const part of HOSTILE.flatMap((beginning) => WORDS.map((word) => beginning + word))) {
    test(`time grows no faster than the text: ${part}`, () => {
      const [small, large] = [cpuOf(part.repeat(2_000)), cpuOf(part.repeat(16_000))];
      assert.ok(large < 24 * (small + 10), `${small} ms, then ${large} ms`);
    });
  }
});
