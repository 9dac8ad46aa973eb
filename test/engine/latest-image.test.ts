/** Images that change under their name are reported, unless something puts a version in. */
import { harden } from '../../src/index.ts';
import { assert, suite } from '../harness.ts';

function pod(image: string): string {
  return `apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a, image: "${image}"}]}\n`;
}

/** How often it is said of a Pod with that image, in a folder with a kustomization. */
function said(image: string, ...kustomization: readonly string[]): number {
  const overlay = kustomization.map((content) => ({ path: 'prod/kustomization.yaml', content }));
  const { files } = harden([{ path: 'base/a.yaml', content: pod(image) }, ...overlay], { only: ['seccomp-runtime-default'] });
  return files.flatMap(({ findings }) => findings).filter(({ id }) => id === 'latest-image').length;
}

suite('engine/latest-image', (test) => {
  test('no tag, or latest', () =>
    assert.equal(
      ['nginx', 'nginx:latest', 'shop/web'].map((image) => said(image)),
      [1, 1, 1],
    ));

  test('a tag, a digest, a digest that ko puts in', () => {
    const images = [
      'nginx:1.27',
      `nginx@sha256:${'0'.repeat(64)}`,
      `nginx:latest@sha256:${'0'.repeat(64)}`,
      'ko://example.com/cmd/a',
    ];
    assert.equal(
      images.map((image) => said(image)),
      [0, 0, 0, 0],
    );
  });

  test('a kustomization that sets the tag, another one, and none for this image', () => {
    const build = (name: string): string => `resources: [../base/a.yaml]\nimages: [{name: ${name}, newTag: "1.27"}]\n`;
    assert.equal([said('nginx', build('nginx')), said('nginx', build('other'))], [0, 1]);
  });
});
