/** `kharden learn` with images in files, as a user runs it. */
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { readLearned } from '../../src/config/index.ts';
import { assert, suite } from '../harness.ts';
import { archive, dockerArchive, image, index, layoutFiles, type TestFile } from '../learn/images.ts';
import { kharden } from './in-process.ts';
import { assertOutcome, folderWith } from './program.ts';

const FILE = 'kharden.images.yaml';
const CART = 'registry.local/shop/cart';
const FILES: Readonly<Record<string, TestFile>> = {
  'bin/sh': { mode: 0o755 },
  'etc/passwd': { content: 'root:x:0:0::/root:/bin/sh\ncart:x:2000:2000::/home/cart:/bin/sh\n' },
  'tmp/': { mode: 0o1777 },
  'home/cart/': { uid: 2000 },
  'var/lib/cart/': { uid: 2000 },
  'app/cart': { mode: 0o755 },
};
const SETTINGS = { User: 'cart', Entrypoint: ['/app/cart'] };
const IMAGE = image([FILES], { config: SETTINGS });
const LAYOUT = Object.fromEntries(Object.entries(layoutFiles({ '1': IMAGE })).map(([path, bytes]) => [`build/${path}`, bytes]));
const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: cart
spec:
  selector: {matchLabels: {app: cart}}
  template:
    metadata: {labels: {app: cart}}
    spec:
      containers:
        - name: cart
          image: ${CART}:1
`;
const LEARNED = `oci:build: learned (linux/amd64): user 2000:2000; without root: works; read-only root file system: works; writes to /home/cart, /var/lib/cart`;

function today(): string {
  return new Date().toISOString().slice(0, 10);
}

function fileOf(folder: string): string {
  return readFileSync(join(folder, FILE), 'utf8');
}

suite('cli/learn', (test) => {
  test('an image in a layout, to a file with reasons', async () => {
    const folder = folderWith({ ...LAYOUT, '.kharden.yaml': '' });
    const args = ['learn', 'oci:build', '--as', `${CART}:1`];
    assertOutcome(await kharden(args, { cwd: folder }), 0, '', `kharden: ${LEARNED}\nkharden: wrote ${FILE}\n`);
    assert.sameText(
      fileOf(folder),
      `# What kharden learn read from images. Kharden reads this file beside its configuration; entries in .kharden.yaml count before
# these. An entry stays as it is, with what you change in it, until its image changes: then it is learned again.
images:
  - match: [${CART}]
    tags: ["1"]
    learned:
      image: oci:build
      digest: ${IMAGE.manifest}
      platform: linux/amd64
      date: "${today()}"
    # USER is cart: cart is 2000:2000 in /etc/passwd
    user:
      default: cart
      uid: 2000
      gid: 2000
    # it is not root in the image
    nonRoot: works
    # cart can write to nothing else in the image
    readOnlyRootFilesystem: works
    # where it writes, or is made to write
    writable:
      - path: /home/cart
        kind: cache
        why: "belongs to cart"
      - path: /var/lib/cart
        why: "belongs to cart"
    source: [oci:build@${IMAGE.manifest}]
    confidence: high
`,
    );
    assert.ok('images' in readLearned(fileOf(folder), FILE));
  });

  test('what was learned counts: the manifest gets the user and the volumes of the image', async () => {
    const folder = folderWith({ ...LAYOUT, 'cart.yaml': DEPLOYMENT, '.git/HEAD': '' });
    const before = await kharden(['--quiet', 'cart.yaml'], { cwd: folder });
    assert.match(before.stdout, /allowPrivilegeEscalation: false/);
    assert.not.match(before.stdout, /runAsUser/);
    await kharden(['learn', 'oci:build', '--as', `${CART}:1`], { cwd: folder });
    for (const paths of [['cart.yaml'], ['-']]) {
      const { stdout } = await kharden(['--quiet', ...paths], { cwd: folder, input: DEPLOYMENT });
      for (const line of ['runAsUser: 2000', 'runAsGroup: 2000', 'readOnlyRootFilesystem: true', 'mountPath: /var/lib/cart'])
        assert.ok(stdout.includes(line), line);
    }
  });

  test('an entry of the configuration counts before', async () => {
    const config = `images: [{match: [${CART}], user: {uid: 77, gid: 77}}]\n`;
    const folder = folderWith({ ...LAYOUT, 'cart.yaml': DEPLOYMENT, '.kharden.yaml': config });
    await kharden(['learn', 'oci:build', '--as', `${CART}:1`], { cwd: folder });
    assert.match((await kharden(['--quiet', 'cart.yaml'], { cwd: folder })).stdout, /runAsUser: 77/);
  });

  test('a second run changes nothing, and keeps what was edited', async () => {
    const folder = folderWith(LAYOUT);
    const args = ['learn', 'oci:build', '--as', `${CART}:1`];
    await kharden(args, { cwd: folder });
    const edited = fileOf(folder).replace('tags: ["1"]', 'tags: ["1*"]  # every release').replace('uid: 2000', 'uid: 2001');
    writeFileSync(join(folder, FILE), edited);
    const again = await kharden(args, { cwd: folder });
    assertOutcome(again, 0, '', `kharden: oci:build: as it was on ${today()}\n`);
    assertOutcome(await kharden(['learn'], { cwd: folder }), 0, '', `kharden: oci:build: as it was on ${today()}\n`);
    assert.sameText(fileOf(folder), edited);
  });

  test('a changed image is learned again in its place, with the tags that it had; the others stay', async () => {
    const folder = folderWith({ ...LAYOUT, 'docker.tar': dockerArchive({ 'shop/other:2': [FILES] }, SETTINGS) });
    await kharden(['learn', 'oci:build', '--as', `${CART}:1`], { cwd: folder });
    await kharden(['learn', 'docker-archive:docker.tar:shop/other:2'], { cwd: folder });
    const before = fileOf(folder).replace('tags: ["1"]', 'tags: ["1*"]');
    writeFileSync(join(folder, FILE), before);
    const next = layoutFiles({ '1': image([FILES, { 'srv/': { uid: 2000 } }], { config: SETTINGS }) });
    for (const [path, bytes] of Object.entries(next)) writeFileSync(join(folder, 'build', path), bytes);
    assert.is((await kharden(['learn', '--check'], { cwd: folder })).status, 1);
    assert.sameText(fileOf(folder), before);
    await kharden(['learn'], { cwd: folder });
    const after = fileOf(folder);
    assert.match(after, /tags: \["1\*"\][^]*path: \/srv\n/);
    assert.is(after.slice(after.indexOf('docker.io/shop/other')), before.slice(before.indexOf('docker.io/shop/other')));
    assert.is((await kharden(['learn', '--check'], { cwd: folder })).status, 0);
  });

  test('archives, packed or not; a docker archive names its image', async () => {
    const bytes = archive(layoutFiles({ '1': IMAGE }));
    const folder = folderWith({
      'a.tar': bytes,
      'a.tar.gz': gzipSync(bytes),
      'd.tar': dockerArchive({ [`${CART}:3`]: [FILES] }, SETTINGS),
    });
    for (const name of ['a.tar', 'a.tar.gz']) {
      const { stdout, status } = await kharden(['learn', `oci-archive:${name}`, '--as', CART, '--output', '-'], { cwd: folder });
      assert.is(status, 0);
      assert.match(stdout, /uid: 2000/);
    }
    const { stdout } = await kharden(['learn', `docker-archive:d.tar:${CART}:3`, '--output', '-'], { cwd: folder });
    assert.match(stdout, /match: \[registry\.local\/shop\/cart\]\n {4}tags: \["3"\]/);
    assert.equal(existsSync(join(folder, FILE)), false);
  });

  test('--image-platform chooses', async () => {
    const arm = image([FILES], { config: { ...SETTINGS, User: '7' }, architecture: 'arm64' });
    const folder = folderWith(layoutFiles({ '1': index({ 'linux/amd64': IMAGE, 'linux/arm64': arm }) }));
    const { stdout } = await kharden(['learn', 'oci:.', '--as', CART, '--image-platform', 'linux/arm64', '--output', '-'], {
      cwd: folder,
    });
    assert.match(stdout, /platform: linux\/arm64[^]*uid: 7/);
  });

  test('the images of manifests: those that are known are left out', async () => {
    const folder = folderWith({ 'a.yaml': DEPLOYMENT.replace(`${CART}:1`, 'nginx:1.27') });
    assertOutcome(await kharden(['learn', '.'], { cwd: folder }), 0, '', 'kharden: 1 image is known already\n');
    assert.equal(readdirSync(folder), ['a.yaml']);
  });

  const BAD: readonly (readonly [args: readonly string[], line: string])[] = [
    [[], 'name images, or files with manifests (--help shows more)'],
    [['--live'], '--live needs the pods: kubectl get pods -A -o json | kharden learn --live -'],
    [['-'], 'learn reads images and files with manifests, not stdin'],
    [['oci:gone', '--as', CART], 'oci:gone: no such file or folder: check the path'],
    [['oci:cut.tar', '--as', CART], 'oci:cut.tar: this is a file, and oci: names a folder'],
    [['oci-archive:.', '--as', CART], 'oci-archive:.: this is a folder, and an archive is a file'],
    [['oci-archive:cut.tar', '--as', CART], 'oci-archive:cut.tar is cut off in big'],
    [['oci-archive:text', '--as', CART], 'oci-archive:text is no tar archive'],
    [['oci:build'], 'the name that manifests use for it is not known: add --as NAME'],
    [['oci:build', '--as', 'A B'], '--as A B: this is no name of an image'],
    [['oci:build', 'oci:other', '--as', CART], '--as is the name of one image: name that one alone'],
    [['oci:build', '--image-platform', 'arm'], '--image-platform arm: write it as linux/arm64'],
    [['oci:build:9', '--as', CART], 'oci:build holds no image 9: there is 1'],
  ];
  for (const [args, line] of BAD) {
    test(`refused: learn ${args.join(' ')}`, async () => {
      const folder = folderWith({
        ...LAYOUT,
        'cut.tar': archive({ big: new Uint8Array(9000) }).subarray(0, 5000),
        text: 'hello',
      });
      const { status, stdout, stderr } = await kharden(['learn', ...args], { cwd: folder });
      const [last = ''] = stderr.trimEnd().split('\n').slice(-1);
      assert.ok(last.endsWith(line), last);
      assert.is(stderr.trimEnd().split('\n').length, 1);
      assert.equal([status, stdout, existsSync(join(folder, FILE))], [2, '', false]);
    });
  }

  test('one image that cannot be read does not keep the others from being learned', async () => {
    const folder = folderWith({ 'd.tar': dockerArchive({ 'shop/a:1': [FILES] }, SETTINGS) });
    const { status, stderr } = await kharden(['learn', 'docker-archive:d.tar:shop/b:1', 'docker-archive:d.tar:shop/a:1'], {
      cwd: folder,
    });
    assert.is(status, 2);
    assert.match(stderr, /holds no image shop\/b:1[^]*learned/);
    assert.match(fileOf(folder), /docker\.io\/shop\/a/);
  });

  test('a file without pods', async () => {
    const { status, stderr } = await kharden(['learn', '--live', 'text'], { cwd: folderWith({ text: 'hello' }) });
    assert.is(status, 2);
    assert.match(stderr, /no pods: use what kubectl get pods -o json prints/);
  });

  test('a file with an error is neither read nor written over', async () => {
    const folder = folderWith({ ...LAYOUT, [FILE]: 'images:\n  - mtch: [x]\n', 'a.yaml': DEPLOYMENT });
    for (const args of [['learn', 'oci:build', '--as', CART], ['a.yaml']]) {
      const { status, stderr } = await kharden(args, { cwd: folder });
      assert.is(status, 2);
      assert.match(stderr, /kharden\.images\.yaml[^]*unknown key: did you mean match\?/);
    }
    assert.is(fileOf(folder), 'images:\n  - mtch: [x]\n');
  });
});
