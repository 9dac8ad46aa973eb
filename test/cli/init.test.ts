/** `kharden init`. */
import { readFileSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { initialConfig } from '../../src/config/index.ts';
import { assert, suite } from '../harness.ts';
import { assertOutcome, folderWith, kharden, pod } from './program.ts';

suite('cli/init', (test) => {
  test('writes a configuration that the next run takes', () => {
    const folder = folderWith({ 'a.yaml': pod() });
    assertOutcome(kharden(['init'], { cwd: folder }), 0, '', 'kharden: wrote .kharden.yaml\n');
    assert.is(readFileSync(join(folder, '.kharden.yaml'), 'utf8'), initialConfig());
    assert.is(kharden(['--quiet', '.'], { cwd: folder }).status, 0);
  });

  for (const name of ['.kharden.yaml', '.kharden.yml']) {
    test(`writes nothing over or beside ${name}`, () => {
      const folder = folderWith({ [name]: 'skip: []\n' });
      const line = `kharden: ${name}: already exists, and a folder has one configuration: edit it\n`;
      assertOutcome(kharden(['init'], { cwd: folder }), 2, '', line);
      assert.equal(readdirSync(folder), [name]);
      assert.is(readFileSync(join(folder, name), 'utf8'), 'skip: []\n');
    });
  }

  test('writes nothing through a link that leads nowhere', () => {
    const folder = folderWith({});
    symlinkSync('elsewhere.yaml', join(folder, '.kharden.yaml'));
    assert.is(kharden(['init'], { cwd: folder }).status, 2);
    assert.equal(readdirSync(folder), ['.kharden.yaml']);
  });
});
