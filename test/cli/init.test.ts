/** `kharden init`. */
import { readFileSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { initialConfig } from '../../src/config/index.ts';
import { assert, suite } from '../harness.ts';
import { kharden } from './in-process.ts';
import { assertOutcome, folderWith, pod } from './program.ts';

suite('cli/init', (test) => {
  test('writes a configuration that the next run takes', async () => {
    const folder = folderWith({ 'a.yaml': pod() });
    assertOutcome(await kharden(['init'], { cwd: folder }), 0, '', 'kharden: wrote .kharden.yaml\n');
    assert.is(readFileSync(join(folder, '.kharden.yaml'), 'utf8'), initialConfig());
    assert.is((await kharden(['--quiet', '.'], { cwd: folder })).status, 0);
  });

  for (const name of ['.kharden.yaml', '.kharden.yml']) {
    test(`writes nothing over or beside ${name}`, async () => {
      const folder = folderWith({ [name]: 'skip: []\n' });
      const line = `kharden: ${name}: already exists, and a folder has one configuration: edit it\n`;
      assertOutcome(await kharden(['init'], { cwd: folder }), 2, '', line);
      assert.equal(readdirSync(folder), [name]);
      assert.is(readFileSync(join(folder, name), 'utf8'), 'skip: []\n');
    });
  }

  test('writes nothing through a link that leads nowhere', async () => {
    const folder = folderWith({});
    symlinkSync('elsewhere.yaml', join(folder, '.kharden.yaml'));
    assert.is((await kharden(['init'], { cwd: folder })).status, 2);
    assert.equal(readdirSync(folder), ['.kharden.yaml']);
  });
});
