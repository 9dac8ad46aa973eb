/** A small registry over HTTP, for what a well-behaved one does not do: odd logins, redirects, rate limits, wrong bytes. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BuiltImage } from '../images.ts';

/** Answers a request before the registry does; true when it did. */
export type Hook = (request: IncomingMessage, response: ServerResponse, registry: TestRegistry) => boolean;

export interface TestRegistry {
  /** `localhost:41233`. */
  readonly host: string;
  /** The requests in their order: `GET /v2/shop/cart/manifests/1`. */
  readonly requests: { readonly line: string; readonly authorization: string | undefined }[];
  close(): Promise<void>;
}

/** Starts a registry that has images under names such as `shop/cart:1`. */
export async function startRegistry(
  images: Readonly<Record<string, BuiltImage>>,
  hook: Hook = () => false,
): Promise<TestRegistry> {
  const requests: TestRegistry['requests'][number][] = [];
  const server: Server = createServer((request, response) => {
    requests.push({ line: `${request.method} ${request.url}`, authorization: request.headers.authorization });
    if (!hook(request, response, registry)) answer(images, request.url ?? '', response);
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const registry: TestRegistry = {
    host: `localhost:${(server.address() as AddressInfo).port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return registry;
}

function answer(images: Readonly<Record<string, BuiltImage>>, url: string, response: ServerResponse): void {
  const [, repository = '', kind, reference = ''] = /^\/v2\/(.+)\/(manifests|blobs)\/([^/?]+)/.exec(url) ?? [];
  const own = Object.entries(images).filter(([name]) => name.startsWith(`${repository}:`));
  const digest = images[`${repository}:${reference}`]?.manifest ?? reference;
  const bytes = own.map(([, image]) => image.blobs.get(digest)).find((found) => found !== undefined);
  if (!bytes) {
    response.writeHead(404, { 'content-type': 'application/json' }).end('{"errors":[{"code":"MANIFEST_UNKNOWN"}]}');
    return;
  }
  const type = kind === 'manifests' ? 'application/vnd.oci.image.manifest.v1+json' : 'application/octet-stream';
  response.writeHead(200, { 'content-type': type, 'content-length': bytes.length }).end(bytes);
}

/** Refuses whoever does not send a header `Authorization`, with a challenge. */
export function wants(authorization: string, challenge: string): Hook {
  return (request, response) => {
    if (request.headers.authorization === authorization || !request.url?.startsWith('/v2/')) return false;
    response.writeHead(401, { 'www-authenticate': challenge }).end();
    return true;
  };
}
