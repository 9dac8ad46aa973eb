/** What happens to files when a write fails or is interrupted: the old content or the new one, and nothing left beside it. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { assert, suite } from '../harness.ts';
import { kharden } from './in-process.ts';
import { ONLY, assertOutcome, folderWith, hardPod, inShell, pod, summary, startKharden } from './program.ts';

const WRITE = [...ONLY, '--write'];
const THREE = { 'a.yaml': pod(), 'b.yaml': pod(), 'c.yaml': pod() };

/** Runs the second call of a function of `fs` as `body` says; `original` is the function, `args` what it was called with. */
function onSecond(name: string, body: string): string {
  return `import fs from 'node:fs'; const original = fs.${name}; let calls = 0;
    fs.${name} = (...args) => { if (++calls !== 2) return original(...args); ${body} };`;
}

function failing(name: string, code: string): string {
  const error = JSON.stringify({ code, message: code, syscall: 'x' });
  return onSecond(name, `throw Object.assign(new Error(), ${error});`);
}

function assertOnlyOld(folder: string, old: readonly string[]): void {
  assert.equal(readdirSync(folder).sort(), Object.keys(THREE));
  for (const name of Object.keys(THREE)) {
    assert.is(readFileSync(join(folder, name), 'utf8'), old.includes(name) ? pod() : hardPod(), name);
  }
}

suite('cli/crash-safety', (test) => {
  const failures: Readonly<Record<string, readonly [before: string, reason: string]>> = {
    'a full disk': [failing('writeSync', 'ENOSPC'), 'no space left on the device: make room and run again'],
    'a used up quota': [failing('fsyncSync', 'EDQUOT'), 'the disk quota is used up: make room and run again'],
    'a mode that cannot be set': [failing('fchmodSync', 'EPERM'), 'permission denied: check the owner and the mode'],
    'a file that is a mount': [
      failing('renameSync', 'EBUSY'),
      'the file is in use or is a mount point: mount the folder that holds it instead',
    ],
    'an error without a name': [failing('renameSync', 'EWEIRD\u001B[31m'), 'EWEIRD\\x1b[31m'],
  };
  for (const [name, [before, reason]] of Object.entries(failures)) {
    test(`${name}: the file stays as it was, the others are written`, () => {
      const folder = folderWith(THREE);
      const outcome = startKharden([...WRITE, '.'], before, { cwd: folder });
      assertOutcome(outcome, 2, '', `${summary(3, 3, 'wrote', ['a.yaml', 'c.yaml'])}b.yaml: not-written ${reason}\n`);
      assertOnlyOld(folder, ['b.yaml']);
    });
  }

  test('a file that another program changes meanwhile is not overwritten', () => {
    const folder = folderWith(THREE);
    const before = onSecond('fsyncSync', "fs.appendFileSync('b.yaml', '# mine\\n'); return original(...args);");
    const problem = 'b.yaml: not-written the file changed after it was read: run again\n';
    assertOutcome(
      startKharden([...WRITE, '.'], before, { cwd: folder }),
      2,
      '',
      summary(3, 3, 'wrote', ['a.yaml', 'c.yaml']) + problem,
    );
    assert.is(readFileSync(join(folder, 'b.yaml'), 'utf8'), `${pod()}# mine\n`);
    assert.equal(readdirSync(folder).sort(), Object.keys(THREE));
  });

  test('a file that another run has hardened meanwhile is fine', () => {
    const folder = folderWith(THREE);
    const before = onSecond('fsyncSync', `fs.writeFileSync('b.yaml', ${JSON.stringify(hardPod())}); return original(...args);`);
    assertOutcome(
      startKharden([...WRITE, '.'], before, { cwd: folder }),
      0,
      '',
      summary(3, 3, 'wrote', ['a.yaml', 'b.yaml', 'c.yaml']),
    );
    assertOnlyOld(folder, []);
  });

  test('a file that another program removes meanwhile is not made again', () => {
    const folder = folderWith(THREE);
    const before = onSecond('fsyncSync', "fs.unlinkSync('b.yaml'); return original(...args);");
    const problem = 'b.yaml: not-written no such file or folder: check the path\n';
    assertOutcome(
      startKharden([...WRITE, '.'], before, { cwd: folder }),
      2,
      '',
      summary(3, 3, 'wrote', ['a.yaml', 'c.yaml']) + problem,
    );
    assert.equal(readdirSync(folder).sort(), ['a.yaml', 'c.yaml']);
  });

  for (const [signal, status] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const) {
    test(`${signal}: the file at hand is finished, the rest stays as it was`, () => {
      const folder = folderWith(THREE);
      const before = onSecond('fsyncSync', `process.kill(process.pid, '${signal}'); return original(...args);`);
      const remark = `kharden: stopped by ${signal} with 1 more to write: run again\n`;
      assertOutcome(
        startKharden([...WRITE, '.'], before, { cwd: folder }),
        status,
        '',
        summary(3, 3, 'wrote', ['a.yaml', 'b.yaml']) + remark,
      );
      assertOnlyOld(folder, ['c.yaml']);
    });
  }

  test('what a killed run left is removed by the next one that writes', async () => {
    const killed = onSecond('renameSync', "process.kill(process.pid, 'SIGKILL');");
    const folder = folderWith({ ...THREE, 'sub/a.yaml': hardPod(), 'sub/.kharden-999999999-abc': 'x' });
    startKharden([...WRITE, '.'], killed, { cwd: folder });
    assert.is(readdirSync(folder).filter((name) => name.startsWith('.kharden-')).length, 1);
    assert.is(readFileSync(join(folder, 'a.yaml'), 'utf8'), hardPod());
    assert.is(readFileSync(join(folder, 'b.yaml'), 'utf8'), pod());

    await kharden([...ONLY, '.'], { cwd: folder });
    assert.is(readdirSync(folder).filter((name) => name.startsWith('.kharden-')).length, 1);

    assertOutcome(await kharden([...WRITE, '.'], { cwd: folder }), 0, '', summary(4, 4, 'wrote', ['b.yaml', 'c.yaml']));
    assert.equal(readdirSync(folder).sort(), ['a.yaml', 'b.yaml', 'c.yaml', 'sub']);
    assert.equal(readdirSync(join(folder, 'sub')), ['a.yaml']);
  });

  test('the temporary file of a run that goes on is left alone, and so is what only looks like one', () => {
    const mine = `.kharden-${process.pid}-abc`;
    const folder = folderWith({ 'a.yaml': hardPod(), [mine]: 'x', '.kharden-notes': 'x', '.kharden-1x-abc': 'x' });
    assertOutcome(startKharden([...WRITE, '.'], '', { cwd: folder }), 0, '', summary(1, 1, 'wrote', 0));
    assert.equal(readdirSync(folder).sort(), [mine, '.kharden-1x-abc', '.kharden-notes', 'a.yaml'].sort());
  });

  test('a limit on the size of files is an error of the file system like others', () => {
    const folder = folderWith({ 'a.yaml': `# ${'x'.repeat(4096)}\n${pod()}` });
    const outcome = inShell('ulimit -f 1; exec "$@"', [...WRITE, '--quiet', 'a.yaml'], { cwd: folder });
    assertOutcome(outcome, 2, '', 'a.yaml: not-written the file would be larger than the limit: raise the limit (ulimit -f)\n');
    assert.equal(readdirSync(folder), ['a.yaml']);
  });
});
