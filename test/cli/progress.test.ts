/** The bar of a long run: on a terminal only, and gone afterwards. */
import { startProgress } from '../../src/cli/output/progress.ts';
import { assert, suite } from '../harness.ts';

/** What a run of two seconds that reports twenty times prints on a stderr like this. */
function printed(isTTY: boolean, isQuiet: boolean, seconds = 2): string {
  const before = Object.getOwnPropertyDescriptor(process, 'stderr') as PropertyDescriptor;
  const parts: string[] = [];
  const stderr = { isTTY, write: (part: string) => parts.push(part) > 0 };
  Object.defineProperty(process, 'stderr', { configurable: true, value: stderr });
  try {
    let time = 0;
    const progress = startProgress(isQuiet, () => time);
    for (let step = 0; step < 20; step++) {
      time += (seconds * 1000) / 20;
      progress.show(step / 20);
    }
    progress.end();
    return parts.join('');
  } finally {
    Object.defineProperty(process, 'stderr', before);
  }
}

suite('cli/progress', (test) => {
  test('a long run on a terminal has one, which is taken away', () => {
    const text = printed(true, false);
    assert.match(text, /^(?:\r\[#+\.+\] +\d+ %)+\r\u001B\[K$/);
    assert.match(text, /\r\[#{29}\.\] {2}95 %\r/);
  });

  test('a short run has none', () => assert.is(printed(true, false, 0.5), ''));
  test('a pipe has none', () => assert.is(printed(false, false), ''));
  test('--quiet has none', () => assert.is(printed(true, true), ''));
});
