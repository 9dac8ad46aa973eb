/** The figures of docs/comparison.md: what kube-score and checkov find in the shop before and after hardening. */
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { assert, suite } from '../harness.ts';
import { execute, kharden, PROJECT, temporaryFolder } from './world.ts';

const FILES = ['web.yaml', 'cart.yaml', 'data.yaml'];
const CHECKOV = ['--framework', 'kubernetes', '--skip-download', '--compact', '--quiet', '--file'];

/** The manifests of the shop in a new folder, hardened with these options; as they are without any. */
function shop(...options: readonly string[]): string {
  const folder = temporaryFolder();
  cpSync(join(PROJECT, 'examples/shop'), folder, { recursive: true });
  if (options.length > 0) assert.is(kharden([...options, folder]).status, 0);
  return folder;
}

const FAILED: Readonly<Record<string, (cwd: string) => number>> = {
  'kube-score': (cwd) => {
    const { stdout } = execute('kube-score', ['score', '--output-format', 'ci', ...FILES], { cwd });
    return stdout.match(/^\[(?:CRITICAL|WARNING)\]/gm)?.length ?? 0;
  },
  checkov: (cwd) => {
    const { stdout } = execute('checkov', [...CHECKOV, ...FILES], { cwd });
    return Number(/Failed checks: (\d+)/.exec(stdout)?.[1]);
  },
};

suite('comparison', (test) => {
  const page = readFileSync(join(PROJECT, 'docs/comparison.md'), 'utf8');
  const folders = [shop(), shop('--write', '--quiet'), shop('--write', '--quiet', '--profile', 'strict')];
  const textOf = (folder: string): string => FILES.map((file) => readFileSync(join(folder, file), 'utf8')).join('');

  for (const [tool, failed] of Object.entries(FAILED)) {
    test(`${tool}: the version and the figures are those of the page, and no file is changed`, () => {
      const before = folders.map(textOf);
      const row = new RegExp(`^\\| ${tool}, failed checks \\| (\\S+) \\| (\\d+) \\| (\\d+) \\| (\\d+) \\| no \\|$`, 'm').exec(
        page,
      );
      const [version = '', ...figures] = row?.slice(1) ?? [];
      const shown = execute(tool, tool === 'checkov' ? ['--version'] : ['version']).stdout;
      assert.ok(shown.includes(version) && version !== '', `${shown} on the page: ${version}`);
      assert.equal(figures.map(Number), folders.map(failed));
      assert.equal(folders.map(textOf), before);
    });
  }
});
