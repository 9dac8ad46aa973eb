/** Assertions that compare exactly: text by code unit with line ends made visible, values by structure. */
import * as assert from 'uvu/assert';

export { equal, is, match, not, ok, throws } from 'uvu/assert';

/** Asserts that two texts are the same to the byte; the message shows the first line that differs, escaped. */
export function sameText(actual: string, expected: string, what = 'text'): void {
  if (actual === expected) return;
  const actualLines = actual.split(/(?<=\n)/);
  const expectedLines = expected.split(/(?<=\n)/);
  let line = 0;
  while (actualLines[line] === expectedLines[line]) line++;
  assert.unreachable(
    `${what} differs at line ${line + 1}:\n  actual:   ${JSON.stringify(actualLines[line])}\n  expected: ${JSON.stringify(expectedLines[line])}\n--- actual\n${actual}\n--- expected\n${expected}`,
  );
}
