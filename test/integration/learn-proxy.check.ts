/**
 * `kharden learn` and registries as they are elsewhere, over the real one: blobs in an object store, rate limits, bytes that are changed on
 * the way, logins of helpers.
 */
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { assert, suite } from '../harness.ts';
import { index } from '../learn/images.ts';
import type { Hook, Proxy } from './learn-proxy.ts';
import { LOGIN } from './learn-registry.ts';
import { answering, AUTH, failure, filesIn, IMAGE, RESULT, SIGNATURE, TOKEN, withWorld } from './learn-world.ts';

const PASS: Hook = () => false;

suite('learn: an object store behind the registry', (test) => {
  test('blobs are redirected to another host, which gets no login', async () => {
    let store: Proxy | undefined;
    const redirect = answering(/\/blobs\//, (response, path) => {
      response.writeHead(307, { location: `http://${store?.host}${path}?${SIGNATURE}` }).end();
    });
    await withWorld(redirect, async ({ folder, learn, store: start }) => {
      store = await start(PASS);
      const { status, stderr } = await learn();
      assert.is(status, 0, stderr);
      assert.match(readFileSync(join(folder, RESULT), 'utf8'), /uid: 1234/);
      assert.is(store.requests.length, 2);
      assert.ok(store.requests.every(({ path, authorization }) => path.includes(SIGNATURE) && authorization === undefined));
    });
  });

  test('a store that refuses, and repeats what it was asked', async () => {
    let store: Proxy | undefined;
    const redirect = answering(/\/blobs\//, (response, path) => {
      response.writeHead(302, { location: `http://${store?.host}${path}?${SIGNATURE}` }).end();
    });
    await withWorld(redirect, async ({ learn, store: start }) => {
      const refuse: Hook = ({ url }, response) => {
        response.writeHead(403, { 'x-asked': url }).end(`<Error>${url}</Error>`);
        return true;
      };
      store = await start(refuse);
      assert.match(failure(await learn()), /does not give .* \(status 403\)/);
    });
  });
});

suite('learn: a registry with a rate limit', (test) => {
  test('it waits for the seconds and until the date that it is told, and no longer', async () => {
    const told: string[] = ['1', ''];
    const limit: Hook = ({ headers }, response) => {
      if (headers.authorization === undefined || told.length === 0) return false;
      const after = told.shift() || new Date(Date.now() + 2000).toUTCString();
      response.writeHead(429, { 'retry-after': after }).end();
      return true;
    };
    await withWorld(limit, async ({ proxy, learn }) => {
      assert.is((await learn()).status, 0);
      const times = proxy.requests.filter(({ authorization }) => authorization !== undefined).map(({ at }) => at);
      const [first = 0, second = 0, third = 0] = times;
      assert.ok(second - first >= 1000 && second - first < 20_000, `${second - first} ms`);
      // A date has no parts of a second.
      assert.ok(third - second >= 900 && third - second < 20_000, `${third - second} ms`);
    });
  });

  test('an hour is too long, and five times are enough', async () => {
    let after = '3600';
    const limit = answering(/./, (response) => response.writeHead(429, { 'retry-after': after }).end(TOKEN));
    await withWorld(limit, async ({ proxy, learn }) => {
      assert.match(
        failure(await learn()),
        /takes no more requests for now \(status 429\); it asks to wait 3600 s: log in, or run again/,
      );
      const before = proxy.requests.length;
      after = '0';
      assert.match(failure(await learn()), /takes no more requests for now \(status 429\): log in, or run again later/);
      assert.is(proxy.requests.slice(before).filter(({ authorization }) => authorization !== undefined).length, 5);
    });
  });
});

suite('learn: what is changed on the way', (test) => {
  const replacing = (path: RegExp, bytes: Uint8Array, type = 'application/octet-stream'): Hook =>
    answering(path, (response) => response.writeHead(200, { 'content-type': type }).end(bytes));
  const [layer = '', bytes = new Uint8Array()] = [...IMAGE.blobs].find(([, one]) => one.length > 5000) ?? [];
  const manifest = IMAGE.blobs.get(IMAGE.manifest) ?? new Uint8Array();
  const TYPE = 'application/vnd.oci.image.manifest.v1+json';

  test('a layer with other bytes, with more, and with fewer', async () => {
    for (const [changed, message] of [
      [Buffer.from(bytes).fill(65, 1600, 1700), /is not what its digest sha256:/],
      [Buffer.concat([bytes, bytes]), /is longer than its \d+ bytes/],
      [bytes.subarray(0, 1000), /is cut off/],
    ] as const)
      await withWorld(replacing(new RegExp(layer), changed), async ({ folder, learn }) => {
        assert.match(failure(await learn()), message);
        assert.not.ok(filesIn(folder).some((path) => path.endsWith(RESULT)));
      });
  });

  test('a manifest of another digest, by its digest and by an index', async () => {
    const other = Buffer.from(`${Buffer.from(manifest).toString()} `);
    const changed = replacing(new RegExp(`manifests/${IMAGE.manifest}`), other, TYPE);
    await withWorld(changed, async ({ proxy, learn }) => {
      const line = failure(await learn([`${proxy.host}/shop/cart@${IMAGE.manifest}`]));
      assert.match(line, /the manifest of .* is not what its digest sha256:/);
    });
    await withWorld(
      changed,
      async ({ learn }) => assert.match(failure(await learn()), /the manifest of .* is not what its digest sha256:/),
      index({ 'linux/amd64': IMAGE }),
    );
  });
});

suite('learn: logins', (test) => {
  test('of a helper, of a service for tokens, and refused ones are found nowhere', async () => {
    const challenge = (host: string): string => `Bearer realm="http://${host}/token",service="s"`;
    const tokens: Hook = ({ url = '', headers }, response) => {
      const { host = '', authorization } = headers;
      if (url.startsWith('/token')) {
        const isKnown = authorization === `Basic ${AUTH}`;
        response.writeHead(isKnown ? 200 : 401).end(JSON.stringify(isKnown ? { token: TOKEN } : { authorization, TOKEN }));
      } else if (authorization !== `Bearer ${TOKEN}`) response.writeHead(401, { 'www-authenticate': challenge(host) }).end();
      else {
        // What the registry itself wants is its Basic login.
        headers.authorization = `Basic ${AUTH}`;
        return false;
      }
      return true;
    };
    await withWorld(tokens, async ({ proxy, folder, learn, name }) => {
      const bin = join(folder, 'bin');
      mkdirSync(bin);
      const helper = join(bin, 'docker-credential-test');
      const answer = (secret: string): void => {
        const printed = JSON.stringify({ ServerURL: proxy.host, Username: LOGIN.user, Secret: secret });
        writeFileSync(helper, `#!/bin/sh\necho '${printed}'\necho '${printed}' >&2\n`);
        chmodSync(helper, 0o755);
      };
      writeFileSync(join(folder, 'config.json'), JSON.stringify({ credHelpers: { [proxy.host]: 'test' } }));
      const path = { PATH: `${bin}:${process.env['PATH']}` };
      answer(LOGIN.password);
      const learned = await learn([name, '--verbose'], path);
      assert.is(learned.status, 0, learned.stderr);
      assert.ok(proxy.requests.some(({ authorization }) => authorization === `Bearer ${TOKEN}`));
      answer(`${LOGIN.password}!`);
      assert.match(failure(await learn([name], path)), /refuses the login for shop\/cart \(status 401\)/);
    });
  });
});
