import { suite, assert } from '../harness.ts';
import { formatRepository, parseImageReference } from '../../src/kubernetes/image-reference.ts';

const HEX = '0123456789abcdef'.repeat(4);
const SHA256 = `sha256:${HEX}`;
const SHA512 = `sha512:${HEX}${HEX}`;

const INVALID: readonly string[] = [
  '',
  ' ',
  ' nginx',
  'nginx ',
  'nginx\n',
  '${IMAGE}',
  '$IMAGE',
  '$(IMAGE)',
  '{{ .Values.image }}',
  '{{ image }}:1.2',
  'registry.example.com/{{ name }}:1.2',
  '@IMAGE@',
  '<image>',
  '{IMAGE}',
  '%IMAGE%',
  'IMAGE_NAME',
  'Nginx',
  'library/Nginx',
  'example.com/Team/app',
  'nginx:',
  'nginx@',
  'nginx:latest@',
  'nginx:-1',
  'nginx:.1',
  'nginx:a b',
  'nginx:1.25:2',
  `nginx:${'a'.repeat(129)}`,
  '/nginx',
  'nginx/',
  'a//b',
  '-nginx',
  'nginx-',
  'my..app',
  'my___app',
  'my_-app',
  'example.com/',
  'docker.io/',
  'localhost/',
  'example.com:/app',
  'example.com:port/app',
  'foo_bar.example.com/app',
  '-example.com/app',
  'example..com/app',
  'fe80::1/app',
  '[fe80::1%eth0]/app',
  'https://example.com/app',
  'docker://nginx',
  HEX,
  'nginx@sha256:abc',
  `nginx@sha256:${HEX.toUpperCase()}`,
  `nginx@sha256:${HEX}0`,
  `nginx@md5:${'0'.repeat(32)}`,
  `nginx@${SHA256}:1.25`,
  `nginx@${SHA256}@${SHA256}`,
  `example.com/${'a'.repeat(256)}`,
  `${'a'.repeat(248)}`,
  'nginx:1.25-ä',
];

type Row = readonly [text: string, registry: string, repository: string, tag?: string | undefined, digest?: string];

const VALID: readonly Row[] = [
  ['nginx', 'docker.io', 'library/nginx'],
  ['nginx:1.25-alpine', 'docker.io', 'library/nginx', '1.25-alpine'],
  ['nginx:IMAGE_TAG', 'docker.io', 'library/nginx', 'IMAGE_TAG'],
  ['nginx:_x', 'docker.io', 'library/nginx', '_x'],
  [`nginx:${'a'.repeat(128)}`, 'docker.io', 'library/nginx', 'a'.repeat(128)],
  [`nginx@${SHA256}`, 'docker.io', 'library/nginx', undefined, SHA256],
  [`nginx@${SHA512}`, 'docker.io', 'library/nginx', undefined, SHA512],
  [`nginx:1.25@${SHA256}`, 'docker.io', 'library/nginx', '1.25', SHA256],
  ['docker.io/nginx', 'docker.io', 'library/nginx'],
  ['docker.io/library/nginx', 'docker.io', 'library/nginx'],
  ['index.docker.io/nginx:1', 'docker.io', 'library/nginx', '1'],
  ['index.docker.io/bitnami/redis', 'docker.io', 'bitnami/redis'],
  [SHA256, 'docker.io', 'library/sha256', HEX],
  ['registry-1.docker.io/library/nginx', 'registry-1.docker.io', 'library/nginx'],
  ['bitnami/redis', 'docker.io', 'bitnami/redis'],
  ['a/b/c/d:e', 'docker.io', 'a/b/c/d', 'e'],
  ['quay.io/prometheus/node-exporter:v1.7.0', 'quay.io', 'prometheus/node-exporter', 'v1.7.0'],
  ['registry.k8s.io/pause:3.9', 'registry.k8s.io', 'pause', '3.9'],
  ['localhost/app', 'localhost', 'app'],
  ['localhost:5000/app:dev', 'localhost:5000', 'app', 'dev'],
  ['registry:5000/app', 'registry:5000', 'app'],
  ['app:5000', 'docker.io', 'library/app', '5000'],
  ['127.0.0.1:32000/team/app', '127.0.0.1:32000', 'team/app'],
  ['[fe80::1]:5000/app:1', '[fe80::1]:5000', 'app', '1'],
  ['[2001:db8::1]/app', '[2001:db8::1]', 'app'],
  ['Registry/app', 'Registry', 'app'],
  ['EXAMPLE.com/app', 'EXAMPLE.com', 'app'],
  ['xn--80ak6aa92e.com/a__b.c---d_e', 'xn--80ak6aa92e.com', 'a__b.c---d_e'],
  [`example.com/${'a'.repeat(255)}`, 'example.com', 'a'.repeat(255)],
  [`${'a'.repeat(247)}`, 'docker.io', `library/${'a'.repeat(247)}`],
];

suite('kubernetes/image-reference', (test) => {
  for (const text of INVALID) {
    test(`refuses ${JSON.stringify(text.slice(0, 60))}`, () => assert.is(parseImageReference(text), undefined));
  }

  for (const [text, registry, repository, tag, digest] of VALID) {
    test(`reads ${text.slice(0, 60)}`, () => assert.equal(parseImageReference(text), { registry, repository, tag, digest }));
  }

  test('formats the repository without tag and digest', () => {
    const reference = parseImageReference(`nginx:1.25@${SHA256}`);
    assert.is(reference && formatRepository(reference), 'docker.io/library/nginx');
  });

  test('takes linear time on long hostile text', () => {
    for (const part of ['a', 'a-', 'a.', 'a/', 'a_', '-']) {
      const started = performance.now();
      assert.is(parseImageReference(`x.y/${part.repeat(200_000)}!`), undefined);
      assert.is(parseImageReference(`${part.repeat(200_000)}!.y/z`), undefined);
      assert.ok(performance.now() - started < 500);
    }
  });
});
