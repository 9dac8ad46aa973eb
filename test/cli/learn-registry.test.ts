/** `kharden learn` against a registry: logins in files and of helpers, mirrors, and no secret in any output. */
import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { assert, suite } from '../harness.ts';
import { image } from '../learn/images.ts';
import { startRegistry, wants, type Hook, type TestRegistry } from '../learn/registry/server.ts';
import { kharden } from './in-process.ts';
import { folderWith, type Outcome } from './program.ts';

const SECRET = 'hunter2-secret';
const BASIC = `Basic ${Buffer.from(`ann:${SECRET}`).toString('base64')}`;
const AUTH = Buffer.from(`ann:${SECRET}`).toString('base64');
const NODE = image([{ 'app/run': { mode: 0o755 } }], { config: { User: '1234', Cmd: ['/app/run'] } });
const IMAGES = { 'shop/cart:1': NODE, 'hub/library/nginx:1': NODE };
const HELPER = `#!/bin/sh
read -r server
[ "$1 $server" = "get $ALLOWED" ] || exit 1
echo '{"ServerURL":"x","Username":"ann","Secret":"${SECRET}"}'
`;

interface Files {
  readonly [name: string]: string;
}

/** Runs in a folder that is the home of the user, too; `HOST` in files and arguments is the registry. */
async function run(
  args: readonly string[],
  files: Files,
  hook: Hook | undefined,
  env: Files = {},
): Promise<Outcome & { folder: string; registry: TestRegistry }> {
  const registry = await startRegistry(IMAGES, hook);
  try {
    const named = (text: string): string => text.replaceAll('HOST', registry.host);
    const folder = folderWith(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, named(text)])));
    if (files['bin/docker-credential-test']) chmodSync(join(folder, 'bin/docker-credential-test'), 0o755);
    const home = {
      HOME: folder,
      XDG_RUNTIME_DIR: join(folder, 'run'),
      XDG_CONFIG_HOME: '',
      DOCKER_CONFIG: '',
      REGISTRY_AUTH_FILE: '',
    };
    const outcome = await kharden(['learn', ...args.map(named)], {
      cwd: folder,
      env: { ...home, ...env, ALLOWED: registry.host, PATH: `${folder}/bin:${process.env['PATH']}` },
    });
    const text =
      outcome.stdout +
      outcome.stderr +
      (existsSync(join(folder, 'kharden.images.yaml')) ? readFileSync(join(folder, 'kharden.images.yaml'), 'utf8') : '');
    for (const secret of [SECRET, AUTH]) assert.not.ok(text.includes(secret), 'a secret in the output');
    return { ...outcome, stderr: outcome.stderr.replaceAll(registry.host, 'HOST'), folder, registry };
  } finally {
    await registry.close();
  }
}

const LOGIN = JSON.stringify({ auths: { HOST: { auth: AUTH } } });

suite('cli/learn: registries', (test) => {
  test('a registry on this machine that speaks http alone', async () => {
    const { status, stderr, folder, registry } = await run(['HOST/shop/cart:1'], {}, undefined);
    assert.is(status, 0);
    assert.match(
      stderr,
      /^kharden: HOST\/shop\/cart:1: learned \(linux\/amd64\): user 1234:0; without root: works; read-only root file system: works\n/,
    );
    assert.match(
      readFileSync(join(folder, 'kharden.images.yaml'), 'utf8'),
      new RegExp(`match: \\["?${registry.host}/shop/cart"?\\]`),
    );
  });

  const WHERE: readonly (readonly [name: string, files: Files, env?: Files])[] = [
    ['.docker/config.json', { '.docker/config.json': LOGIN }],
    ['.config/containers/auth.json', { '.config/containers/auth.json': LOGIN }],
    ['$XDG_RUNTIME_DIR/containers/auth.json', { 'run/containers/auth.json': LOGIN }],
    ['$REGISTRY_AUTH_FILE', { 'auth.json': LOGIN }, { REGISTRY_AUTH_FILE: 'auth.json' }],
    ['$DOCKER_CONFIG', { 'docker/config.json': LOGIN }, { DOCKER_CONFIG: 'docker' }],
    [
      'a helper',
      { '.docker/config.json': JSON.stringify({ credHelpers: { HOST: 'test' } }), 'bin/docker-credential-test': HELPER },
    ],
    ['a store', { '.docker/config.json': JSON.stringify({ credsStore: 'test' }), 'bin/docker-credential-test': HELPER }],
  ];
  for (const [name, files, env] of WHERE)
    test(`a login: ${name}`, async () =>
      assert.is((await run(['HOST/shop/cart:1'], files, wants(BASIC, 'Basic'), env)).status, 0));

  const FAILURES: readonly (readonly [name: string, args: readonly string[], files: Files, line: RegExp])[] = [
    ['no login', ['HOST/shop/cart:1'], {}, /HOST wants a login for shop\/cart, and there is none/],
    [
      'a wrong login',
      ['HOST/shop/cart:1'],
      { '.docker/config.json': LOGIN.replace(AUTH, Buffer.from(`bob:${SECRET}`).toString('base64')) },
      /HOST refuses the login for shop\/cart/,
    ],
    [
      'a helper that is not there',
      ['HOST/shop/cart:1'],
      { '.docker/config.json': '{"credsStore":"gone"}' },
      /docker-credential-gone: not found: install it, or log in again/,
    ],
    [
      'a helper that has no login',
      ['HOST/shop/cart:1'],
      { '.docker/config.json': '{"credsStore":"test"}', 'bin/docker-credential-test': '#!/bin/sh\nexit 1\n' },
      /there is none/,
    ],
    [
      'a file that is no JSON',
      ['HOST/shop/cart:1'],
      { '.docker/config.json': SECRET },
      /config\.json: no JSON object: log in again/,
    ],
  ];
  for (const [name, args, files, line] of FAILURES) {
    test(`refused: ${name}`, async () => {
      const { status, stderr } = await run(args, files, wants(BASIC, 'Basic realm="x"'));
      assert.is(status, 2);
      assert.match(stderr, line);
      assert.is(stderr.trimEnd().split('\n').length, 1);
    });
  }

  test('Docker Hub through a mirror of the configuration', async () => {
    const { stdout, registry } = await run(['nginx:1', '--output', '-'], { '.kharden.yaml': 'mirrors: [HOST/hub]\n' }, undefined);
    assert.match(stdout, /match: \[docker\.io\/library\/nginx\]/);
    assert.ok(registry.requests.some(({ line }) => line === 'GET /v2/hub/library/nginx/manifests/1'));
  });

  test('the images of manifests, and what is stale', async () => {
    const manifest =
      'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers: [{name: a, image: HOST/shop/cart:1}]\n';
    const { status, stderr, folder } = await run(['a.yaml'], { 'a.yaml': manifest }, undefined);
    assert.is(status, 0);
    assert.match(stderr, /HOST\/shop\/cart:1: learned/);
    assert.ok(existsSync(join(folder, 'kharden.images.yaml')));
    const check = await run(['--check', 'a.yaml'], { 'a.yaml': manifest }, undefined);
    assert.equal([check.status, check.stderr], [1, 'kharden: HOST/shop/cart:1: not learned yet\n']);
  });

  test('what a cluster runs, by the digests that its nodes pulled', async () => {
    const container = (name: string, image: string) => ({ name, image });
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'a' },
      spec: {
        initContainers: [container('i', 'nginx')],
        containers: [container('a', 'HOST/shop/cart:moved'), container('b', 'HOST/shop/cart:1')],
      },
      status: {
        containerStatuses: [
          { name: 'a', imageID: `HOST/shop/cart@${NODE.manifest}` },
          { name: 'b', imageID: 'sha256:local' },
        ],
      },
    };
    const pods = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [pod] });
    const { status, stderr, registry } = await run(['--live', 'pods.json'], { 'pods.json': pods }, undefined);
    assert.is(status, 0);
    assert.match(
      stderr,
      /^kharden: 1 image is known already\nkharden: HOST\/shop\/cart:moved: learned .*\nkharden: HOST\/shop\/cart:1: learned/,
    );
    const manifests = registry.requests.map(({ line }) => line).filter((line) => line.includes('manifests'));
    assert.equal(manifests, [`GET /v2/shop/cart/manifests/${NODE.manifest}`, 'GET /v2/shop/cart/manifests/1']);
  });
});
