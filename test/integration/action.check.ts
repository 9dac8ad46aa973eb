/** The steps of the GitHub action as a runner would start them, and the files of the container image by themselves. */
import { chmodSync, cpSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { itemsAt, member, path, stringAt, type Json } from '../../src/util/json.ts';
import { isParsed, parseYaml } from '../../src/yaml/index.ts';
import { assert, suite } from '../harness.ts';
import { copyOf, execute, kharden, PROJECT, temporaryFolder, type Outcome } from './world.ts';

function yaml(name: string): Json {
  const parsed = parseYaml(readFileSync(join(PROJECT, name), 'utf8'));
  if (!isParsed(parsed)) throw new Error(parsed.message);
  return parsed.value;
}

const SUMMARY = join(temporaryFolder(), 'summary.md');

/** Runs the last step of the action with its inputs. */
function check(folder: string, inputs: Readonly<Record<string, string>>): Outcome {
  const action = yaml('action.yml');
  const step = itemsAt(action, 'runs', 'steps').at(-1);
  const value = (text: string): string =>
    text.replace(/\$\{\{ (?:inputs\.([\w-]+)|github\.action_path) \}\}/g, (_, input?: string) =>
      input === undefined ? PROJECT : (inputs[input] ?? stringAt(action, 'inputs', input, 'default') ?? ''),
    );
  const env = Object.fromEntries([
    ...Object.entries(member(step, 'env') as Record<string, string>).map(([name, text]) => [name, value(text)]),
    ['GITHUB_WORKSPACE', folder],
    ['GITHUB_STEP_SUMMARY', SUMMARY],
  ]);
  const cwd = join(folder, value(stringAt(step, 'working-directory') ?? ''));
  return execute('/bin/bash', ['-e', '-o', 'pipefail', '-c', stringAt(step, 'run') ?? ''], { cwd, env });
}

function pod(name: string, image: string): string {
  return `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}}\nspec: {containers: [{name: a, image: "${image}"}]}\n`;
}

const annotations = (stdout: string): string[] => stdout.split('\n').filter((line) => line.startsWith('::'));

suite('the GitHub action', (test) => {
  const folder = copyOf(join(PROJECT, 'examples/shop'));

  test('annotates each file that would change, and fails', () => {
    const { status, stdout } = check(folder, {});
    assert.is(status, 1);
    assert.match(
      annotations(stdout).join('\n'),
      /^::error file=web\.yaml,line=1,title=kharden::hardening would add or change \d+ lines .*: run kharden --write web\.yaml$/m,
    );
    assert.match(readFileSync(SUMMARY, 'utf8'), /^## kharden: \d+ changes in 4 of 6 files\n/);
  });

  test('takes paths, globs, arguments and a folder, and names files from the workspace', () => {
    const { status, stdout } = check(dirname(folder), {
      'working-directory': 'copy',
      paths: 'web.yaml c*.yaml',
      args: '--only resources',
    });
    assert.is(status, 1);
    assert.equal(
      annotations(stdout)
        .filter((line) => line.startsWith('::error'))
        .map((line) => /file=([^,]+)/.exec(line)?.[1]),
      ['copy/web.yaml', 'copy/cart.yaml'],
    );
  });

  test('passes when nothing would change, and warns of what is left', () => {
    kharden(['--write', '.'], { cwd: folder });
    writeFileSync(
      join(folder, 'logs.yaml'),
      `${pod('logs', 'busybox').trimEnd().slice(0, -1)}, volumes: [{name: a, hostPath: {path: /a}}]}\n`,
    );
    kharden(['--write', '.'], { cwd: folder });
    const { status, stdout } = check(folder, {});
    assert.is(status, 0);
    assert.match(annotations(stdout).join('\n'), /^::warning file=logs\.yaml,line=\d+,col=\d+,title=host-path::Pod logs/m);
  });

  test('says where a file cannot be read', () => {
    writeFileSync(join(folder, 'broken.yaml'), 'kind: Pod\nspec: [\n');
    const { status, stdout } = check(folder, {});
    assert.is(status, 2);
    assert.match(annotations(stdout).join('\n'), /^::error file=broken\.yaml,line=\d+,col=\d+,title=invalid-yaml::/m);
  });
});

suite('the container image', (test) => {
  const recipe = readFileSync(join(PROJECT, 'Dockerfile'), 'utf8');

  test('runs as a user with a number', () => {
    assert.match(recipe, /^USER [1-9]\d*:[1-9]\d*$/m);
  });

  test('holds all that the program needs, and it writes nothing', () => {
    const image = temporaryFolder();
    chmodSync(image, 0o755);
    for (const [, sources = '', target = ''] of recipe.matchAll(/^COPY --from=build (\S.*) (\S+)$/gm)) {
      for (const source of sources.split(' ')) {
        const to = join(image, target, target.endsWith('/') ? basename(source) : '');
        cpSync(join(PROJECT, source.replace(/^\/src\//, '')), to, { recursive: true });
      }
    }
    const args = ['--reuid=65532', '--regid=65532', '--clear-groups', process.execPath, join(image, 'app/bin/kharden.js'), '-'];
    const { status, stdout, stderr } = execute('/usr/bin/setpriv', args, {
      cwd: '/',
      input: pod('queue', 'nats:2'),
      env: { TMPDIR: '/proc', HOME: '/proc' },
    });
    assert.is(status, 0, stderr);
    const { stdout: verdict } = execute('judge', ['psa', '-'], { input: stdout });
    assert.equal(path(JSON.parse(verdict.split('\n')[0] ?? '') as Json, 'level'), 'restricted');
  });
});
