/** The comment for pull requests: short enough for GitHub, and nothing of a manifest is more than text in it. */
import { printMarkdown } from '../../../src/report/formats/markdown.ts';
import type { RunResult } from '../../../src/report/result.ts';
import { harden } from '../../../src/index.ts';
import { assert, suite } from '../../harness.ts';
import { pod } from '../../cli/program.ts';
import { EMPTY, fixtures, hostile, many } from './results.ts';

function print(result: RunResult): string {
  return [...printMarkdown(result)].join('');
}

suite('report/formats/markdown', (test) => {
  test('numbers, reasons and the diff', () => {
    const { files } = harden([{ path: 'a.yaml', content: pod() }], { only: ['no-privilege-escalation'] });
    assert.sameText(
      print({ problems: [], files }),
      `## kharden: 1 change in 1 of 1 file

1 workload, 0 errors, 0 warnings.

| Pod Security level | now | hardened |
| --- | --- | --- |
| restricted | 0 | 0 |
| baseline | 1 | 1 |
| privileged | 0 | 0 |

### \`a.yaml\`

| transform | reason | |
| --- | --- | --- |
| \`no-privilege-escalation\` | Pod, container web&#58; no process can gain more privileges than its parent has (its image is known as busybox) |  |

<details><summary>the diff</summary>

\`\`\`diff
--- a/a.yaml
+++ b/a.yaml
@@ -6,3 +6,5 @@
   containers:
     - name: web
       image: busybox:1.36
+      securityContext:
+        allowPrivilegeEscalation: false
\`\`\`

</details>
`,
    );
  });

  test('an empty run', () => assert.match(print(EMPTY), /^## kharden: nothing to harden\n/));

  test('a long one says what it leaves out', () => {
    for (const result of [many(), fixtures()]) {
      const text = print(result);
      assert.ok(text.length < 65_536);
      assert.match(text, /\n\d+ more parts do not fit into a comment: run kharden to see them\.\n$/);
    }
  });

  test('nothing of a manifest is a mark: outside of code there is no HTML, mention or link of it', () => {
    const text = print(hostile());
    const outside = text.replace(/^(`{3,})diff\n[^]*?^\1\n/gm, '').replace(/(?<!`)(`+)(?!`)[^\n]*?(?<!`)\1(?!`)/g, '');
    assert.not.match(outside, /<script|@me|\]\]>|::error/);
    for (const row of outside.split('\n').filter((line) => line.startsWith('|'))) {
      assert.is(row.replace(/\\\|/g, '').match(/\|/g)?.length, 4, row);
    }
    for (const line of text.split('\n')) assert.not.match(line, /\u001B/);
  });
});
