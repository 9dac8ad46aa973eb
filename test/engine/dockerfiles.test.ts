/** Dockerfiles among the inputs: what counts before what, and that they stay as they are. */
import { harden, type HardenOptions, type Input } from '../../src/index.ts';
import { assert, suite } from '../harness.ts';

const podOf = (image: string, rest = ''): string =>
  `apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n  containers:\n  - name: a\n    image: ${image}\n${rest}`;
const compose = (image: string): string => `services: {a: {image: "${image}", build: cart}}`;
const CART = 'r.io/shop/cart';

/** The user that is written into the first file, why, and whether that is a guess. */
function written(files: Readonly<Record<string, string>>, options: HardenOptions = {}): string {
  const inputs = Object.entries(files).map(([path, content]): Input => ({ path, content }));
  const [file] = harden(inputs, { only: ['run-as-non-root'], ...options }).files;
  const [change] = file?.changes ?? [];
  const [, uid] = /runAsUser: (\d+)/.exec(file?.output ?? '') ?? [];
  return change ? `${uid} ${change.safety} ${change.because}` : (file?.findings.map(({ message }) => message).join() ?? '');
}

suite('engine/dockerfiles', (test) => {
  const built = { 'cart/Dockerfile': 'FROM alpine\nUSER 7\n', 'compose.yaml': compose(CART) };
  const SAID = 'Dockerfile cart/Dockerfile:2 says USER 7';

  test('a Dockerfile that builds the image', () => {
    assert.is(written({ 'a.yaml': podOf(CART), ...built }), `7 safe ${SAID}, named in compose.yaml`);
  });
  test('the configuration before it', () => {
    const images = [{ match: [CART], user: { uid: 8, gid: 8 } }];
    assert.is(written({ 'a.yaml': podOf(CART), ...built }, { images }), `8 safe its image is known as ${CART}`);
  });
  test('before what kharden knows, but not for images of Docker Hub', () => {
    const grafana = { ...built, 'compose.yaml': compose('grafana/grafana') };
    assert.is(written({ 'a.yaml': podOf('grafana/grafana'), ...grafana }), `7 safe ${SAID}, named in compose.yaml`);
    assert.match(
      written({ 'a.yaml': podOf('redis'), ...built, 'compose.yaml': compose('redis') }),
      /its image is known as redis$/,
    );
  });
  test('the name of a folder is a guess, and none for a known image', () => {
    const files = { 'a.yaml': podOf(CART), 'cart/Dockerfile': built['cart/Dockerfile'] };
    assert.is(written(files), `7 may-break ${SAID}, named like its folder`);
    assert.match(written(files, { settings: { safeOnly: true } }), /the image r\.io\/shop\/cart is not known, and Dockerfile/);
    assert.match(
      written({ 'a.yaml': podOf('nginx'), 'nginx/Dockerfile': 'FROM alpine\nUSER 7\n' }),
      /its image is known as nginx/,
    );
  });
  test('a command that is not its program', () => {
    const files = { 'a.yaml': podOf(CART, '    command: [cp, /a, /tmp/b]\n'), ...built };
    assert.match(written(files), /^7 safe its command runs only common tools$/);
  });
  test('Dockerfiles and scripts are no manifests', () => {
    const text = `FROM alpine\nRUN cat > /a.yaml <<'EOF'\n${podOf('b')}EOF\n`;
    const binding = 'cat <<EOF\nkind: RoleBinding\nEOF\n';
    const files = harden([
      { path: 'a/Dockerfile', content: text },
      { path: 'b.Dockerfile', content: new Uint8Array([0xff]) },
      { path: 'run.sh', content: binding },
    ]).files;
    assert.equal(
      files.map(({ output, findings }) => [output, findings]),
      [
        [text, []],
        ['', []],
        [binding, []],
      ],
    );
  });
});
