/**
 * `kharden learn` against the real registry of the distribution project, with images of real programs: what is learned beside what
 * the knowledge says, logins, TLS, platforms, damage; and a manifest before and after.
 */
import { readFileSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ImageEntry } from '../../src/images/index.ts';
import { createImageLookup } from '../../src/images/index.ts';
import { readLearned } from '../../src/config/index.ts';
import { assert, suite } from '../harness.ts';
import { image, index, type BuiltImage } from '../learn/images.ts';
import { buildSample, downloadPackages } from './learn-build.ts';
import { LOGIN, startRealRegistry, type RealRegistry } from './learn-registry.ts';
import { SAMPLES } from './learn-samples.ts';
import { kharden, PROJECT, temporaryFolder, type Outcome } from './world.ts';

const lookup = createImageLookup([]);
const [BEGIN, END] = ['<!-- measured: learned -->', '<!-- end -->'];

/** Runs `kharden learn` in a folder, with no login but the one that is given. */
function learn(args: readonly string[], folder: string, env: NodeJS.ProcessEnv = {}): Outcome {
  const home = { HOME: folder, DOCKER_CONFIG: folder, XDG_RUNTIME_DIR: '', XDG_CONFIG_HOME: folder, REGISTRY_AUTH_FILE: '' };
  return kharden(['learn', ...args], { cwd: folder, env: { ...home, ...env } });
}

function entriesIn(folder: string): readonly ImageEntry[] {
  const read = readLearned(readFileSync(join(folder, 'kharden.images.yaml'), 'utf8'), 'kharden.images.yaml');
  if ('errors' in read) throw new Error(JSON.stringify(read.errors));
  return read.images;
}

/** What an entry says, as the cells of the table. */
function cellsOf({
  user = {},
  nonRoot,
  privilegedPorts = [],
  readOnlyRootFilesystem,
  writable = [],
}: Omit<ImageEntry, 'match'>): string[] {
  const paths = writable
    .filter(({ path, prepopulated, optional }) => !prepopulated && !optional && path !== '/tmp')
    .map(({ path }) => path);
  return [
    user.uid === undefined ? '' : `${user.uid}:${user.gid}`,
    nonRoot ?? '',
    privilegedPorts.join(' '),
    readOnlyRootFilesystem ?? '',
    paths.join(' '),
  ];
}

function rowFor(name: string, learned: ImageEntry): string {
  const { known, config } = SAMPLES[name] ?? { config: {} };
  const entry = known && lookup({ registry: 'docker.io', digest: undefined, ...known });
  const theirs = entry ? cellsOf(entry) : undefined;
  const cells = cellsOf(learned).map((cell, at) =>
    theirs === undefined || theirs[at] === cell ? cell : `${cell || '–'} (${theirs[at] || '–'})`,
  );
  return `| ${[entry ? `\`${name}\`` : `${name}, USER ${String(config['User'])}`, ...cells].join(' | ')} |`;
}

/** Runs with a registry that is gone afterwards. */
async function withRegistry(
  options: Parameters<typeof startRealRegistry>[0],
  run: (registry: RealRegistry) => Promise<void>,
): Promise<void> {
  const registry = await startRealRegistry(options);
  try {
    await run(registry);
  } finally {
    await registry.stop();
  }
}

const SMALL = image([{ 'app/run': { mode: 0o755 } }], { config: { User: '1234', Cmd: ['/app/run'] } });

suite('learn: real images in a real registry', (test) => {
  test('what is learned, beside what the knowledge says', () =>
    withRegistry({}, async (registry) => {
      const downloads = downloadPackages(Object.values(SAMPLES));
      const folder = temporaryFolder();
      for (const [name, sample] of Object.entries(SAMPLES))
        await registry.push(`real/${name}`, '1', buildSample(sample, downloads));
      const names = Object.keys(SAMPLES).map((name) => `${registry.host}/real/${name}:1`);
      const { status, stderr } = learn(names, folder);
      assert.is(status, 0, stderr);
      const rows = Object.keys(SAMPLES).map((name) => {
        const found = entriesIn(folder).find(({ match: [one = ''] }) => one.endsWith(`/real/${name}`));
        return found ? rowFor(name, found) : `${name} is missing`;
      });
      const page = readFileSync(join(PROJECT, 'docs/learn.md'), 'utf8');
      const table = page
        .slice(page.indexOf(BEGIN) + BEGIN.length, page.indexOf(END))
        .trim()
        .split('\n')
        .slice(2);
      assert.sameText(rows.join('\n'), table.join('\n'), 'the table of docs/learn.md');
    }));

  test('a manifest before and after: from a guess to what the image says', () =>
    withRegistry({}, async (registry) => {
      const app = image(
        [
          {
            'etc/passwd': { content: 'root:x:0:0::/:/x\napp:x:2000:2000::/home/app:/x\n' },
            'tmp/': { mode: 0o1777 },
            'srv/data/': { uid: 2000 },
            app: { mode: 0o755 },
          },
        ],
        { config: { User: 'app', Entrypoint: ['/app'] } },
      );
      await registry.push('shop/app', '1', app);
      const folder = temporaryFolder();
      const manifest = `apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n    - name: a\n      image: ${registry.host}/shop/app:1\n`;
      writeFileSync(join(folder, 'pod.yaml'), manifest);
      const harden = (): string => kharden(['--safe-only', 'pod.yaml'], { cwd: folder }).stdout;
      assert.not.match(harden(), /runAsUser|readOnlyRootFilesystem/);
      assert.is(learn(['pod.yaml'], folder).status, 0);
      for (const line of ['runAsUser: 2000', 'runAsGroup: 2000', 'readOnlyRootFilesystem: true', 'mountPath: /srv/data'])
        assert.ok(harden().includes(line), line);
    }));
});

suite('learn: a real registry', (test) => {
  test('a login of docker, and none', () =>
    withRegistry({ wantsLogin: true }, async (registry) => {
      await registry.push('shop/cart', '1', SMALL);
      const folder = temporaryFolder();
      const name = `${registry.host}/shop/cart:1`;
      assert.match(learn([name], folder).stderr, /wants a login for shop\/cart, and there is none/);
      const write = (password: string): void => {
        const auth = Buffer.from(`${LOGIN.user}:${password}`).toString('base64');
        writeFileSync(join(folder, 'config.json'), JSON.stringify({ auths: { [registry.host]: { auth } } }));
      };
      write('wrong');
      const refused = learn([name], folder);
      assert.match(refused.stderr, /refuses the login for shop\/cart/);
      assert.not.match(refused.stderr, /wrong/);
      write(LOGIN.password);
      assert.is(learn([name], folder).status, 0);
      assert.not.match(readFileSync(join(folder, 'kharden.images.yaml'), 'utf8'), new RegExp(LOGIN.password));
    }));

  test('TLS with an authority of our own', () =>
    withRegistry({ hasTls: true }, async (registry) => {
      await registry.push('shop/cart', '1', SMALL);
      const folder = temporaryFolder();
      const name = `${registry.host}/shop/cart:1`;
      assert.is(learn([name], folder, { NODE_EXTRA_CA_CERTS: registry.authority }).status, 0);
      const { status, stderr } = learn([name, '--output', '-'], folder);
      assert.is(status, 2);
      assert.match(stderr, /certificate|does not give/);
    }));

  test('platforms of an index, tags, digests, and what is stale', () =>
    withRegistry({}, async (registry) => {
      const arm = image([{ run: { mode: 0o755 } }], { config: { User: '7', Cmd: ['/run'] }, architecture: 'arm64' });
      const both: BuiltImage = index({ 'linux/amd64': SMALL, 'linux/arm64': arm });
      await registry.push('shop/both', '1', both);
      const name = `${registry.host}/shop/both`;
      const uids = [[`${name}:1`], [`${name}:1`, '--image-platform', 'linux/arm64'], [`${name}@${both.manifest}`]].map((args) => {
        const folder = temporaryFolder();
        assert.is(learn(args, folder).status, 0);
        return entriesIn(folder)[0]?.user?.uid;
      });
      assert.equal(uids, [1234, 7, 1234]);
      const folder = temporaryFolder();
      learn([`${name}:1`], folder);
      assert.is(learn(['--check'], folder).status, 0);
      await registry.push('shop/both', '1', arm);
      const { status, stderr } = learn(['--check', '--image-platform', 'linux/arm64'], folder);
      assert.is(status, 1);
      assert.match(stderr, /changed since/);
      assert.match(learn([`${name}:2`], folder).stderr, /there is no image .*:2: check its name/);
      assert.match(learn([`${registry.host}/shop/none:1`], folder).stderr, /there is no image/);
    }));

  test('a blob that is damaged, cut off or gone', () =>
    withRegistry({}, async (registry) => {
      const plain = image([{ 'app/run': { mode: 0o755, content: 'x'.repeat(5000) } }], { pack: (bytes) => bytes });
      await registry.push('shop/cart', '1', plain);
      const blobs = join(registry.storage, 'docker/registry/v2/blobs/sha256');
      const files = readdirSync(blobs, { recursive: true }).map((path) => join(blobs, String(path)));
      const layer = files.find((path) => path.endsWith('/data') && statSync(path).size > 5000) ?? '';
      const bytes = readFileSync(layer);
      const said = (): string => {
        const { status, stderr } = learn([`${registry.host}/shop/cart:1`, '--output', '-'], temporaryFolder());
        assert.is(status, 2);
        assert.is(stderr.trimEnd().split('\n').length, 1);
        return stderr;
      };
      writeFileSync(layer, Buffer.from(bytes).fill(65, 1600, 1700));
      assert.match(said(), /is not what its digest/);
      truncateSync(layer, 1000);
      assert.match(said(), /cut off/);
      rmSync(layer);
      assert.match(said(), /lacks|does not give/);
    }));
});
