/** What changes, as people see it: reasons beside hunks, counts, names, and the summary. */
import { harden, type FileResult } from '../../../src/index.ts';
import { explainedDiff } from '../../../src/report/terminal/explained-diff.ts';
import { hunksOf } from '../../../src/report/hunks.ts';
import { reasonsOf } from '../../../src/report/terminal/reasons.ts';
import { listDifferent, statLines } from '../../../src/report/terminal/stat.ts';
import { summaryLines } from '../../../src/report/terminal/summary.ts';
import { paint } from '../../../src/report/text.ts';
import { assert, suite } from '../../harness.ts';
import { ONLY, pod, podDiff } from '../../cli/program.ts';

const CONTEXT = { paint: undefined, width: 80, workingDirectory: '/', environment: {} };
const OPTIONS = { only: [ONLY[1]] };

const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
      - name: web
        image: nginx:1.27
        # The settings of the first container end here; those of the second
        # one begin further down, so that each stands in a hunk of its own.
        env:
        - name: A
          value: a
        - name: B
          value: b
        - name: C
          value: c
        securityContext:
          privileged: false
      - name: proxy
        image: envoyproxy/envoy:v1.31
`;

function hardened(content: string, path = 'web.yaml', options: Parameters<typeof harden>[1] = OPTIONS): FileResult {
  return harden([{ path, content }], options).files[0] as FileResult;
}

suite('report/terminal/reasons', (test) => {
  test('each change stands in the hunk that shows it, with the object that it creates', () => {
    const only = ['no-privilege-escalation', 'dedicated-service-account', 'read-only-root-fs'];
    const file = hardened(`a: 1\n---\n${DEPLOYMENT}---\n${DEPLOYMENT.replaceAll('web', 'api')}`, 'web.yaml', { only });
    const hunks = hunksOf(file.input, file.edits);
    const shown = reasonsOf(file, hunks);
    for (const [index, { lines }] of hunks.entries()) {
      const added = lines.filter((line) => line.startsWith('+')).join('\n');
      const ids = new Set(shown[index]?.map(({ change }) => change.transform));
      assert.is(ids.has('no-privilege-escalation'), added.includes('allowPrivilegeEscalation'), added);
      assert.is(ids.has('read-only-root-fs'), /readOnlyRootFilesystem|emptyDir|mountPath/.test(added), added);
      assert.is(ids.has('dedicated-service-account'), /serviceAccountName|kind: ServiceAccount/.test(added), added);
    }
    const first = shown.flat().filter(({ isFirst }) => isFirst);
    assert.is(first.length, file.changes.length);
  });

  test('items that changes add to one list are told apart', () => {
    const image = 'image: nats:2';
    const two = `kind: Pod\napiVersion: v1\nspec:\n  containers:\n  - {name: a, ${image}}\n  - name: b\n    ${image}\n`;
    const file = hardened(two, 'web.yaml', { only: ['read-only-root-fs'] });
    const lines = file.output.split('\n');
    const shown = reasonsOf(file, hunksOf(file.input, file.edits)).flat();
    const volumes = shown.map((reason) =>
      reason.lines.map((line) => lines[line - 1] ?? '').filter((line) => /^ {2}- name: .-tmp/.test(line)),
    );
    assert.equal(volumes, [['  - name: a-tmp'], ['  - name: b-tmp']]);
  });

  test('the diff has the reason above each hunk', () => {
    const text = [...explainedDiff({ problems: [], files: [hardened(pod(), 'a.yaml')] }, CONTEXT)].join('');
    const reason = '# no-privilege-escalation: container web: no process can gain more privileges than\n#   its parent has\n';
    assert.match(text, /^--- a\/a\.yaml\n\+\+\+ b\/a\.yaml\n# no-privilege-escalation: container web: no process/);
    assert.is(text.replace(/^#.*\n/gm, ''), podDiff('a.yaml'));
    for (const line of text.split('\n')) assert.ok(line.length <= 80, reason);
  });
});

suite('report/terminal/stat', (test) => {
  const files = [hardened(pod(), 'a.yaml'), hardened(pod(), 'größe/ポ ッ\n.yaml'), hardened('a: 1\n', 'c.yaml')];

  test('lines of each file that differs, and their sum', () => {
    assert.sameText(
      statLines({ problems: [], files }, CONTEXT).join(''),
      ` a.yaml               | 2 ++
 größe/ポ ッ\\x0a.yaml | 2 ++
 2 files, 4 lines added, 0 removed
`,
    );
  });

  test('long ones fit the width', () => {
    const many = hardened(Array.from({ length: 300 }, () => pod()).join('---\n'), 'a.yaml');
    for (const line of statLines({ problems: [], files: [many] }, { ...CONTEXT, width: 50 })) assert.ok(line.length <= 51, line);
  });

  test('names, one a line', () => {
    assert.equal(listDifferent({ problems: [], files }), ['a.yaml\n', 'größe/ポ ッ\\x0a.yaml\n']);
  });

  test('nothing of nothing', () => {
    assert.equal(statLines({ problems: [], files: [] }, CONTEXT), []);
    assert.equal(listDifferent({ problems: [], files: [] }), []);
  });
});

suite('report/terminal/summary', (test) => {
  const summary = (content: string, options = {}): string[] =>
    summaryLines(
      { problems: [], files: [hardened(content, 'web.yaml', options)] },
      { mode: 'would change', namesFiles: false, isVerbose: false },
      { paint: paint(false), width: 80 },
    );

  test('levels of the Pod Security Standards before and after', () => {
    assert.ok(summary(DEPLOYMENT).includes('Pod Security level: restricted 0 -> 1, baseline 1 -> 0'));
    const node = DEPLOYMENT.replace('privileged: false', 'privileged: true');
    assert.ok(
      summary(`${DEPLOYMENT}---\n${node}`).includes('Pod Security level: restricted 0 -> 1, baseline 1 -> 0, privileged 1 -> 1'),
    );
    const capability = DEPLOYMENT.replace('privileged: false', 'capabilities: {add: [SYS_ADMIN]}');
    assert.ok(summary(capability).includes('Pod Security level: privileged 1 -> 1'));
    assert.not.ok(summary('a: 1\n').some((line) => line.startsWith('Pod Security')));
  });

  test('a file that is left as it was stays at its level', () => {
    const broken = `${DEPLOYMENT}---\nkind: Pod\nspec: }\n`;
    assert.ok(summary(broken).includes('Pod Security level: baseline 1 -> 1'));
  });

  test('every line of it fits', () => {
    for (const line of summary(DEPLOYMENT)) assert.ok(line.length <= 80, line);
  });
});
