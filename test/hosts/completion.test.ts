/** Shell completions and the man page. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { generatedFiles } from '../../scripts/generate-completions.ts';
import { assert, suite } from '../harness.ts';

const project = new URL('../../', import.meta.url);
const files = generatedFiles();

/** What bash would offer for the last word. */
function offered(...words: readonly string[]): string[] {
  const call = `COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _kharden; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const script = `${files['completions/kharden.bash']}\n${call}`;
  const { stdout } = spawnSync('bash', ['-c', script, 'bash', 'kharden', ...words], { encoding: 'utf8', cwd: project });
  return stdout.split('\n').filter((line) => line !== '');
}

suite('completion', (test) => {
  for (const [path, text] of Object.entries(files)) {
    test(`${path} is up to date`, () => {
      const there = new URL(path, project);
      assert.sameText(existsSync(there) ? readFileSync(there, 'utf8') : '', text, `${path} (npm run completions)`);
    });
  }

  test('bash offers options, words, ids behind a comma, files and commands', () => {
    assert.equal(offered('--pl'), ['--platform']);
    assert.equal(offered('--platform', 'op'), ['openshift']);
    assert.equal(offered('--skip', 'resources,run'), ['resources,run-as-non-root']);
    assert.equal(offered('READ'), ['README.md']);
    assert.equal(offered('ini'), ['init']);
    assert.equal(offered('completion', 'f'), ['fish']);
    assert.equal(offered('--kube-version', ''), []);
  });

  test('each option is in each file', () => {
    const options = [...(files['completions/kharden.bash'] ?? '').matchAll(/(?<=[ '])--([a-z-]+)(?=[ '])/g)].map(
      ([, name]) => name ?? '',
    );
    assert.ok(options.length > 10);
    for (const name of options) {
      assert.ok(files['completions/_kharden']?.includes(`--${name}`), name);
      assert.ok(files['completions/kharden.fish']?.includes(`-l ${name} `), name);
      assert.ok(files['man/kharden.1']?.replaceAll('\\-', '-').includes(`--${name}`), name);
    }
  });
});
