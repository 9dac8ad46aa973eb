/** Streams that do not wait: what is not there yet is read when it is, and what finds no room is written when there is. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as after } from 'node:timers/promises';
import { assert, suite } from '../harness.ts';
import { environment, folderWith, hardPod, ONLY, pod, program, startKharden } from './program.ts';

const QUIET = [...ONLY, '--quiet'] as const;
const COUNT = 4000;
const PODS = `${pod()}---\n`.repeat(COUNT);
const HARD_PODS = `${hardPod()}---\n`.repeat(COUNT);

/** Two ends of a connection that both do not wait. */
async function pair(): Promise<readonly [Socket, Socket]> {
  const path = join(folderWith({}), 'socket');
  const server = createServer().listen(path);
  await once(server, 'listening');
  const accepted = once(server, 'connection') as Promise<[Socket]>;
  const near = connect(path);
  const [far] = await accepted;
  if (near.connecting) await once(near, 'connect');
  server.close();
  return [near, far];
}

/** Starts the program in bash with a third stream; libuv would make one of the first three wait. */
function start(script: string, third: Socket) {
  const args = ['-c', script, 'bash', process.execPath, program(), ...QUIET];
  return spawn('bash', args, { stdio: ['pipe', 'pipe', 'inherit', third], env: environment() });
}

async function textOf(stream: Readable | null): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream ?? []) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

suite('cli/plain-streams', (test) => {
  test('stdout that takes a part at a time gets all', async () => {
    const [near, far] = await pair();
    const child = start('"$@" >&3', near);
    near.destroy();
    child.stdin?.end(PODS);
    await once(far, 'readable');
    await after(300);
    assert.is(await textOf(far), HARD_PODS);
    if (child.exitCode === null) await once(child, 'exit');
    assert.is(child.exitCode, 0);
  });

  test('whoever needs more of a stream, as the console does, gets it from Node', () => {
    const before = 'const { exit } = process; process.exit = () => { console.error("from the console"); exit.call(process) };';
    const { status, stdout, stderr } = startKharden(QUIET, before, { input: pod() });
    assert.is(stderr, 'from the console\n');
    assert.is(stdout, hardPod());
    assert.is(status, 0);
  });

  test('stdin that comes late and in parts is read whole', async () => {
    const [near, far] = await pair();
    const child = start('"$@" <&3', near);
    near.destroy();
    const output = textOf(child.stdout);
    await after(300);
    far.write(PODS.slice(0, 100_000));
    await after(300);
    far.end(PODS.slice(100_000));
    assert.is(await output, HARD_PODS);
  });
});
