/** The rules by which the measure of the image knowledge tells known, unknown and private images. */
import { assert, suite } from '../harness.ts';
import { readWorkloads } from '../objects.ts';
import { coverageOf, imagesOf, judge, type Verdict } from './coverage.ts';

suite('image knowledge: coverage', (test) => {
  for (const [image, verdict, why] of [
    ['nginx:1.27', 'known', 'nginx'],
    ['registry.local/dockerhub/nginx', 'known', 'nginx'],
    ['quay.io/nobody/heard-of-it:1', 'unknown', ''],
    ['somebody/heard-of-it', 'unknown', ''],
    ['${IMAGE}', 'placeholder', 'no runtime can pull it'],
    ['<registry>/api', 'placeholder', 'no runtime can pull it'],
    ['scratch', 'private', 'no official image has this name'],
    ['loadgenerator:1', 'private', 'no official image has this name'],
    ['registry.local/shop/api', 'private', 'registry.local is no public registry'],
    ['gcr.io/project/api', 'private', 'project is a placeholder'],
    ['foo/bar', 'private', 'foo is a placeholder'],
    ['ghcr.io/my-org/api', 'private', 'my-org is a placeholder'],
    ['quay.io/mysql-tools/mytop', 'unknown', ''],
  ] as const) {
    test(`${image} is ${verdict}`, () => assert.equal(judge(image), { image, verdict, why }));
  }

  test('the share counts what somebody could know', () => {
    const uses = (['known', 'known', 'known', 'unread', 'private', 'placeholder'] as const).map((verdict: Verdict) => ({
      image: 'x',
      verdict,
      why: '',
    }));
    const { counts, share } = coverageOf(uses);
    assert.equal(counts, { known: 3, unread: 1, unknown: 0, placeholder: 1, private: 1 });
    assert.is(share, 0.75);
  });

  test('the images of all containers of a pod are uses', () => {
    const named = (image: string, index: number) => ({ name: `c${index}`, image });
    const spec = { initContainers: [named('a/b', 0)], containers: ['c/d', 'a/b'].map(named) };
    const [pod] = readWorkloads({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'x' }, spec });
    assert.equal(pod && imagesOf(pod), ['a/b', 'c/d', 'a/b']);
  });
});
