/** What really happens to a folder when runs are killed, meet each other, or find the disk full. */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { asLines } from '../cli/program.ts';
import { assert, suite } from '../harness.ts';
import { execute, kharden, KHARDEN, temporaryFolder } from './world.ts';

const FILES = 90;
const KILLS = 300;
const names = Array.from({ length: FILES }, (_, index) => `${index % 3}/${String(index).padStart(3, '0')}.yaml`);
const LEFTOVER = /^\.kharden-/;

/** A few lines that differ from file to file, so that a mix of two files cannot pass for one. */
function manifest(name: string): string {
  return `apiVersion: v1\nkind: Pod\nmetadata: {name: p${name.slice(2, 5)}}\nspec:\n  containers:\n  - name: a\n    image: busybox:1.37 # ${name}\n`;
}

/** A folder of manifests, and what each of them is when it is hardened. */
class Folder {
  readonly path = temporaryFolder();
  readonly hardened = new Map<string, string>();

  constructor() {
    for (const part of ['0', '1', '2']) mkdirSync(join(this.path, part));
    this.restore();
    assert.is(kharden(['--write', '.'], { cwd: this.path }).status, 0);
    for (const name of names) this.hardened.set(name, readFileSync(join(this.path, name), 'utf8'));
    assert.ok(names.every((name) => this.hardened.get(name) !== manifest(name)));
  }

  restore(): void {
    for (const name of names) writeFileSync(join(this.path, name), manifest(name));
  }

  /** How many files are hardened; fails when one is neither as it was nor as it shall be. */
  count(): number {
    return names.filter((name) => {
      const text = readFileSync(join(this.path, name), 'utf8');
      if (text === this.hardened.get(name)) return true;
      assert.is(text, manifest(name), name);
      return false;
    }).length;
  }

  leftovers(): string[] {
    return ['0', '1', '2'].flatMap((part) => readdirSync(join(this.path, part)).filter((name) => LEFTOVER.test(name)));
  }

  start(): ChildProcess {
    return spawn(process.execPath, [KHARDEN, '--write', '--quiet', '.'], { cwd: this.path, stdio: 'ignore' });
  }
}

interface End {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

const ended = (child: ChildProcess): Promise<End> =>
  new Promise((resolve) => child.once('exit', (code, signal) => resolve({ code, signal })));
const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Random numbers from 0 to 1 that are the same in each run (mulberry32). */
function randomNumbers(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * Starts a run and sends it a signal: half the time at any moment, half the time at a moment after it began to write, which
 * is a short part of the whole.
 */
async function interrupt(folder: Folder, signal: NodeJS.Signals, duration: number, random: () => number): Promise<End> {
  const child = folder.start();
  const end = ended(child);
  if (random() < 0.5) {
    await sleep(random() * duration);
  } else {
    const first = join(folder.path, names[0] as string);
    while (child.exitCode === null && readFileSync(first, 'utf8') === manifest(names[0] as string)) await sleep(1);
    await sleep(random() * duration * 0.15);
  }
  child.kill(signal);
  return end;
}

async function durationOf(folder: Folder): Promise<number> {
  folder.restore();
  const start = performance.now();
  await ended(folder.start());
  return performance.now() - start;
}

suite('crashes', (test) => {
  test(`killed ${KILLS} times: each file is the old one or the new one, and the next run removes what is left`, async () => {
    const folder = new Folder();
    const duration = await durationOf(folder);
    const random = randomNumbers(7);
    let halfway = 0;
    let left = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      folder.restore();
      const before = folder.leftovers();
      const { signal } = await interrupt(folder, 'SIGKILL', duration, random);
      const written = folder.count();
      if (signal === 'SIGKILL' && written > 0 && written < FILES) halfway++;
      const after = folder.leftovers();
      assert.ok(after.length <= 1, 'a run that began to write has removed what another left');
      if (after.length > 0 && after[0] !== before[0]) left++;
    }
    console.log(`killed ${KILLS} times, ${halfway} times among the files, ${left} times with one begun`);
    assert.ok(halfway >= KILLS / 10 && left > 0, 'too few kills hit the writing');
    assert.is((await ended(folder.start())).code, 0);
    assert.equal([folder.count(), folder.leftovers()], [FILES, []]);
  });

  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const) {
    test(`${signal}, 25 times: nothing half done and nothing left behind`, async () => {
      const folder = new Folder();
      const duration = await durationOf(folder);
      const random = randomNumbers(code);
      for (let round = 0; round < 25; round++) {
        folder.restore();
        const end = await interrupt(folder, signal, duration, random);
        const isClean = end.signal === signal || end.code === code || (end.code === 0 && folder.count() === FILES);
        assert.ok(isClean, JSON.stringify(end));
        folder.count();
        assert.equal(folder.leftovers(), []);
      }
    });
  }

  test('four runs at once agree', async () => {
    const folder = new Folder();
    for (let round = 0; round < 5; round++) {
      folder.restore();
      const ends = await Promise.all([0, 1, 2, 3].map(() => ended(folder.start())));
      assert.equal(
        ends,
        Array.from({ length: 4 }, () => ({ code: 0, signal: null })),
      );
      assert.equal([folder.count(), folder.leftovers()], [FILES, []]);
    }
  });

  test('a full disk: what does not fit stays as it was, with one line each, and the next run finishes', () => {
    const folder = temporaryFolder();
    const script = `set -e; mkdir disk; mount -t tmpfs -o size=256k,nr_inodes=100 tmpfs disk; cd disk
      for name in a b c d; do cp ../file.yaml $name.yaml; done
      head -c 300000 /dev/zero > filler 2> /dev/null || true
      node=$1; shift; "$node" "$@" --quiet --write . 2> ../full || echo $? > ../status
      ls -A > ../names; cat *.yaml > ../after
      rm filler; "$node" "$@" --quiet --write . ; ls -A > ../names-later; cat *.yaml > ../later`;
    const text = manifest('0/000');
    writeFileSync(join(folder, 'file.yaml'), text);
    const args = ['--user', '--map-root-user', '--mount', '/bin/sh', '-c', script, 'sh', process.execPath, KHARDEN];
    const { status, stderr } = execute('/usr/bin/unshare', args, { cwd: folder });
    assert.is(status, 0, stderr);
    const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
    assert.is(existsSync(join(folder, 'status')) ? read('status') : '0\n', '2\n');
    const reason = 'not-written no space left on the device: make room and run again';
    assert.is(asLines(read('full')), ['a', 'b', 'c', 'd'].map((name) => `${name}.yaml: ${reason}\n`).join(''));
    assert.is(read('after'), text.repeat(4));
    assert.is(read('names'), 'a.yaml\nb.yaml\nc.yaml\nd.yaml\nfiller\n');
    assert.is(read('names-later'), 'a.yaml\nb.yaml\nc.yaml\nd.yaml\n');
    assert.is(read('later').match(/runAsNonRoot: true/g)?.length, 4);
  });
});
