/** An image behind a mirror is known by every key that names it, however the key and the manifest spell it. */
import { harden } from '../../src/index.ts';
import { assert, suite } from '../harness.ts';
import { configIn } from './read.ts';

const SPELLINGS = ['registry.local/dockerhub/acme/api', 'acme/api', 'docker.io/acme/api', 'registry.local/dockerhub/acme/*'];
const IMAGES = ['registry.local/dockerhub/acme/api:1', 'acme/api:1', 'docker.io/acme/api:1'];

function hardened(config: string, image: string): string {
  const content = `apiVersion: v1\nkind: Pod\nmetadata:\n  name: api\nspec:\n  containers:\n    - name: api\n      image: ${image}\n`;
  const { options } = configIn(`mirrors: [registry.local/dockerhub]\n${config}`);
  return harden([{ path: 'pod.yaml', content }], options).files[0]?.output ?? '';
}

suite('config: mirrors', (test) => {
  for (const spelling of SPELLINGS) {
    for (const image of IMAGES) {
      test(`${spelling} is ${image}`, () => {
        assert.match(hardened(`images: [{match: ["${spelling}"], user: {uid: 3000, gid: 3000}}]`, image), 'runAsUser: 3000');
        assert.match(hardened(`writablePaths: {"${spelling}": [/var/lib/acme]}`, image), 'mountPath: /var/lib/acme');
      });
    }
  }

  test('another image is another one', () => {
    const image = 'registry.local/dockerhub/acme/web';
    assert.not.match(hardened('images: [{match: [acme/api], user: {uid: 3000, gid: 3000}}]', image), 'runAsUser: 3000');
    assert.not.match(hardened('writablePaths: {acme/api: [/var/lib/acme]}', image), 'mountPath: /var/lib/acme');
  });
});
