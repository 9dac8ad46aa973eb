/**
 * Starts the built program as a user does, for tests of the process itself: its streams, its signals, what the file system does to it.
 * `in-process.ts` runs it for all others. And the folders and manifests of both; the folders are gone afterwards.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { assert } from '../harness.ts';

/** What came out of a run. */
export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  /** What stdin holds; nothing by default. */
  readonly input?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
}

/** One transform with one small edit, so that what it writes can be spelled out. */
export const ONLY = ['--only', 'no-privilege-escalation'] as const;

const root = fileURLToPath(new URL('../../', import.meta.url));
const temporary: string[] = [];
process.on('exit', () => temporary.forEach((path) => rmSync(path, { recursive: true, force: true })));

let path: string | undefined;

/** The path of the program, built when it is older than its sources. */
export function program(): string {
  path ??= built();
  return path;
}

function built(): string {
  const bundle = join(root, 'dist/program/kharden.cjs');
  const sources = ['src', 'transforms', 'scripts/build.js', 'package.json'].map((path) => newest(join(root, path)));
  const isOld = !existsSync(bundle) || statSync(bundle).mtimeMs < Math.max(...sources);
  if (isOld) execFileSync(process.execPath, [join(root, 'scripts/build.js')], { stdio: 'inherit' });
  return join(root, 'bin/kharden.js');
}

function newest(path: string): number {
  const stat = statSync(path);
  return stat.isDirectory() ? Math.max(...readdirSync(path).map((name) => newest(join(path, name)))) : stat.mtimeMs;
}

/** Starts the program; `before` is an ES module that runs first, to put obstacles in its way. */
export function startKharden(args: readonly string[], before: string, options: RunOptions = {}): Outcome {
  const preload = `--import=data:text/javascript,${encodeURIComponent(before)}`;
  return spawn(process.execPath, [preload, program(), ...args], options);
}

/** Runs a script of bash in which `"$@"` is the program with its arguments. */
export function inShell(script: string, args: readonly string[], options: RunOptions = {}): Outcome {
  return spawn('bash', ['-c', script, 'bash', process.execPath, program(), ...args], options);
}

function spawn(command: string, args: readonly string[], { cwd, input = '', env }: RunOptions): Outcome {
  const settings = { cwd, input, env: { ...environment(), ...env }, encoding: 'utf8', maxBuffer: 1 << 28 } as const;
  const { status, stdout, stderr, error } = spawnSync(command, args, settings);
  if (error) throw error;
  return { status, stdout, stderr };
}

/** The environment without what would change colours, warnings or the report. */
export function environment(): NodeJS.ProcessEnv {
  const unwanted = /^(?:NO_COLOR|FORCE_COLOR|TERM|NODE_|KHARDEN_)/;
  const wanted = Object.entries(process.env).filter(([name]) => !unwanted.test(name));
  return { ...Object.fromEntries(wanted), XDG_CACHE_HOME: join(root, 'node_modules/.cache') };
}

/** Asserts all that came out of a run; `stderr` has its findings as `asLines` gives them. */
export function assertOutcome(actual: Outcome, status: number, stdout: string, stderr: string): void {
  assert.sameText(asLines(actual.stderr), stderr, 'stderr');
  assert.sameText(actual.stdout, stdout, 'stdout');
  assert.is(actual.status, status);
}

const HEAD = /^ {2}(?:(\d+:\d+) +)?(error|warning|info) {2}([\w-]+)$/;
const COUNT = /^kharden: (\d+) errors?$/;

/**
 * What a run says, with each finding in one line, `path:line:column id message`, as the report has it. The number of errors is
 * checked and left out.
 */
export function asLines(stderr: string): string {
  const lines = stderr.split('\n');
  const said: string[] = [];
  let path = '';
  let errors = 0;
  for (const [index, line] of lines.entries()) {
    const [, place, severity, id] = HEAD.exec(line) ?? [];
    const count = COUNT.exec(line);
    if (id !== undefined) {
      if (severity === 'error') errors++;
      said.push(`${path}${place === undefined ? ': ' : `:${place} `}${id}`);
    } else if (line.startsWith('      ') && said.length > 0 && !/^ +\d+ {2}/.test(line))
      said.push(`${said.pop()} ${line.slice(6)}`);
    else if (HEAD.test(lines[index + 1] ?? '')) path = line;
    else if (count) assert.is(Number(count[1]), errors);
    else said.push(line);
  }
  return said.join('\n');
}

/** A folder with files, as a real path; folders of the names are made. */
export function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'kharden-test-')));
  temporary.push(folder);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

/** A manifest to which `ONLY` adds two lines at the end; without a name of its own, because a Pod that has one cannot be changed in a cluster, which is reported. */
export function pod(name = 'web'): string {
  const container = `    - name: ${name}\n      image: busybox:1.36\n`;
  return `apiVersion: v1\nkind: Pod\nmetadata:\n  generateName: ${name}\nspec:\n  containers:\n${container}`;
}

const ADDED = ['      securityContext:', '        allowPrivilegeEscalation: false'];

/** What `ONLY` makes of `pod`. */
export function hardPod(name = 'web'): string {
  return `${pod(name)}${ADDED.join('\n')}\n`;
}

/** The diff between `pod` and `hardPod` in a file; the header shows `path` as it is given. */
export function podDiff(path: string, name = 'web'): string {
  const lines = ['   containers:', `     - name: ${name}`, '       image: busybox:1.36', ...ADDED.map((line) => `+${line}`)];
  return `--- a/${path}\n+++ b/${path}\n@@ -6,3 +6,5 @@\n${lines.join('\n')}\n`;
}

/**
 * The summary of a run with `ONLY`; each changed file gets one change. `changed` is how many files change, or their names when the
 * summary gives them.
 */
export function summary(
  files: number,
  workloads: number,
  mode: 'wrote' | 'would change',
  changed: number | readonly string[],
): string {
  const names = typeof changed === 'number' ? [] : changed;
  const total = typeof changed === 'number' ? changed : changed.length;
  const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;
  const lines = [
    ...names.map((name) => `${mode} ${name} (1 change)`),
    `kharden: ${count(files, 'file')}, ${count(workloads, 'workload')}; ${mode} ${count(total, 'file')} with ${count(total, 'change')}`,
    ...(total === 0 ? [] : [`${String(total).padStart(7)}  no-privilege-escalation`]),
    ...(workloads === 0 ? [] : [`Pod Security level: baseline ${workloads} -> ${workloads}`]),
    ...(total === 0 ? [] : WHY),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

const WHY = ['Why: --verbose gives the reason beside each change, kharden explain <id> what', 'may break and how to opt out.'];
