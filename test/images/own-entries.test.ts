/** What users say about images, by names that may lead through a mirror. */
import { canonicalName, createImageLookup, writablePathsOf } from '../../src/images/index.ts';
import { parseImageReference, type ImageReference } from '../../src/kubernetes/image-reference.ts';
import { assert, suite } from '../harness.ts';

suite('image lookup: entries of the user', (test) => {
  const reference = (image: string): ImageReference => {
    const parsed = parseImageReference(image);
    if (!parsed) throw new Error(image);
    return parsed;
  };
  const lookup = createImageLookup(
    [
      { match: ['shop/api'], tags: ['*-debug'], nonRoot: 'impossible' },
      { match: ['shop/*'], user: { uid: 2000, gid: 2000 }, writable: [{ path: '/cache' }] },
      { match: ['nginx'], user: { uid: 5000 } },
      { match: ['*/tools/*'], needs: ['config'] },
    ],
    ['registry.local/hub'],
  );

  test('come first, and are written like images are', () => {
    assert.is(lookup(reference('nginx:1.27'))?.user.uid, 5000);
    assert.is(lookup(reference('registry.local/hub/nginx'))?.user.uid, 5000);
    assert.is(lookup(reference('redis'))?.user.uid, 999);
  });

  test('a glob of a folder named library means what lies there, not the official images', () => {
    const harbor = createImageLookup([{ match: ['harbor.local/library/*'], user: { uid: 3000 } }]);
    assert.is(harbor(reference('harbor.local/library/nginx'))?.user.uid, 3000);
    assert.is(harbor(reference('harbor.local/library/shop'))?.user.uid, 3000);
    assert.is(harbor(reference('nginx'))?.user.uid, 101);
    assert.equal(writablePathsOf({ 'harbor.local/library/*': ['/a'] })('harbor.local/library/nginx'), ['/a']);
  });

  test('the first that fits decides, tags included', () => {
    assert.is(lookup(reference('shop/api:1-debug'))?.nonRoot, 'impossible');
    assert.is(lookup(reference('shop/api:1'))?.user.uid, 2000);
    assert.is(lookup(reference('docker.io/shop/web'))?.user.uid, 2000);
  });

  test('a glob that begins with a wildcard fits every registry', () => {
    assert.equal(lookup(reference('example.com/tools/x'))?.needs, ['config']);
    assert.is(lookup(reference('example.com/other/x')), undefined);
  });

  test('what they leave out is filled in, or stays open', () => {
    const known = lookup(reference('shop/web'));
    assert.is(known?.id, 'docker.io/shop/*');
    assert.is(known?.nonRoot, 'works');
    assert.is(known?.readOnlyRootFilesystem, 'works');
    assert.is(known?.confidence, 'high');
    assert.equal(known?.doNotMount, []);
    assert.is(lookup(reference('example.com/tools/x'))?.nonRoot, undefined);
  });

  test('a mirror may be named in them, as in images', () => {
    const mirrors = ['registry.local/dockerhub'];
    const mirrored = createImageLookup(
      [
        { match: ['registry.local/dockerhub/acme/api'], user: { uid: 3000 } },
        { match: ['registry.local/dockerhub/acme/*'], user: { uid: 3001 } },
        { match: ['registry.local/dockerhub/quay.io/acme/web'], user: { uid: 3002 } },
        { match: ['registry.local/dockerhub/*-job'], user: { uid: 3003 } },
      ],
      mirrors,
    );
    const uid = (image: string): number | undefined => mirrored(reference(image))?.user.uid;
    for (const image of ['registry.local/dockerhub/acme/api:1', 'acme/api:1', 'docker.io/acme/api'])
      assert.is(uid(image), 3000, image);
    assert.is(uid('registry.local/dockerhub/acme/web'), 3001);
    assert.is(uid('quay.io/acme/web'), 3002);
    assert.is(uid('registry.local/dockerhub/shop/print-job'), 3003);
    assert.is(uid('quay.io/shop/print-job'), undefined);
  });
});

suite('image lookup: canonical names', (test) => {
  const mirrors = ['registry.local/dockerhub'];
  for (const [name, expected] of [
    ['nginx', 'docker.io/library/nginx'],
    ['ngin*', 'docker.io/library/ngin*'],
    ['registry.local/dockerhub/nginx', 'docker.io/library/nginx'],
    ['registry.local/dockerhub/*', 'docker.io/*'],
    ['registry.local/dockerhub/*-job', 'docker.io/*-job'],
    ['registry.local/dockerhub/quay.io/*', 'quay.io/*'],
    ['docker.io/*', 'docker.io/*'],
    ['docker.io/acme/*', 'docker.io/acme/*'],
    ['*/tools/*', '*/tools/*'],
    ['*', '*'],
  ] as const) {
    test(name, () => assert.is(canonicalName(name, mirrors), expected));
  }
});

suite('image lookup: writable paths by image', (test) => {
  test('globs are written like images, mirrors included; every glob that matches adds its paths', () => {
    const given = { nginx: ['/a'], 'registry.local/dockerhub/acme/*': ['/b'], 'acme/api': ['/c'], 'quay.io/*': ['/d'] };
    const paths = writablePathsOf(given, ['registry.local/dockerhub']);
    assert.equal(paths('docker.io/library/nginx'), ['/a']);
    assert.equal(paths('registry.local/dockerhub/nginx'), ['/a']);
    assert.equal(paths('acme/api'), ['/b', '/c']);
    assert.equal(paths('registry.local/dockerhub/acme/web'), ['/b']);
    assert.equal(paths('quay.io/acme/web'), ['/d']);
    assert.equal(paths('ghcr.io/acme/web'), []);
  });
});
