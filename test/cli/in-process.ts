/**
 * Runs the command line from its sources inside this process. It sees the folder, the streams and the environment of a run of its
 * own, and this process has its own again afterwards. Starting the program takes ten times as long.
 */
import { Readable } from 'node:stream';
import { run } from '../../src/cli/run.ts';
import type { Formats } from '../../src/report/formats/index.ts';
import { environment, type Outcome, type RunOptions } from './program.ts';

export interface InProcessOptions extends RunOptions {
  /** True for streams that are a terminal; stdin is none when it has an `input`. */
  readonly isTerminal?: boolean;
  /** The formats that it knows, its own by default. */
  readonly formats?: Formats;
}

let isRunning = false;

/** Runs the program with its arguments, on no input unless `input` is given. */
export async function kharden(args: readonly string[], options: InProcessOptions = {}): Promise<Outcome> {
  const { cwd = process.cwd(), input, env = {}, isTerminal = false, formats } = options;
  if (isRunning) throw new Error('one run at a time: await each');
  isRunning = true;
  const stdout = collector(isTerminal);
  const stderr = collector(isTerminal);
  const stdin = Object.assign(Readable.from(input ? [Buffer.from(input)] : []), { isTTY: isTerminal && input === undefined });
  const restore = withValues({ stdin, stdout, stderr, env: { ...environment(), ...env } });
  const folder = process.cwd();
  try {
    process.chdir(cwd);
    const status = await run(args, formats);
    return { status, stdout: stdout.text(), stderr: stderr.text() };
  } finally {
    process.chdir(folder);
    restore();
    isRunning = false;
  }
}

/** What the program needs of a stream to print on. */
function collector(isTTY: boolean): { isTTY: boolean; write(part: string): boolean; text(): string } {
  const parts: string[] = [];
  return { isTTY, write: (part) => parts.push(part) > 0, text: () => parts.join('') };
}

/** Gives properties of `process` other values; the function that it returns brings the old ones back. */
function withValues(values: Readonly<Record<string, unknown>>): () => void {
  const names = Object.keys(values);
  const before = names.map((name) => Object.getOwnPropertyDescriptor(process, name) ?? {});
  for (const name of names) Object.defineProperty(process, name, { configurable: true, writable: true, value: values[name] });
  return () => names.forEach((name, index) => Object.defineProperty(process, name, before[index] ?? {}));
}
