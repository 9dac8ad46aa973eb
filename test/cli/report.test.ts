/** `--report-file`: what a run says is appended to a file, whatever the terminal shows. */
import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { assert, suite } from '../harness.ts';
import { kharden } from './in-process.ts';
import { asLines, assertOutcome, folderWith, hardPod, ONLY, pod, startKharden, summary } from './program.ts';

const EXPLICIT = hardPod().replace('Escalation: false', 'Escalation: true');

const REPORT = { KHARDEN_REPORT_FILE: 'report.txt' };

function reportIn(folder: string): string {
  return readFileSync(join(folder, 'report.txt'), 'utf8');
}

/** A summary as the report has it: the hint how to ask for reasons is for whoever reads the terminal. */
function withoutHint(text: string): string {
  return text.replace(/^Why: [^]*$/m, '');
}

suite('cli/report', (test) => {
  /** Runs with a report in the folder; gives what it holds afterwards. */
  async function reported(args: readonly string[], folder: string): Promise<string> {
    await kharden(args, { cwd: folder, env: REPORT });
    return reportIn(folder);
  }

  test('the report has every finding and the summary, with --quiet too', async () => {
    const folder = folderWith({ 'a.yaml': Array.from({ length: 8 }, () => EXPLICIT).join('---\n'), 'sub/x.txt': '' });
    symlinkSync('/', join(folder, 'link'));
    const verbose = await kharden([...ONLY, '--verbose', '.'], { cwd: folder });
    const said = asLines(verbose.stderr);
    assert.is(said.match(/ explicit-value /g)?.length, 8);
    assert.match(said, /^link: skipped-link /m);
    for (const args of [[], ['--quiet'], ['--verbose', '--color']]) {
      const into = folderWith({ 'a.yaml': readFileSync(join(folder, 'a.yaml')) });
      symlinkSync('/', join(into, 'link'));
      assert.sameText(await reported([...ONLY, ...args, '.'], into), said);
    }
  });

  test('runs add to it, and --report-file replaces the variable', async () => {
    const folder = folderWith({ 'a.yaml': pod() });
    await reported([...ONLY, '--write', 'a.yaml'], folder);
    const report = await reported([...ONLY, 'a.yaml'], folder);
    assert.is(report, `${withoutHint(summary(1, 1, 'wrote', 1))}${summary(1, 1, 'would change', 0)}`);
    await reported([...ONLY, '--report-file', 'other.txt', 'a.yaml'], folder);
    assert.is(readFileSync(join(folder, 'other.txt'), 'utf8'), summary(1, 1, 'would change', 0));
    assert.is(reportIn(folder), report);
  });

  test('mistakes and errors are in it', async () => {
    assert.is(await reported(['--wirte'], folderWith({})), "kharden: unknown option '--wirte' (Did you mean --write?)\n");
    const missing = 'missing: unusable-path no such file or folder: check the path\n';
    assert.is(await reported([...ONLY, 'missing'], folderWith({})), missing + summary(0, 0, 'would change', 0));
  });

  test('an error of the program itself is in it', () => {
    const before = 'String.prototype.matchAll = () => { throw new Error("boom"); };';
    const folder = folderWith({});
    const { status, stderr } = startKharden(ONLY, before, { cwd: folder, env: REPORT, input: pod() });
    assert.is(status, 2);
    assert.is(stderr, 'kharden: internal error: boom: please report this\n');
    assert.is(reportIn(folder), stderr);
  });

  test('a report that cannot be written is an error before anything is changed', async () => {
    const folder = folderWith({ 'a.yaml': pod() });
    const outcome = await kharden([...ONLY, '--write', '--report-file', 'none/report.txt', 'a.yaml'], { cwd: folder });
    assertOutcome(outcome, 2, '', 'kharden: --report-file none/report.txt: no such file or folder: check the path\n');
    assert.is(readFileSync(join(folder, 'a.yaml'), 'utf8'), pod());
    assert.is(existsSync(join(folder, 'none')), false);
  });

  test('a report that can no longer be written at the end is an error', () => {
    const folder = folderWith({ 'a.yaml': pod() });
    const before = `import fs from 'node:fs'; const original = fs.openSync; let calls = 0;
      fs.openSync = (path, ...rest) => {
        if (path === 'report.txt' && ++calls === 2) throw Object.assign(new Error(), { code: 'ENOSPC', syscall: 'open' });
        return original(path, ...rest);
      };`;
    const { status, stderr } = startKharden([...ONLY, '--quiet', '--write', 'a.yaml'], before, { cwd: folder, env: REPORT });
    assert.is(status, 2);
    assert.is(stderr, 'kharden: --report-file report.txt: no space left on the device: make room and run again\n');
    assert.is(readFileSync(join(folder, 'a.yaml'), 'utf8'), hardPod());
  });
});
