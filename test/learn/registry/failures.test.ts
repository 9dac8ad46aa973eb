/** What becomes of registries that answer otherwise than they should: one line each, without the secrets that they were sent or that they send. */
import { assert, suite } from '../../harness.ts';
import { image, messageOf } from '../images.ts';
import { APP, BASIC, failure, LOGIN, pull, registryOf, SECRET, tokenService, type Asked } from './pull.ts';
import { startRegistry, wants, type Hook } from './server.ts';

suite('learn/registry: failures', (test) => {
  const status =
    (code: number, headers: Record<string, string> = {}): Hook =>
    (_request, response) => {
      response.writeHead(code, headers).end(`{"errors":[{"message":"${SECRET}"}]}`);
      return true;
    };
  const answers =
    (body: string, headers: Record<string, string> = {}): Hook =>
    (_request, response) => {
      response.writeHead(200, headers).end(body);
      return true;
    };
  const onBlob =
    (change: (response: Parameters<Hook>[1]) => void): Hook =>
    (request, response) => {
      if (!request.url?.includes('/blobs/') || request.url.includes(CONFIG)) return false;
      change(response);
      return true;
    };
  const [, CONFIG = ''] = [...APP.blobs.keys()];
  const to = (location: string): Hook => status(302, { location });

  const FAILURES: readonly (readonly [name: string, hook: Hook | undefined, asked: Asked, message: RegExp])[] = [
    ['no such image', undefined, { name: 'shop/gone:1' }, /^there is no image HOST\/shop\/gone:1: check its name$/],
    ['no such tag', undefined, { name: 'shop/cart:9' }, /^there is no image HOST\/shop\/cart:9: check its name$/],
    [
      'a login is wanted',
      wants(BASIC, 'Basic realm="x"'),
      {},
      /^HOST wants a login for shop\/cart, and there is none \(status 401\): log in/,
    ],
    [
      'the login is refused',
      wants('other', 'Basic realm="x"'),
      { credentials: LOGIN },
      /^HOST refuses the login for shop\/cart \(status 401\): log in again/,
    ],
    [
      'the token is refused',
      tokenService('other'),
      { credentials: LOGIN },
      /^HOST refuses the login for shop\/cart \(status 401\)/,
    ],
    ['a token from nowhere', wants('x', 'Bearer service="x"'), {}, /^HOST does not say where its tokens come from$/],
    ['a challenge of another kind', wants('x', 'Negotiate'), { credentials: LOGIN }, /^HOST refuses the login/],
    ['no right', status(403), {}, /^HOST does not give the manifest of HOST\/shop\/cart:1 \(status 403\)$/],
    ['a broken registry', status(500), {}, /^HOST does not give the manifest of HOST\/shop\/cart:1 \(status 500\)$/],
    ['one that is down', status(503), {}, /^HOST is not able to answer \(status 503\): run again later$/],
    [
      'one that wants an hour',
      status(429, { 'retry-after': '3600' }),
      {},
      /^HOST takes no more requests for now \(status 429\); it asks to wait 3600 s: log in/,
    ],
    [
      'redirects without end',
      (request, response, { host }) => to(`http://${host}${request.url}`)(request, response, registryOf(host)),
      {},
      /^HOST redirects more than 5 times$/,
    ],
    ['a redirect to a file', to('file:///etc/passwd'), {}, /^HOST redirects to nowhere$/],
    [
      'a manifest of another type',
      answers('{}', { 'content-type': 'text/html' }),
      {},
      /^HOST\/shop\/cart:1 has a manifest of the unknown type text\/html$/,
    ],
    ['a manifest that is no JSON', answers('<html>'), {}, /^the manifest of HOST\/shop\/cart:1 is no JSON object$/],
    [
      'an endless manifest',
      answers('x'.repeat(5 * 2 ** 20)),
      {},
      /^the manifest of HOST\/shop\/cart:1 has more than 4194304 bytes$/,
    ],
    [
      'a layer that is gone',
      onBlob((response) => response.writeHead(404).end()),
      {},
      /^HOST lacks sha256:\w+ of HOST\/shop\/cart:1$/,
    ],
    [
      'a layer that breaks off',
      onBlob((response) => {
        response.writeHead(200, { 'content-length': '1000' });
        response.write('x'.repeat(10));
        setTimeout(() => response.destroy(), 20);
      }),
      {},
      /^sha256:\w+ of HOST\/shop\/cart:1: the connection to HOST broke off.*: run again$/,
    ],
    [
      'a layer that is shorter',
      onBlob((response) => response.writeHead(200).end()),
      {},
      /layer sha256:\w+ is cut off: 0 of \d+ bytes$/,
    ],
  ];
  for (const [name, hook, asked, message] of FAILURES) {
    test(name, async () => {
      const found = await failure(hook, asked);
      assert.match(found, message);
      assert.not.match(found, new RegExp(SECRET));
    });
  }

  test('a layer that was changed', async () => {
    const plain = image([{ 'app/run': { content: 'good' } }], { pack: (bytes) => bytes });
    const [layer = ''] = [...plain.blobs].filter(([, bytes]) => bytes.length >= 2048).map(([digest]) => digest);
    const bytes = plain.blobs.get(layer) ?? new Uint8Array();
    const blobs = new Map([...plain.blobs, [layer, bytes.with(512, 66)] as const]);
    assert.match(await failure(undefined, {}, { 'shop/cart:1': { ...plain, blobs } }), /layer sha256:\w+ is not what its digest/);
  });

  test('a manifest that is not what its digest says', async () => {
    const blobs = new Map([...APP.blobs, [APP.manifest, new TextEncoder().encode('{}')] as const]);
    const images = { 'shop/cart:1': { ...APP, blobs } };
    assert.match(
      await failure(undefined, { name: `shop/cart@${APP.manifest}` }, images),
      /^the manifest of HOST.* is not what its digest/,
    );
  });

  test('nobody there', async () => {
    const gone = await startRegistry({});
    await gone.close();
    assert.is(await messageOf(() => pull(gone)), `nothing answers at ${gone.host}: check the name and the port`);
    const unknown = await messageOf(() => pull(registryOf('registry.invalid')));
    assert.match(unknown, /^(?:there is no registry at|the name) registry\.invalid/);
  });
});
