/** Hostile shell text: the time to read it grows no faster than the text. */
import { splitCommands } from '../../src/shell/split-commands.ts';
import { assert, suite } from '../harness.ts';

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

suite('shell/split-commands: growth', (test) => {
  const cpuOf = (text: string): number => {
    const before = process.cpuUsage();
    splitCommands(text, '.');
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  };
  for (const left of HOSTILE) {
    for (const right of ['', 'x ']) {
      test(`time grows no faster than the text: ${left}${right}`, () => {
        const [small, large] = [2_000, 16_000].map((count) => cpuOf((left + right).repeat(count)));
        assert.ok((large ?? 0) < 40 * ((small ?? 0) + 10), `${small} ms, then ${large} ms`);
      });
    }
  }
});
