/** `--format`: each format of the registry can be chosen, and one declaration is all that a new one needs. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { completionFor } from '../../src/cli/completion/index.ts';
import { SHELLS } from '../../src/cli/completion/shells.ts';
import { createProgram } from '../../src/cli/arguments/program.ts';
import { FORMATS } from '../../src/report/formats.ts';
import { manPage } from '../../scripts/man-page.ts';
import { assert, suite } from '../harness.ts';
import { assertOutcome, folderWith, kharden, ONLY, pod, podDiff, summary, type Outcome } from './program.ts';

/** The declaration of a toy format, as source, because it is also run in a process of its own. */
const TOY = `{
  id: 'count',
  description: 'how many files would change',
  print: ({ files }) => [files.filter(({ edits }) => edits.length > 0).length + '\\n'],
}`;

/** The program with the toy format as one more format, built when it is first run. */
let programWithToy: string | undefined;

function built(): string {
  const outfile = join(folderWith({}), 'with-toy.mjs');
  const contents = `
    import { run } from './src/cli/run.ts';
    import { FORMATS } from './src/report/formats.ts';
    process.exitCode = await run(process.argv.slice(2), [...FORMATS, ${TOY}]);`;
  const banner = { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" };
  const stdin = { contents, resolveDir: fileURLToPath(new URL('../../', import.meta.url)), loader: 'ts' } as const;
  buildSync({ stdin, outfile, banner, bundle: true, platform: 'node', format: 'esm', target: 'node20' });
  return outfile;
}

function withToy(args: readonly string[], cwd: string): Outcome {
  programWithToy ??= built();
  const { status, stdout, stderr } = spawnSync(process.execPath, [programWithToy, ...args], {
    cwd,
    encoding: 'utf8',
    input: pod(),
  });
  return { status, stdout, stderr };
}

suite('cli/format', (test) => {
  const folder = folderWith({ 'a.yaml': pod(), 'b.yaml': pod() });
  const diff = podDiff('a.yaml') + podDiff('b.yaml');
  const annotation = (file: string): string => {
    const message = 'hardening would add or change 2 lines (no-privilege-escalation): run kharden --write';
    return `::error file=${file},line=8,title=kharden::${message} ${file}\n`;
  };

  test('diff is the default', () => {
    for (const args of [[], ['--format', 'diff']]) {
      assertOutcome(kharden([...ONLY, '--check', ...args, '.'], { cwd: folder }), 1, diff, summary(2, 2, 'would change', 2));
    }
  });

  test('another format replaces the diff, and nothing else', () => {
    const stdout = annotation('a.yaml') + annotation('b.yaml');
    const run = (...args: string[]): Outcome => kharden([...ONLY, '--format', 'github', ...args], { cwd: folder, input: pod() });
    assertOutcome(run('--check', '.'), 1, stdout, summary(2, 2, 'would change', 2));
    assertOutcome(run('.'), 0, stdout, summary(2, 2, 'would change', 2));
    assertOutcome(run('--check', '--quiet', 'a.yaml'), 1, annotation('a.yaml'), '');
    assertOutcome(run('--check', '--quiet', '-'), 1, annotation('stdin'), '');
  });

  test('a format gets the errors of paths and configurations too', () => {
    const broken = folderWith({ '.kharden.yaml': 'nothing: 1\n', 'a.yaml': pod() });
    const { status, stdout } = kharden([...ONLY, '--check', '--quiet', '--format', 'github', 'a.yaml', 'missing'], {
      cwd: broken,
    });
    assert.is(status, 2);
    assert.match(stdout, /^::error file=missing,title=unusable-path::no such file or folder: check the path$/m);
    assert.match(stdout, /^::error file=\.kharden\.yaml,line=1,col=1,title=invalid-config::/m);
  });

  test('a format that is declared can be used', () => {
    assertOutcome(withToy(['--check', '--quiet', '--format', 'count', ...ONLY, '.'], folder), 1, '2\n', '');
    assertOutcome(withToy(['--check', '--quiet', '--format', 'count', ...ONLY], folder), 1, '1\n', '');
    assertOutcome(withToy(['--check', '--quiet', ...ONLY, '.'], folder), 1, diff, '');
    const { stderr } = withToy(['--check', '--format', 'x', '.'], folder);
    assert.match(stderr, /Allowed choices are diff, .*, count\.$/m);
  });

  test('help, completions and the man page know a format that is declared', () => {
    const toy = { id: 'count', description: 'how many files would change', print: () => [] };
    const program = createProgram([...FORMATS, toy], () => {});
    const { stdout } = withToy(['--help'], folder);
    assert.match(stdout, /^ {2}count +how many files would change$/m);
    for (const shell of SHELLS) assert.match(completionFor(shell, program), /\bdiff [a-z ]*count\b/);
    assert.match(manPage(program, [...FORMATS, toy], '1'), /count.*\nHow many files would change\.$/m);
  });
});
