/** Pulls images of a small registry, as the program does. */
import { parseImageReference } from '../../../src/kubernetes/image-reference.ts';
import { openImage } from '../../../src/learn/image/image.ts';
import { readLayers } from '../../../src/learn/image/layers.ts';
import type { Credentials } from '../../../src/learn/registry/credentials.ts';
import { registryStore, type RegistryContext } from '../../../src/learn/registry/registry.ts';
import { image, messageOf, type BuiltImage } from '../images.ts';
import { startRegistry, wants, type Hook, type TestRegistry } from './server.ts';

/** A password that must be in no message. */
export const SECRET = 'hunter2-secret';
export const LOGIN: Credentials = { user: 'ann', secret: SECRET };
export const BASIC = `Basic ${Buffer.from(`ann:${SECRET}`).toString('base64')}`;
export const APP = image([{ 'app/run': { uid: 7, content: 'x'.repeat(3000) } }], { config: { User: '7' } });
export const CART: Readonly<Record<string, BuiltImage>> = { 'shop/cart:1': APP };

export interface Asked {
  readonly name?: string;
  readonly credentials?: Credentials;
  readonly waits?: number[];
}

/** Reads an image of a registry whole; gives the user of a file in it. */
export async function pull(
  { host }: TestRegistry,
  { name = 'shop/cart:1', credentials, waits = [] }: Asked = {},
): Promise<number | undefined> {
  const reference = parseImageReference(`${host}/${name}`);
  if (!reference) throw new Error(name);
  const context: RegistryContext = {
    fetch: globalThis.fetch,
    sleep: async (milliseconds) => void waits.push(milliseconds),
    now: () => Date.parse('2026-11-29T10:00:00Z'),
    credentials: async () => credentials,
    plainHttp: true,
  };
  const found = await openImage(registryStore(reference, context), 'linux/amd64');
  return (await readLayers(found.layers)).find('/app/run')?.node.uid;
}

/** Runs with a registry that is gone afterwards. */
export async function withRegistry<T>(
  run: (registry: TestRegistry) => Promise<T>,
  hook?: Hook,
  images: Readonly<Record<string, BuiltImage>> = CART,
): Promise<T> {
  const registry = await startRegistry(images, hook);
  try {
    return await run(registry);
  } finally {
    await registry.close();
  }
}

/** The message with which reading an image fails; the host stands for its port. */
export function failure(hook?: Hook, asked: Asked = {}, images?: Readonly<Record<string, BuiltImage>>): Promise<string> {
  return withRegistry(
    async (registry) => (await messageOf(() => pull(registry, asked))).replaceAll(registry.host, 'HOST'),
    hook,
    images,
  );
}

/** Gives tokens at `/token` to whoever sends `expected`, and wants the token elsewhere. */
export function tokenService(expected: string | undefined): Hook {
  return (request, response, { host }) => {
    if (request.url?.startsWith('/token')) {
      const isRight = request.headers.authorization === expected;
      response.writeHead(isRight ? 200 : 401).end(JSON.stringify({ token: 'T' }));
      return true;
    }
    const challenge = `Bearer realm="http://${host}/token",service="test, really",scope="repository:shop/cart:pull"`;
    return wants('Bearer T', challenge)(request, response, registryOf(host));
  };
}

/** A registry that is known by its host alone. */
export function registryOf(host: string): TestRegistry {
  return { host, requests: [], close: async () => {} };
}
