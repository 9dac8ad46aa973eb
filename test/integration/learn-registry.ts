/** The real registry of the distribution project, started for a test, and images pushed into it by its own API. */
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { BuiltImage } from '../learn/images.ts';
import { run } from './learn-build.ts';
import { PROJECT, temporaryFolder } from './world.ts';

/** The login of a registry that wants one. */
export const LOGIN = { user: 'ann', password: 'correct horse' };
/** bcrypt of the password, the only kind that the registry takes. */
const HASH = '$2b$05$abcdefghijklmnopqrstuuHNbAKRhpaujgo33bRWs.NLUTJO3lOy2';

export interface RealRegistry {
  /** `localhost:41233`. */
  readonly host: string;
  /** Where it keeps its blobs. */
  readonly storage: string;
  /** The certificate of the authority that signed its own; undefined for one that speaks http. */
  readonly authority: string | undefined;
  push(name: string, tag: string, image: BuiltImage): Promise<void>;
  stop(): Promise<void>;
}

export interface RegistryOptions {
  readonly hasTls?: boolean;
  readonly wantsLogin?: boolean;
}

/** Starts a registry, and waits until it answers. */
export async function startRealRegistry({ hasTls = false, wantsLogin = false }: RegistryOptions = {}): Promise<RealRegistry> {
  const folder = temporaryFolder();
  const storage = join(folder, 'storage');
  mkdirSync(storage);
  const port = await freePort();
  const tls = hasTls ? certificates(folder) : undefined;
  writeFileSync(join(folder, 'htpasswd'), `${LOGIN.user}:${HASH}\n`);
  writeFileSync(
    join(folder, 'config.json'),
    JSON.stringify({
      version: 0.1,
      log: { level: 'error' },
      storage: { filesystem: { rootdirectory: storage } },
      http: { addr: `localhost:${port}`, secret: 'x', ...(tls && { tls: { certificate: tls.certificate, key: tls.key } }) },
      ...(wantsLogin && { auth: { htpasswd: { realm: 'test', path: join(folder, 'htpasswd') } } }),
    }),
  );
  const program = spawn(join(PROJECT, '.tools/bin/registry'), ['serve', join(folder, 'config.json')], {
    stdio: 'ignore',
    env: { ...process.env, OTEL_TRACES_EXPORTER: 'none' },
  });
  const ended = new Promise<void>((resolve) => program.on('close', () => resolve()));
  await answers(port, program);
  const host = `localhost:${port}`;
  const login = wantsLogin ? ['-u', `${LOGIN.user}:${LOGIN.password}`] : [];
  const curl = ['-sS', '--fail-with-body', ...login, ...(tls ? ['--cacert', tls.authority] : [])];
  const base = `${hasTls ? 'https' : 'http'}://${host}/v2`;
  return {
    host,
    storage,
    authority: tls?.authority,
    push: async (name, tag, image) => push(`${base}/${name}`, tag, image, curl, folder),
    stop: async () => {
      program.kill();
      await ended;
    },
  };
}

/** OCI distribution-spec, "Pushing a blob monolithically" and "Pushing Manifests". */
function push(url: string, tag: string, { blobs, manifest }: BuiltImage, curl: readonly string[], folder: string): void {
  const file = join(folder, 'blob');
  for (const [digest, bytes] of blobs) {
    writeFileSync(file, bytes);
    const type = mediaType(bytes);
    if (type !== undefined) continue;
    const started = run(
      'curl',
      [...curl, '-X', 'POST', '-D', '-', '-o', '/dev/null', `${url}/blobs/uploads/`],
      folder,
    ).toString();
    const place = /^location: *(\S+)/im.exec(started)?.[1] ?? '';
    const target = `${place}${place.includes('?') ? '&' : '?'}digest=${encodeURIComponent(digest)}`;
    run(
      'curl',
      [...curl, '-X', 'PUT', '-H', 'content-type: application/octet-stream', '--data-binary', `@${file}`, target],
      folder,
    );
  }
  const last = [...blobs]
    .filter(([, bytes]) => mediaType(bytes) !== undefined)
    .sort(([digest]) => (digest === manifest ? 1 : -1));
  for (const [digest, bytes] of last) {
    writeFileSync(file, bytes);
    const target = `${url}/manifests/${digest === manifest ? tag : digest}`;
    run('curl', [...curl, '-X', 'PUT', '-H', `content-type: ${mediaType(bytes)}`, '--data-binary', `@${file}`, target], folder);
  }
}

/** Of a manifest or an index; undefined for a blob. */
function mediaType(bytes: Uint8Array): string | undefined {
  const text = bytes[0] === 0x7b ? Buffer.from(bytes).toString() : '{}';
  return (JSON.parse(text) as { mediaType?: string }).mediaType;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function answers(port: number, program: ReturnType<typeof spawn>): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if (program.exitCode !== null) throw new Error(`the registry ended with ${program.exitCode}`);
    const socket = spawn('bash', ['-c', `exec 3<>/dev/tcp/localhost/${port}`], { stdio: 'ignore' });
    if ((await new Promise((resolve) => socket.on('close', resolve))) === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('the registry does not answer');
}

/** A certificate for localhost, signed by an authority of our own. */
function certificates(folder: string): { authority: string; certificate: string; key: string } {
  const openssl = (...args: string[]): Buffer => run('openssl', args, folder);
  openssl(
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-days',
    '1',
    '-subj',
    '/CN=test authority',
    '-keyout',
    'ca.key',
    '-out',
    'ca.crt',
  );
  openssl('req', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=localhost', '-keyout', 'tls.key', '-out', 'tls.csr');
  writeFileSync(join(folder, 'names'), 'subjectAltName=DNS:localhost\n');
  openssl(
    'x509',
    '-req',
    '-in',
    'tls.csr',
    '-CA',
    'ca.crt',
    '-CAkey',
    'ca.key',
    '-CAcreateserial',
    '-days',
    '1',
    '-extfile',
    'names',
    '-out',
    'tls.crt',
  );
  return { authority: join(folder, 'ca.crt'), certificate: join(folder, 'tls.crt'), key: join(folder, 'tls.key') };
}
