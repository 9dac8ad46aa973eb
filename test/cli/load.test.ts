/** The loader of the built program: what is compiled once is kept for the next runs, and is never a reason to fail. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { assert, suite } from '../harness.ts';
import { ONLY, pod, startKharden } from './program.ts';

const loader = fileURLToPath(new URL('../../bin/load.js', import.meta.url));

suite('cli/load', (test) => {
  const folder = mkdtempSync(join(tmpdir(), 'kharden-cache-'));
  const home = join(folder, 'home');
  const write = (file: string, id: string, code: string): void =>
    writeFileSync(join(folder, `${file}.cjs`), `/*${id}*/(function(require,module,exports,__dirname){${code}})`);
  write(
    'a',
    '0123456789abcdef',
    `const more=()=>${JSON.stringify('x'.repeat(500))};if(process.env.MORE)more();if(process.env.LONG)Atomics.wait(new Int32Array(new SharedArrayBuffer(4)),0,0,1001);exports.name="a";const b=require("./b");` +
      `console.log("a"+b.name+require("node:path").basename("/c")+(__dirname===${JSON.stringify(folder)})+(require("./b")===b))`,
  );
  write('b', 'fedcba9876543210', 'module.exports={name:"b"};require("./a").name==="a"||process.exit(9)');
  const main = join(folder, 'main.cjs');
  writeFileSync(main, `require(${JSON.stringify(loader)}).load(__dirname, 'a');`);
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

  const SAID = 'abctruetrue\n';
  const run = (env: Readonly<Record<string, string>> = {}, flags: readonly string[] = []): string => {
    const { stdout, stderr } = spawnSync(process.execPath, [...flags, main], {
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
  const cacheOf = (file: string): string => join(home, cached().find((name) => name.includes(`${file}-`)) ?? '');

  test('nothing is kept where the user does not want it, or where nothing can be written', () => {
    assert.is(run({ NODE_DISABLE_COMPILE_CACHE: '1' }), SAID);
    assert.is(run({ XDG_CACHE_HOME: '/dev/null' }), SAID);
    assert.is(run({ XDG_CACHE_HOME: '/proc/none' }), SAID);
    assert.throws(() => cached());
  });

  test('each file is kept, and the next run says the same', () => {
    assert.is(run(), SAID);
    assert.equal(
      cached().map((name) => name.replace(/^.*\//, '')),
      ['a-0123456789abcdef.cache', 'b-fedcba9876543210.cache'],
    );
    assert.is(run(), SAID);
  });

  test('what the next runs compile is added, and what they do not run stays', () => {
    const { length } = readFileSync(cacheOf('a'));
    assert.is(run({ MORE: '1' }), SAID);
    const larger = readFileSync(cacheOf('a'));
    assert.ok(larger.length > length);
    for (let round = 0; round < 3; round++) assert.is(run(), SAID);
    const last = readFileSync(cacheOf('a'));
    assert.is(last.length, larger.length);
    assert.is(run(), SAID);
    assert.ok(readFileSync(cacheOf('a')).equals(last));
  });

  test('a long run is none of the first: it fills an empty cache, and leaves another alone', () => {
    rmSync(home, { recursive: true });
    const round = (): number | undefined => readFileSync(cacheOf('a')).at(-1);
    assert.is(run({ LONG: '1' }), SAID);
    assert.is(round(), 0);
    assert.is(run({ LONG: '1' }), SAID);
    assert.is(round(), 0);
    assert.is(run(), SAID);
    assert.is(round(), 1);
  });

  test('what is compiled in a run on much input serves one on little', () => {
    const caches = mkdtempSync(join(folder, 'caches-'));
    const env = { XDG_CACHE_HOME: caches };
    const rounds = (): (number | undefined)[] =>
      readdirSync(caches, { recursive: true })
        .map(String)
        .filter((name) => /\/harden-[^/]*\.cache$/.test(name))
        .map((name) => readFileSync(join(caches, name)).at(-1));
    startKharden(ONLY, '', { input: `${pod()}---\n`.repeat(100), env });
    assert.equal(rounds(), [1]);
    startKharden(ONLY, '', { input: pod(), env });
    assert.equal(rounds(), [2]);
  });

  test('a cache that is cut off, of something else or of other flags of V8 is written again', () => {
    const path = cacheOf('a');
    const whole = readFileSync(path);
    for (const broken of [whole.subarray(0, 40), Buffer.from('no cache'), Buffer.alloc(0)]) {
      writeFileSync(path, broken);
      assert.is(run(), SAID);
      assert.ok(readFileSync(path).length > broken.length);
    }
    assert.is(run({}, ['--no-opt']), SAID);
    assert.is(run(), SAID);
  });

  test('another text has a cache of its own: V8 tells texts apart by their length alone', () => {
    write('b', 'fedcba9876543211', 'module.exports={name:"c"};require("./a").name==="a"||process.exit(9)');
    assert.is(run(), SAID.replace('b', 'c'));
    assert.is(run(), SAID.replace('b', 'c'));
    assert.is(cached().length, 3);
  });

  test('many files are kept without a warning', () => {
    const names = Array.from({ length: 12 }, (_, index) => `many-${index}`);
    for (const name of names) write(name, '0123456789abcdef', '');
    write('b', 'fedcba9876543212', `module.exports={name:"b"};${names.map((name) => `require("./${name}");`).join('')}`);
    // Warnings are printed in a turn of their own, which comes before that of a timer.
    write('a', '0123456789abcde0', 'setTimeout(()=>console.log(require("./b").name));require("./b")');
    assert.is(run(), 'b\n');
    assert.is(cached().filter((name) => name.includes('many-')).length, names.length);
  });
});
