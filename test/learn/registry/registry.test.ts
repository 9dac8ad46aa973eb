/** Registries that are asked as the OCI distribution-spec says. */
import { assert, suite } from '../../harness.ts';
import { image, index } from '../images.ts';
import { APP, BASIC, CART, LOGIN, pull, SECRET, tokenService, withRegistry } from './pull.ts';
import { startRegistry, wants, type Hook } from './server.ts';

suite('learn/registry: images and logins', (test) => {
  test('an image without a login, one request for each of its parts', () =>
    withRegistry(async (registry) => {
      assert.is(await pull(registry), 7);
      assert.equal(
        registry.requests.map(({ line }) => line.replace(/sha256:\w+/, 'D')),
        ['GET /v2/shop/cart/manifests/1', 'GET /v2/shop/cart/blobs/D', 'GET /v2/shop/cart/blobs/D'],
      );
    }));

  test('by digest, and from an index', () =>
    withRegistry(
      async (registry) => {
        assert.is(await pull(registry, { name: `shop/cart@${APP.manifest}` }), 7);
        assert.is(await pull(registry, { name: 'shop/both:1' }), 7);
      },
      undefined,
      { ...CART, 'shop/both:1': index({ 'linux/arm64': image([{}]), 'linux/amd64': APP }) },
    ));

  test('Basic', () =>
    withRegistry(
      async (registry) => {
        assert.is(await pull(registry, { credentials: LOGIN }), 7);
        assert.equal(registry.requests.filter(({ authorization }) => authorization === undefined).length, 1);
      },
      wants(BASIC, 'Basic realm="x"'),
    ));

  test('a token, without a login and with one', async () => {
    await withRegistry(async (registry) => {
      assert.is(await pull(registry), 7);
      const asked = registry.requests.find(({ line }) => line.includes('/token'));
      assert.is(asked?.line, 'GET /token?service=test%2C+really&scope=repository%3Ashop%2Fcart%3Apull');
    }, tokenService(undefined));
    await withRegistry(async (registry) => assert.is(await pull(registry, { credentials: LOGIN }), 7), tokenService(BASIC));
  });

  test('an identity token is changed for a token', () => {
    let form = '';
    const hook: Hook = (request, response, registry) => {
      if (request.method !== 'POST') return tokenService('never')(request, response, registry);
      request.on('data', (piece) => (form += String(piece)));
      request.on('end', () => response.end(JSON.stringify({ access_token: 'T' })));
      return true;
    };
    return withRegistry(async (registry) => {
      assert.is(await pull(registry, { credentials: { user: '', secret: SECRET } }), 7);
      assert.is(new URLSearchParams(form).get('refresh_token'), SECRET);
      assert.is(new URLSearchParams(form).get('grant_type'), 'refresh_token');
    }, hook);
  });

  test('credentials go to no other host', async () => {
    const other = await startRegistry(CART);
    const hook: Hook = (request, response, registry) => {
      if (request.headers.authorization && request.url?.includes('/blobs/')) {
        response.writeHead(307, { location: `http://${other.host}${request.url}?signature=${SECRET}` }).end();
        return true;
      }
      return wants(BASIC, 'Basic realm="x"')(request, response, registry);
    };
    await withRegistry(async (registry) => assert.is(await pull(registry, { credentials: LOGIN }), 7), hook);
    assert.equal(other.requests.length, 2);
    assert.ok(other.requests.every(({ authorization }) => authorization === undefined));
    await other.close();
  });

  test('it waits for as long as it is asked to', async () => {
    const answers = ['3', 'Sun, 29 Nov 2026 10:00:05 GMT', undefined];
    let tries = 0;
    const hook: Hook = (_request, response) => {
      if (tries === answers.length) return false;
      const after = answers[tries++];
      response.writeHead(tries === 3 ? 503 : 429, after === undefined ? {} : { 'retry-after': after }).end();
      return true;
    };
    const waits: number[] = [];
    await withRegistry(async (registry) => assert.is(await pull(registry, { waits }), 7), hook);
    assert.equal(waits, [3000, 5000, 4000]);
  });
});
