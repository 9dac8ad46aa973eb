/** What is read from images goes into a file: whatever images hold, the file can be read afterwards. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readLearned } from '../../src/config/index.ts';
import type { JsonObject } from '../../src/util/json.ts';
import { assert, suite } from '../harness.ts';
import { fileCapability, image, layoutFiles, type TestFile } from '../learn/images.ts';
import { kharden } from './in-process.ts';
import { folderWith, pod } from './program.ts';

const FILE = 'kharden.images.yaml';
const FILES: Readonly<Record<string, TestFile>> = {
  'bin/sh': { mode: 0o755 },
  'tmp/': { mode: 0o1777 },
  'app/cart': { mode: 0o755 },
};

suite('cli/learn: strange images', (test) => {
  const capability = fileCapability([10]);
  const STRANGE: readonly (readonly [name: string, files: Readonly<Record<string, TestFile>>, config: JsonObject])[] = [
    ['USER', FILES, { User: 'a b\n# c: {', Cmd: ['/app/cart'] }],
    [
      'paths',
      { 'my app': { mode: 0o755, capability }, 'da ta/': { mode: 0o777 }, 'x:y/': { mode: 0o777 } },
      { User: '7', Cmd: ['/my app'] },
    ],
    [
      'volumes',
      FILES,
      {
        User: '7',
        Volumes: { '/': {}, '/a b': {}, '/*': {}, relative: {}, '/x\u0000y': {} },
        ExposedPorts: { 'x/tcp': {}, '99999/tcp': {} },
      },
    ],
    [
      'commands',
      { ...FILES, 'run.sh': { mode: 0o755, content: '#!/bin/sh\nmkdir "/a\n- b: c"\necho > "/etc/\u001b[31m"\n' } },
      { Cmd: ['/run.sh'] },
    ],
    ['types', FILES, { User: 7, Cmd: 'text', Env: [1], Volumes: [], ExposedPorts: null, WorkingDir: [] }],
  ];
  for (const [name, files, config] of STRANGE) {
    test(`an image with strange ${name} gives a file that can be read`, async () => {
      const folder = folderWith({
        ...layoutFiles({ '1': image([files], { config, architecture: 'x 86' }) }),
        'a.yaml': pod(),
      });
      const { status, stderr } = await kharden(['learn', 'oci:.', '--as', 'shop/cart:1'], { cwd: folder });
      assert.is(status, 0, stderr);
      assert.not.match(stderr, /\u001b/);
      const read = readLearned(readFileSync(join(folder, FILE), 'utf8'), FILE);
      assert.ok('images' in read);
      assert.is('images' in read ? read.images.length : 0, 1);
      assert.is((await kharden(['--quiet', 'a.yaml'], { cwd: folder })).status, 0);
    });
  }
});
