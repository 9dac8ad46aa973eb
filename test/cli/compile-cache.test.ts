/** What is compiled once is kept for the next run, and is never a reason to fail. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { assert, suite } from '../harness.ts';

const loader = fileURLToPath(new URL('../../bin/compile-cache.js', import.meta.url));

suite('cli/compile-cache', (test) => {
  const folder = mkdtempSync(join(tmpdir(), 'kharden-cache-'));
  const home = join(folder, 'home');
  writeFileSync(join(folder, 'a-1.cjs'), 'exports.text = "a" + require("./b-2.cjs").text + __dirname.slice(-5, -5);');
  writeFileSync(join(folder, 'b-2.cjs'), 'exports.text = "b"; this === exports || process.exit(9);');
  writeFileSync(join(folder, 'id.txt'), 'one');
  const main = join(folder, 'main.cjs');
  writeFileSync(main, `require(${JSON.stringify(loader)}).enable(__dirname); console.log(require('./a-1.cjs').text);`);
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

  const run = (env: Readonly<Record<string, string>> = {}): string => {
    const { stdout, stderr } = spawnSync(process.execPath, [main], {
      env: { ...process.env, XDG_CACHE_HOME: home, ...env },
      encoding: 'utf8',
    });
    return stdout + stderr;
  };
  const cached = (): string[] =>
    readdirSync(home, { recursive: true })
      .map(String)
      .filter((name) => name.endsWith('.cache'))
      .sort();

  test('nothing is kept where the user does not want it, or where nothing can be written', () => {
    assert.is(run({ NODE_DISABLE_COMPILE_CACHE: '1' }), 'ab\n');
    assert.is(run({ XDG_CACHE_HOME: '/dev/null' }), 'ab\n');
    assert.is(run({ XDG_CACHE_HOME: '/proc/none' }), 'ab\n');
    assert.throws(() => cached());
  });

  test('each module is kept, and the next run says the same', () => {
    assert.is(run(), 'ab\n');
    assert.equal(
      cached().map((name) => name.replace(/^.*\//, '')),
      ['a-1.cjs.cache', 'b-2.cjs.cache'],
    );
    assert.is(run(), 'ab\n');
  });

  test('a cache that is cut off or of something else is written again', () => {
    const [first = ''] = cached();
    const path = join(home, first);
    const whole = readFileSync(path);
    for (const broken of [whole.subarray(0, 40), Buffer.from('no cache'), Buffer.alloc(0)]) {
      writeFileSync(path, broken);
      assert.is(run(), 'ab\n');
      assert.ok(readFileSync(path).length > broken.length);
    }
  });

  test('another build has a cache of its own: V8 tells texts apart by their length alone', () => {
    const text = readFileSync(join(folder, 'b-2.cjs'), 'utf8');
    writeFileSync(join(folder, 'b-2.cjs'), text.replace('"b"', '"c"'));
    writeFileSync(join(folder, 'id.txt'), 'two');
    assert.is(run(), 'ac\n');
    assert.is(run(), 'ac\n');
    assert.is(cached().length, 4);
  });
});
