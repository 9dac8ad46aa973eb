/** What the integration tests share: the programs, the folders, and hardened copies of manifests. */
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
export const KHARDEN = join(PROJECT, 'bin/kharden.js');
/** Manifests to check; the project's own fixtures when no folder is given. */
export const CORPUS = resolve(process.argv[2] ?? join(PROJECT, 'test/fixtures'));
/** JSON schemas of the API server, undefined when no folder is given. */
export const SCHEMAS = process.argv[3] === undefined ? undefined : resolve(process.argv[3]);

export interface Outcome {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program of `.tools/bin`, or any other by its path. */
export function execute(
  program: string,
  args: readonly string[],
  options: { cwd?: string; input?: string; env?: NodeJS.ProcessEnv } = {},
): Outcome {
  const path = program.includes('/') ? program : join(PROJECT, '.tools/bin', program);
  const result = spawnSync(path, args, {
    cwd: options.cwd ?? PROJECT,
    encoding: 'utf8',
    maxBuffer: 1 << 30,
    env: { ...process.env, ...options.env },
    ...(options.input === undefined ? {} : { input: options.input }),
  });
  if (result.error) throw result.error;
  return { status: result.status ?? -1, stdout: result.stdout, stderr: result.stderr };
}

/** Runs the built program of this checkout. */
export function kharden(
  args: readonly string[],
  options: { cwd?: string; input?: string; env?: NodeJS.ProcessEnv } = {},
): Outcome {
  return execute(process.execPath, [KHARDEN, ...args], options);
}

const folders: string[] = [];
process.on('exit', () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A new empty folder that is gone when the tests end. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'kharden-test-'));
  folders.push(folder);
  return folder;
}

/** A writable copy of a folder. */
export function copyOf(folder: string): string {
  const copy = join(temporaryFolder(), 'copy');
  cpSync(folder, copy, { recursive: true });
  makeWritable(copy);
  return copy;
}

function makeWritable(path: string): void {
  const isFolder = statSync(path).isDirectory();
  chmodSync(path, isFolder ? 0o755 : 0o644);
  if (isFolder) for (const name of readdirSync(path)) makeWritable(join(path, name));
}

/** The JSON values that a program prints, one a line. */
export function jsonLines<T>(text: string): T[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T);
}
