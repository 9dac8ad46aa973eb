/** What whole processes take, side by side: in turns, so that a busy moment hits each alike, and as medians. Linux, with bash. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A process to measure. */
export interface Command {
  /** Run by bash; what it prints is dropped. */
  readonly shell: string;
  /** Runs before each round, unmeasured. */
  readonly prepare?: () => void;
}

/** The medians of one command. */
export interface Cost {
  /** User and system time of the process and its children, in seconds. */
  readonly cpu: number;
  /** In seconds. */
  readonly wall: number;
  /** The most memory that it held, in MB: `VmHWM` of its largest process, looked up every few milliseconds. */
  readonly memory: number;
}

/** What the commands cost, in `rounds` rounds after one that only warms up. A command that cannot be started is an error. */
export async function measure<Name extends string>(
  rounds: number,
  commands: Readonly<Record<Name, Command>>,
): Promise<Record<Name, Cost>> {
  const names = Object.keys(commands) as Name[];
  const costs = new Map<Name, Cost[]>(names.map((name) => [name, []]));
  for (let round = 0; round <= rounds; round++) {
    for (const name of names) {
      const { prepare, shell } = commands[name];
      prepare?.();
      const cost = await costOf(shell);
      if (round > 0) costs.get(name)?.push(cost);
    }
  }
  const medianOf = (name: Name, part: keyof Cost): number => median((costs.get(name) ?? []).map((cost) => cost[part]));
  return Object.fromEntries(
    names.map((name) => [name, { cpu: medianOf(name, 'cpu'), wall: medianOf(name, 'wall'), memory: medianOf(name, 'memory') }]),
  ) as Record<Name, Cost>;
}

const CANNOT_START = [126, 127];
const BETWEEN_LOOKS = 5;

/** Reading certificates would be a third of Node's start. */
const ENVIRONMENT = { ...process.env, NODE_EXTRA_CA_CERTS: '' };

function costOf(shell: string): Promise<Cost> {
  return new Promise((resolve, reject) => {
    const timed = `TIMEFORMAT='%R %U %S'; time { ${shell}; } >/dev/null 2>&1`;
    const child = spawn('bash', ['-c', timed], { env: ENVIRONMENT, stdio: ['ignore', 'ignore', 'pipe'] });
    let printed = '';
    let memory = 0;
    const look = setInterval(() => {
      for (const pid of descendants(child.pid)) memory = Math.max(memory, highWater(pid));
    }, BETWEEN_LOOKS);
    child.stderr.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => {
      clearInterval(look);
      if (CANNOT_START.includes(code ?? 0)) reject(new Error(`cannot run ${shell}`));
      const [wall = Number.NaN, user = Number.NaN, system = Number.NaN] = printed.trim().split(' ').map(Number);
      resolve({ cpu: user + system, wall, memory });
    });
  });
}

function descendants(pid: number | undefined): number[] {
  const children = textOf(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean).map(Number);
  return children.flatMap((child) => [child, ...descendants(child)]);
}

function highWater(pid: number): number {
  return Number(/VmHWM:\s+(\d+) kB/.exec(textOf(`/proc/${pid}/status`))?.[1] ?? 0) / 1000;
}

/** Empty for a process that has ended. */
function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function median(values: readonly number[]): number {
  return [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)] ?? Number.NaN;
}
