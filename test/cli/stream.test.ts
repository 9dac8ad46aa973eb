/** Streams: from stdin to stdout, for pipes and post-renderers. */
import { assert, suite } from '../harness.ts';
import { kharden } from './in-process.ts';
import { ONLY, asLines, assertOutcome, folderWith, hardPod, inShell, pod, podDiff, summary } from './program.ts';

const QUIET = [...ONLY, '--quiet'];

suite('cli/stream', (test) => {
  test('a stream goes hardened to stdout, with - and without any path', async () => {
    for (const args of [[], ['-']]) {
      assertOutcome(await kharden([...ONLY, ...args], { input: pod() }), 0, hardPod(), summary(1, 1, 'wrote', 1));
    }
  });

  const kept: Readonly<Record<string, string>> = {
    CRLF: '\uFEFFa: 1\r\n---\r\nb: 2',
    'no workload': '# a\n\n\n---\n# b\n--- # c\nkind: ConfigMap\ndata: {a: "\\u0000"}\n...\n',
    'a hardened manifest': hardPod(),
    'no YAML': '\t{{- template }} [',
    'one line break': '\n',
  };
  for (const [name, input] of Object.entries(kept)) {
    test(`keeps every byte of ${name}`, async () => assertOutcome(await kharden(QUIET, { input }), 0, input, ''));
  }

  test('hardens each document of a long stream', async () => {
    const names = Array.from({ length: 100 }, (_, index) => `web-${index}`);
    const input = names.map(pod).join('---\n');
    assertOutcome(await kharden(QUIET, { input }), 0, names.map(hardPod).join('---\n'), '');
  });

  test('--check exits 1, and prints the diff with --diff', async () => {
    assertOutcome(await kharden([...ONLY, '--check'], { input: pod() }), 1, '', summary(1, 1, 'would change', 1));
    const shown = await kharden([...ONLY, '--check', '--diff'], { input: pod() });
    assertOutcome(shown, 1, podDiff('stdin'), summary(1, 1, 'would change', 1));
    assertOutcome(await kharden([...ONLY, '--check'], { input: hardPod() }), 0, '', summary(1, 1, 'would change', 0));
  });

  test('an error in one document keeps the others back', async () => {
    const { status, stdout, stderr } = await kharden(QUIET, { input: `${pod()}---\nkind: Pod\nspec: }\n` });
    assert.equal({ status, stdout }, { status: 2, stdout: '' });
    assert.match(asLines(stderr), /^stdin:11:7 invalid-yaml [^\n]+\n$/);
  });

  test('an empty stream gives an empty one and says so', async () => {
    assertOutcome(await kharden(QUIET), 0, '', 'kharden: stdin was empty: nothing to harden\n');
  });

  test('positions in a release of Helm name the template', async () => {
    const chart = (file: string, text: string): string => `---\n# Source: shop/templates/${file}\n${text}`;
    const bad = hardPod().replace('Escalation: false', 'Escalation: true');
    const input = `${chart('a.yaml', hardPod()) + chart('sub/b.yaml', bad)}---\n${bad}${chart('my c.yaml', bad)}`;
    const { stderr } = await kharden(ONLY, { input });
    const places = [...stderr.matchAll(/^(stdin.*)\n {2}(\d+:\d+) /gm)].map(([, heading, place]) => `${heading} ${place}`);
    assert.equal(places, [
      'stdin, from shop/templates/sub/b.yaml 24:9',
      'stdin 35:9',
      'stdin, from shop/templates/my c.yaml 47:9',
    ]);
  });

  test('a folder as stdin is an error', () => {
    const folder = folderWith({});
    assertOutcome(
      inShell('"$@" < .', QUIET, { cwd: folder }),
      2,
      '',
      'stdin: unusable-path this is a folder, not a file: use a file\n',
    );
  });

  test('a closed stdin is an empty stream', () => {
    assertOutcome(inShell('"$@" <&-', QUIET), 0, '', 'kharden: stdin was empty: nothing to harden\n');
  });

  // More than fits into a pipe.
  const many = Array.from({ length: 200 }, () => pod('x'.repeat(400))).join('---\n');

  test('a closed pipe ends a stream quietly', () => {
    assertOutcome(inShell('{ "$@"; echo "exit $?" >&2; } | head -1', QUIET, { input: many }), 0, 'apiVersion: v1\n', 'exit 0\n');
  });

  test('a closed pipe ends a diff quietly, and the exit code still says what was found', () => {
    const folder = folderWith({ 'pods.yaml': many });
    for (const [args, status] of [
      [['.'], 0],
      [['--check', '--diff', '.'], 1],
      [['--check', '--diff', '.', 'missing'], 2],
    ] as const) {
      const outcome = inShell('{ "$@" 2>err; echo "exit $?" >&2; } | head -1; cat err >&2', [...QUIET, ...args], { cwd: folder });
      const problem = status === 2 ? 'missing: unusable-path no such file or folder: check the path\n' : '';
      assertOutcome(outcome, 0, '--- a/pods.yaml\n', `exit ${status}\n${problem}`);
    }
  });

  test('a closed pipe for messages changes nothing else', () => {
    const script = '{ "$@" 2>&3 | cat; } 3>&1 >out | head -c 0; cat out';
    assertOutcome(inShell(script, ONLY, { cwd: folderWith({}), input: pod() }), 0, hardPod(), '');
  });

  test('a full disk behind stdout is an error', () => {
    const problem = 'kharden: cannot write to stdout: no space left on the device: make room and run again\n';
    assertOutcome(inShell('"$@" > /dev/full', QUIET, { input: pod() }), 2, '', problem);
  });
});
