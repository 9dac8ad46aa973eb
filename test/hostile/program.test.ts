/** Files that want the program to run code, to write elsewhere, or to talk to the terminal. */
import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { kharden } from '../cli/in-process.ts';
import { ONLY, asLines, folderWith, pod } from '../cli/program.ts';
import { assert, suite } from '../harness.ts';

const RAW = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202E]/;

suite('hostile folders', (test) => {
  test('a configuration is data: no tag makes an object of it', async () => {
    const tags = ['!!js/function', '!!js/undefined', '!!js/regexp', '!!python/object/apply:os.system', '!x'];
    for (const tag of tags) {
      const folder = folderWith({ '.kharden.yaml': `skip: ${tag} ["resources"]\n`, 'pod.yaml': pod() });
      const { status, stdout, stderr } = await kharden(['pod.yaml'], { cwd: folder });
      assert.equal([status, stdout], [2, ''], tag);
      assert.match(asLines(stderr), /^\.kharden\.yaml:1:\d+ invalid-config /m);
    }
  });

  test('no code is loaded from a folder', async () => {
    const code = 'require("node:fs").writeFileSync("owned", "");';
    const names = [
      '.kharden.js',
      '.kharden.cjs',
      '.kharden.ts',
      'kharden.config.js',
      'node_modules/yaml/index.js',
      'node_modules/diff/index.js',
    ];
    const files = Object.fromEntries(names.map((name) => [name, code]));
    const folder = folderWith({
      ...files,
      'package.json': '{"kharden": {"skip": ["no-privilege-escalation"]}, "main": ".kharden.js"}',
      'pod.yaml': pod(),
    });
    const { status, stdout } = await kharden([...ONLY, '.'], { cwd: folder });
    assert.is(status, 0);
    assert.match(stdout, /^\+ +allowPrivilegeEscalation: false$/m);
    assert.is(existsSync(join(folder, 'owned')), false);
  });

  test('names of prototypes in a configuration are unknown keys, and change nothing', async () => {
    for (const key of ['__proto__', 'constructor', 'prototype']) {
      for (const config of [`${key}: {skip: [resources]}\n`, `transforms: {${key}: {x: 1}}\n`]) {
        const folder = folderWith({ '.kharden.yaml': config, 'pod.yaml': pod() });
        const { status, stdout, stderr } = await kharden(['pod.yaml'], { cwd: folder });
        assert.equal([status, stdout], [2, ''], config);
        assert.match(asLines(stderr), /^\.kharden\.yaml:1:\d+ invalid-config .*unknown key/m);
      }
      const list = `apiVersion: config.kubernetes.io/v1\nkind: ResourceList\nitems: []\nfunctionConfig: {apiVersion: v1, kind: ConfigMap, data: {${key}: x}}\n`;
      const { status, stdout, stderr } = await kharden([], { input: list });
      assert.equal([status, stdout], [1, ''], key);
      assert.match(stderr, /invalid-config/);
    }
  });

  test('links do not lead a write out of a folder', async () => {
    const outside = folderWith({ 'pod.yaml': pod(), 'sub/pod.yaml': pod() });
    const folder = folderWith({ 'in.yaml': pod() });
    symlinkSync(join(outside, 'pod.yaml'), join(folder, 'file.yaml'));
    symlinkSync(join(outside, 'sub'), join(folder, 'sub'));
    symlinkSync(folder, join(folder, 'self'));
    assert.is((await kharden([...ONLY, '--write', '.'], { cwd: folder })).status, 0);
    assert.not(readFileSync(join(folder, 'in.yaml'), 'utf8') === pod());
    for (const name of ['pod.yaml', 'sub/pod.yaml']) assert.sameText(readFileSync(join(outside, name), 'utf8'), pod(), name);
  });

  test('names of files are never shown raw', async () => {
    const nasty = 'a\n\u001B[31m\r\u202E';
    const folder = folderWith({
      [`${nasty}.yaml`]: pod(),
      [`${nasty}bad.yaml`]: 'kind: Pod\nspec: }\n',
      [`${nasty}/.kharden.yaml`]: 'x: 1\n',
      [`${nasty}/p.yaml`]: pod(),
    });
    for (const args of [[], ['--check'], ['--write'], ['--verbose'], ['--report-file', 'report'], ['--config', `${nasty}.no`]]) {
      const { stdout, stderr } = await kharden([...ONLY, ...args, '.'], { cwd: folder });
      for (const text of [stdout, stderr]) assert.is(RAW.exec(text)?.[0], undefined, args.join(' '));
    }
    assert.is(RAW.exec(readFileSync(join(folder, 'report'), 'utf8'))?.[0], undefined);
    const { stderr } = await kharden(['--report-file', `${nasty}/no/report`, '.'], { cwd: folder });
    assert.is(RAW.exec(stderr)?.[0], undefined);
  });

  test('100,000 tiny documents come back as they were', async () => {
    const input = 'a: 1\n---\n'.repeat(100_000);
    const { status, stdout } = await kharden(['--quiet'], { input });
    assert.is(status, 0);
    assert.ok(stdout === input);
  });
});
