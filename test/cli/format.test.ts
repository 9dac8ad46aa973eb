/** `--format`: each format of the registry can be chosen, and one declaration is all that a new one needs. */
import { completionFor } from '../../src/cli/completion/index.ts';
import { SHELLS } from '../../src/cli/completion/shells.ts';
import { createProgram } from '../../src/cli/arguments/program.ts';
import { FORMATS, type Formats } from '../../src/report/formats/index.ts';
import { manPage } from '../../scripts/man-page.ts';
import { assert, suite } from '../harness.ts';
import { kharden } from './in-process.ts';
import { assertOutcome, folderWith, ONLY, pod, podDiff, summary, type Outcome } from './program.ts';

/** The formats with a toy. */
const WITH_TOY: Formats = [
  ...FORMATS,
  {
    id: 'count',
    description: 'how many files would change',
    load:
      async () =>
      ({ files }) => [`${files.filter(({ edits }) => edits.length > 0).length}\n`],
  },
];

function withToy(args: readonly string[], cwd: string): Promise<Outcome> {
  return kharden(args, { cwd, input: pod(), formats: WITH_TOY });
}

suite('cli/format', (test) => {
  const folder = folderWith({ 'a.yaml': pod(), 'b.yaml': pod() });
  const diff = podDiff('a.yaml') + podDiff('b.yaml');
  const annotation = (file: string): string => {
    const message = 'hardening would add or change 2 lines (no-privilege-escalation): run kharden --write';
    return `::error file=${file},line=8,title=kharden::${message} ${file}\n`;
  };

  test('diff is the default', async () => {
    for (const args of [['--diff'], ['--format', 'diff']]) {
      assertOutcome(
        await kharden([...ONLY, '--check', ...args, '.'], { cwd: folder }),
        1,
        diff,
        summary(2, 2, 'would change', 2),
      );
    }
  });

  test('another format replaces the diff, and nothing else', async () => {
    const stdout = annotation('a.yaml') + annotation('b.yaml');
    const run = (...args: string[]): Promise<Outcome> =>
      kharden([...ONLY, '--format', 'github', ...args], { cwd: folder, input: pod() });
    assertOutcome(await run('--check', '.'), 1, stdout, summary(2, 2, 'would change', 2));
    assertOutcome(await run('.'), 0, stdout, summary(2, 2, 'would change', 2));
    assertOutcome(await run('--check', '--quiet', 'a.yaml'), 1, annotation('a.yaml'), '');
    assertOutcome(await run('--check', '--quiet', '-'), 1, annotation('stdin'), '');
  });

  test('a format gets the errors of paths and configurations too', async () => {
    const broken = folderWith({ '.kharden.yaml': 'nothing: 1\n', 'a.yaml': pod() });
    const { status, stdout } = await kharden([...ONLY, '--check', '--quiet', '--format', 'github', 'a.yaml', 'missing'], {
      cwd: broken,
    });
    assert.is(status, 2);
    assert.match(stdout, /^::error file=missing,title=unusable-path::no such file or folder: check the path$/m);
    assert.match(stdout, /^::error file=\.kharden\.yaml,line=1,col=1,title=invalid-config::/m);
  });

  test('a format that is declared can be used', async () => {
    assertOutcome(await withToy(['--check', '--quiet', '--format', 'count', ...ONLY, '.'], folder), 1, '2\n', '');
    assertOutcome(await withToy(['--check', '--quiet', '--format', 'count', ...ONLY], folder), 1, '1\n', '');
    assertOutcome(await withToy(['--quiet', ...ONLY, '.'], folder), 0, diff, '');
    const { stderr } = await withToy(['--check', '--format', 'x', '.'], folder);
    assert.match(stderr, /Allowed choices are diff, .*, count\.$/m);
  });

  test('help, completions and the man page know a format that is declared', async () => {
    const program = createProgram(WITH_TOY, () => {});
    const { stdout } = await withToy(['--help'], folder);
    assert.match(stdout, /^ {2}count +how many files would change$/m);
    for (const shell of SHELLS) assert.match(completionFor(shell, program), /\bdiff [a-z -]*count\b/);
    assert.match(manPage(program, WITH_TOY, '1'), /count.*\nHow many files would change\.$/m);
  });
});
