/** Credentials in the files of Docker and of the containers tools, and the challenges that they answer. */
import { readChallenges } from '../../../src/learn/registry/challenge.ts';
import { placeOf, readHelperOutput, type Place } from '../../../src/learn/registry/credentials.ts';
import type { JsonObject } from '../../../src/util/json.ts';
import { assert, suite } from '../../harness.ts';

function auth(text: string): JsonObject {
  return { auth: Buffer.from(text).toString('base64') };
}

function login(user: string, secret: string): Place {
  return { kind: 'file', credentials: { user, secret } };
}

suite('learn/registry: credentials', (test) => {
  const FILES: readonly (readonly [name: string, file: JsonObject, image: [string, string], place: Place | undefined])[] = [
    ['a registry', { auths: { 'quay.io': auth('a:b:c') } }, ['quay.io', 'team/app'], login('a', 'b:c')],
    ['another registry', { auths: { 'quay.io': auth('a:b') } }, ['ghcr.io', 'team/app'], undefined],
    ['a port is part of the name', { auths: { localhost: auth('a:b') } }, ['localhost:5000', 'app'], undefined],
    ['Docker Hub', { auths: { 'https://index.docker.io/v1/': auth('a:b') } }, ['docker.io', 'library/nginx'], login('a', 'b')],
    ['Docker Hub as podman writes it', { auths: { 'docker.io': auth('a:b') } }, ['docker.io', 'library/nginx'], login('a', 'b')],
    [
      'the most exact key',
      { auths: { 'quay.io': auth('a:b'), 'quay.io/team': auth('c:d'), 'quay.io/team/app': auth('e:f') } },
      ['quay.io', 'team/app'],
      login('e', 'f'),
    ],
    ['a folder', { auths: { 'quay.io': auth('a:b'), 'quay.io/team': auth('c:d') } }, ['quay.io', 'team/other'], login('c', 'd')],
    [
      'an identity token',
      { auths: { 'x.azurecr.io': { ...auth('u:p'), identitytoken: 'T' } } },
      ['x.azurecr.io', 'app'],
      login('', 'T'),
    ],
    ['non-ASCII', { auths: { 'quay.io': auth('ä:ö') } }, ['quay.io', 'app'], login('ä', 'ö')],
    [
      'an empty entry, with a store',
      { auths: { 'quay.io': {} }, credsStore: 'pass' },
      ['quay.io', 'app'],
      { kind: 'helper', name: 'pass', server: 'quay.io' },
    ],
    [
      'a helper for the registry',
      { credHelpers: { 'gcr.io': 'gcloud' }, auths: { 'gcr.io': auth('a:b') } },
      ['gcr.io', 'app'],
      { kind: 'helper', name: 'gcloud', server: 'gcr.io' },
    ],
    [
      'a store for Docker Hub',
      { credsStore: 'desktop' },
      ['docker.io', 'library/x'],
      { kind: 'helper', name: 'desktop', server: 'https://index.docker.io/v1/' },
    ],
    ['a helper that is a path', { credsStore: '../../bin/evil' }, ['quay.io', 'app'], undefined],
    ['nonsense', { auths: { 'quay.io': { auth: '%%%' } } }, ['quay.io', 'app'], undefined],
    ['no colon', { auths: { 'quay.io': auth('ab') } }, ['quay.io', 'app'], undefined],
  ];
  for (const [name, file, [registry, repository], place] of FILES)
    test(name, () => assert.equal(placeOf(file, registry, repository), place));

  test('what helpers print', () => {
    assert.equal(readHelperOutput({ Username: 'a', Secret: 'b' }), { user: 'a', secret: 'b' });
    assert.equal(readHelperOutput({ Username: '<token>', Secret: 'b' }), { user: '', secret: 'b' });
    assert.is(readHelperOutput({ Username: 'a' }), undefined);
  });

  test('challenges', () => {
    const read = (header: string): unknown =>
      readChallenges(header).map(({ scheme, parameters }) => [scheme, Object.fromEntries(parameters)]);
    assert.equal(read('Bearer realm="https://a/t",service="a, b",scope="x:y:pull,push"'), [
      ['bearer', { realm: 'https://a/t', service: 'a, b', scope: 'x:y:pull,push' }],
    ]);
    assert.equal(read('Negotiate, basic realm=x, BEARER Realm = "q\\"q"'), [
      ['basic', { realm: 'x' }],
      ['bearer', { realm: 'q"q' }],
    ]);
    assert.equal(read(''), []);
  });
});
