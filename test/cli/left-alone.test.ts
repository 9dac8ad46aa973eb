/** Templates of charts and patches of kustomizations are left alone, whether a file is named or a folder that holds it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { assert, suite } from '../harness.ts';
import { kharden } from './in-process.ts';
import { folderWith, ONLY, pod } from './program.ts';

const PATCHED = { 'base/pod.yaml': pod(), 'base/kustomization.yaml': 'resources: [pod.yaml]\n' };

interface Case {
  readonly files: Readonly<Record<string, string>>;
  /** The file to leave alone. */
  readonly file: string;
  /** The id of the finding. */
  readonly id: string;
  /** Arguments that name the file or a folder that holds it, with the folder to run in. */
  readonly named: readonly (readonly [folder: string, path: string])[];
}

const cases: Readonly<Record<string, Case>> = {
  'a template of a chart': {
    files: { 'chart/Chart.yaml': 'name: web\n', 'chart/templates/a.yaml': pod() },
    file: 'chart/templates/a.yaml',
    id: 'skipped-chart',
    named: [
      ['.', '.'],
      ['.', 'chart'],
      ['.', 'chart/templates'],
      ['.', 'chart/templates/a.yaml'],
      ['chart/templates', 'a.yaml'],
      ['chart', 'templates/*.yaml'],
    ],
  },
  'a template in a folder of its own': {
    files: { 'chart/Chart.yaml': 'name: web\n', 'chart/templates/tests/deep/a.yaml': pod() },
    file: 'chart/templates/tests/deep/a.yaml',
    id: 'skipped-chart',
    named: [
      ['.', '.'],
      ['chart/templates/tests/deep', 'a.yaml'],
    ],
  },
  'a template of a chart inside another': {
    files: { 'Chart.yaml': 'name: all\n', 'charts/web/Chart.yml': 'name: web\n', 'charts/web/templates/a.yaml': pod() },
    file: 'charts/web/templates/a.yaml',
    id: 'skipped-chart',
    named: [
      ['.', '.'],
      ['.', 'charts/web/templates/a.yaml'],
    ],
  },
  'a patch of a kustomization': {
    files: { ...PATCHED, 'prod/kustomization.yaml': 'resources: [../base]\npatches: [{path: p.yaml}]\n', 'prod/p.yaml': pod() },
    file: 'prod/p.yaml',
    id: 'skipped-patch',
    named: [
      ['.', '.'],
      ['.', 'prod/p.yaml'],
      ['prod', 'p.yaml'],
    ],
  },
  'a patch in a folder of its own': {
    files: {
      ...PATCHED,
      'prod/kustomization.yml': 'resources: [../base]\npatches: [{path: patches/web/p.yaml}]\n',
      'prod/patches/web/p.yaml': pod(),
    },
    file: 'prod/patches/web/p.yaml',
    id: 'skipped-patch',
    named: [
      ['.', '.'],
      ['.', 'prod/patches/web/p.yaml'],
      ['prod/patches/web', '.'],
    ],
  },
};

suite('cli/left-alone', (test) => {
  for (const [name, { files, file, id, named }] of Object.entries(cases)) {
    for (const [cwd, path] of named) {
      test(`${name}: kharden ${path} in ${cwd}`, async () => {
        const folder = folderWith(files);
        const { status, stderr } = await kharden([...ONLY, '--write', path], { cwd: join(folder, cwd) });
        assert.is(status, 0);
        assert.match(stderr, new RegExp(`  ${id}$`, 'm'));
        assert.is(readFileSync(join(folder, file), 'utf8'), pod());
      });
    }
  }

  test('a file beside a chart or a kustomization is hardened', async () => {
    const folder = folderWith({
      'Chart.yaml': 'name: web\n',
      'kustomization.yaml': 'resources: []\n',
      'templates.yaml': pod(),
      'sub/a.yaml': pod(),
    });
    for (const path of ['templates.yaml', 'sub/a.yaml']) {
      assert.is((await kharden([...ONLY, '--check', path], { cwd: folder })).status, 1, path);
    }
  });
});
