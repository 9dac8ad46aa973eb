/** A user who has logged in at a registry that is not as it should be. After each run everything that it printed and wrote is searched for secrets. */
import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { assert } from '../harness.ts';
import { image, type BuiltImage } from '../learn/images.ts';
import { learnBeside, startProxy, type Hook, type Measured, type Proxy } from './learn-proxy.ts';
import { LOGIN, startRealRegistry } from './learn-registry.ts';
import { temporaryFolder } from './world.ts';

export const AUTH = Buffer.from(`${LOGIN.user}:${LOGIN.password}`).toString('base64');
export const SIGNATURE = 'X-Signature=5up3r53cr3t';
export const TOKEN = 'eyJ0b2tlbiI6IHRydWV9';
const SECRETS = [LOGIN.password, AUTH, SIGNATURE, TOKEN];
export const IMAGE = image([{ 'app/run': { mode: 0o755, content: 'x'.repeat(5000) } }], {
  config: { User: '1234', Cmd: ['/app/run'] },
  pack: (bytes) => bytes,
});
export const RESULT = 'kharden.images.yaml';

export interface World {
  /** The name of the image, at the proxy. */
  readonly name: string;
  readonly proxy: Proxy;
  readonly folder: string;
  /** An object store with the blobs of the registry, which has a login of its own; another host than the registry. */
  store(hook: Hook): Promise<Proxy>;
  learn(args?: readonly string[], env?: NodeJS.ProcessEnv): Promise<Measured>;
}

/** A registry that wants a login, with an image, and a proxy in front of it; the user has logged in at the proxy. */
export async function withWorld(hook: Hook, run: (world: World) => Promise<void>, pushed: BuiltImage = IMAGE): Promise<void> {
  const registry = await startRealRegistry({ wantsLogin: true });
  const proxy = await startProxy(registry.host, hook);
  const folder = temporaryFolder();
  const stores: Proxy[] = [];
  try {
    await registry.push('shop/cart', '1', pushed);
    writeFileSync(join(folder, 'config.json'), JSON.stringify({ auths: { [proxy.host]: { auth: AUTH } } }));
    const name = `${proxy.host}/shop/cart:1`;
    const learn: World['learn'] = async (args = [name], env = {}) => {
      const given = new Set(filesIn(folder));
      const outcome = await learnBeside(args, folder, env);
      const written = filesIn(folder).filter((path) => !given.has(path) || path.endsWith(RESULT));
      for (const text of [outcome.stdout, outcome.stderr, ...written.map((path) => readFileSync(path, 'utf8'))])
        for (const secret of SECRETS) assert.not.ok(text.includes(secret), `${secret} in what was printed or written`);
      return outcome;
    };
    const store: World['store'] = async (hookOfStore) => {
      const started = await startProxy(registry.host, hookOfStore, { name: '127.0.0.1', login: `Basic ${AUTH}` });
      stores.push(started);
      return started;
    };
    await run({ name, proxy, folder, store, learn });
  } finally {
    for (const server of [proxy, ...stores]) await server.close();
    await registry.stop();
  }
}

export function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true })
    .map((path) => join(folder, String(path)))
    .filter((path) => statSync(path).isFile());
}

/** Answers requests with a login whose path fits. */
export function answering(path: RegExp, answer: (response: ServerResponse, path: string) => void): Hook {
  return ({ url = '', headers }, response) => {
    if (!path.test(url) || headers.authorization === undefined) return false;
    answer(response, url);
    return true;
  };
}

/** The one line that a run printed that failed. */
export function failure({ status, stderr }: Measured): string {
  assert.is(status, 2, stderr);
  assert.is(stderr.trimEnd().split('\n').length, 1, stderr);
  return stderr.trimEnd();
}
