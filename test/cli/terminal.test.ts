/** What reaches a terminal: colour where it is wanted, and nothing from files or names that a terminal takes for a command. */
import { assert, suite } from '../harness.ts';
import { kharden } from './in-process.ts';
import { ONLY, assertOutcome, folderWith, hardPod, pod, podDiff, summary, startKharden } from './program.ts';

const ESCAPE = /\u001B\[\d+m/;
const RAW = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u200E\u200F\u2028-\u202E\u2066-\u2069\uFEFF]/;
const NASTY = '\u001B]0;title\u0007\u009B31m\u202E';

function withoutColour(text: string): string {
  return text.replace(new RegExp(ESCAPE, 'g'), '');
}

suite('cli/terminal', (test) => {
  type Case = readonly [wanted: boolean, args: readonly string[], isTerminal: boolean, env: Readonly<Record<string, string>>];
  const coloured: Readonly<Record<string, Case>> = {
    'a pipe': [false, [], false, {}],
    'a terminal': [true, [], true, { TERM: 'xterm' }],
    'a terminal with NO_COLOR': [false, [], true, { NO_COLOR: '1' }],
    'a terminal with an empty NO_COLOR': [true, [], true, { NO_COLOR: '' }],
    'a dumb terminal': [false, [], true, { TERM: 'dumb' }],
    'a terminal with --no-color': [false, ['--no-color'], true, {}],
    'a pipe with --color': [true, ['--color'], false, {}],
    'a pipe with --color and NO_COLOR': [true, ['--color'], false, { NO_COLOR: '1' }],
  };
  for (const [name, [wanted, args, isTerminal, env]] of Object.entries(coloured)) {
    test(`${wanted ? 'colour' : 'no colour'}: ${name}`, async () => {
      const folder = folderWith({ 'pod.yaml': pod() });
      const outcome = await kharden([...ONLY, ...args, 'pod.yaml', 'missing'], { cwd: folder, env, isTerminal });
      assert.is(ESCAPE.test(outcome.stdout), wanted);
      assert.is(ESCAPE.test(outcome.stderr), wanted);
      const plain = { ...outcome, stdout: withoutColour(outcome.stdout), stderr: withoutColour(outcome.stderr) };
      const problem = 'missing: unusable-path no such file or folder: check the path\n';
      assertOutcome(plain, 2, podDiff('pod.yaml'), summary(1, 1, 'would change', 1) + problem);
    });
  }

  test('a diff is coloured as git does it, also where lines look like its header', async () => {
    const folder = folderWith({ 'pod.yaml': `${pod()}-- x: a\n++ y: b\n` });
    const { stdout } = await kharden([...ONLY, '--quiet', '--color', 'pod.yaml'], { cwd: folder });
    const styles = stdout.split('\n').map((line) => /^\u001B\[(\d+)m/.exec(line)?.[1]);
    assert.equal(styles.slice(0, 3), ['1', '1', '36']);
    assert.equal(
      styles.slice(3).filter((style) => style !== undefined),
      ['32', '32'],
    );
  });

  test('a stream keeps its bytes, whatever the colours', async () => {
    const comment = '# \u202E\u200F \uFEFF\n';
    const outcome = await kharden([...ONLY, '--quiet', '--color'], { input: comment + pod() });
    assertOutcome(outcome, 0, comment + hardPod(), '');
  });

  test('names of files never reach a terminal raw', async () => {
    const folder = folderWith({ [`${NASTY}\n.yaml`]: pod(), [`bad${NASTY}.yaml`]: 'kind: Pod\nspec: }\n' });
    for (const isTerminal of [false, true]) {
      const args = [...ONLY, '--color', '.', `missing${NASTY}`, `*${NASTY}`];
      const { stdout, stderr } = await kharden(args, { cwd: folder, isTerminal });
      for (const text of [stdout, stderr]) assert.is(RAW.exec(withoutColour(text))?.[0], undefined);
    }
  });

  test('strings of manifests never reach a terminal raw', async () => {
    const nasty = pod().replace('generateName: web\nspec', `name: "\\e[31m\\x9b"\n  labels: {a: "${NASTY}"} # ${NASTY}\nspec`);
    const image = 'image: "busybox\\e[0m\\r\\n"\n      securityContext: {allowPrivilegeEscalation: true}';
    const explicit = nasty.replace('image: busybox:1.36', image);
    const folder = folderWith({ 'a.yaml': nasty, 'b.yaml': explicit, 'c.yaml': `kind: Pod\nmetadata: ${NASTY} *${NASTY}\n` });
    const { stdout, stderr } = await kharden([...ONLY, '--verbose', '.'], { cwd: folder, isTerminal: true });
    for (const text of [stdout, stderr]) assert.is(RAW.exec(withoutColour(text))?.[0], undefined);
    const stream = await kharden(['--quiet'], { input: nasty, isTerminal: true });
    assert.is(RAW.exec(stream.stdout)?.[0], undefined);
    const piped = await kharden([...ONLY, '--verbose', '.'], { cwd: folder });
    assert.is(RAW.exec(piped.stderr)?.[0], undefined);
  });

  test('line ends of Windows and tabs are shown as they are', async () => {
    const folder = folderWith({
      'pod.yaml': pod().replace('image: busybox:1.36', 'image: busybox:1.36\t# x').replaceAll('\n', '\r\n'),
    });
    const piped = await kharden([...ONLY, '--quiet', '.'], { cwd: folder });
    const shown = await kharden([...ONLY, '--quiet', '.'], { cwd: folder, isTerminal: true });
    assert.is(withoutColour(shown.stdout), piped.stdout);
  });

  test('no stack trace is shown for an error of the program itself', () => {
    const before = 'String.prototype.matchAll = () => { throw new Error("boom\\u001B[31m"); };';
    const outcome = startKharden(ONLY, before, { input: pod() });
    assertOutcome(outcome, 2, '', 'kharden: internal error: boom\\x1b[31m: please report this\n');
  });
});
