/** Which files say which Dockerfile builds which image. */
import { readBuildNames } from '../../src/dockerfile/names/names.ts';
import { parseImageReference } from '../../src/kubernetes/image-reference.ts';
import { assert, suite } from '../harness.ts';

/** The builds of an image, surest kind first, as `kind Dockerfile context target args`. */
function found(files: Readonly<Record<string, string>>, image: string): string[] {
  const sources = Object.entries(files).map(([path, text]) => ({ path, text, objects: () => [] }));
  const names = readBuildNames(sources, (name) => name);
  const reference = parseImageReference(image);
  if (!reference) throw new Error(image);
  const named = names.named(reference);
  const all =
    named.length > 0 ? named.map((one) => ['named', one] as const) : names.alike(reference).map((one) => ['alike', one] as const);
  return all.map(([kind, { dockerfile, context, target, args }]) =>
    [kind, dockerfile, context || '.', target ?? '-', [...args].flat().join('=')].join(' ').trim(),
  );
}

const CART = 'r.io/shop/cart:1';

/** The file that names the image, its text, and what is found beside `cart/Dockerfile`, `Dockerfile.dev` and `web/x.Dockerfile`. */
const CASES: readonly (readonly [string, string, string])[] = [
  [
    'skaffold.yaml',
    'build: {artifacts: [{image: r.io/shop/cart, context: cart, docker: {target: t, buildArgs: {A: b}}}]}',
    'named cart/Dockerfile cart t A=b',
  ],
  [
    'skaffold.yaml',
    'profiles: [{build: {artifacts: [{image: r.io/shop/cart, docker: {dockerfile: Dockerfile.dev}}]}}]',
    'named Dockerfile.dev . -',
  ],
  ['skaffold.yaml', 'build: {artifacts: [{image: r.io/shop/cart, context: web, jib: {}}]}', 'alike cart/Dockerfile cart -'],
  ['compose.yaml', 'services: {a: {image: r.io/shop/cart, build: cart}}', 'named cart/Dockerfile cart -'],
  [
    'docker-compose.override.yml',
    'services: {a: {image: "${R:-x}/shop/cart:${T}", build: {context: web, dockerfile: x.Dockerfile, args: [A=b, B]}}}',
    'named web/x.Dockerfile web - A=b',
  ],
  ['compose.yaml', 'services: {cart: {build: {context: ., dockerfile: web/x.Dockerfile}}}', 'alike web/x.Dockerfile . -'],
  [
    'docker-bake.json',
    '{"target": {"a": {"tags": ["r.io/shop/cart:2"], "inherits": ["b"]}, "b": {"context": "cart", "target": "t"}}}',
    'named cart/Dockerfile cart t',
  ],
  [
    'docker-bake.hcl',
    'variable "R" { default = "x" }\ntarget "a" {\n  # no\n  inherits = ["b"]\n  tags = [\n    "${R}/shop/cart:1",\n  ]\n  args = { A = "b" }\n}\ntarget "b" { context = "cart" }',
    'named cart/Dockerfile cart - A=b',
  ],
  [
    'Tiltfile',
    "docker_build('r.io/shop/cart', 'web', dockerfile='web/x.Dockerfile', live_update=[sync('a', 'b')], target='t')",
    'named web/x.Dockerfile web t',
  ],
  ['Tiltfile', "docker_build(ref='r.io/shop/cart', context='./cart')", 'named cart/Dockerfile cart -'],
  [
    'Makefile',
    'R := r.io\nimage:\n\t@cd cart && docker build -t $(R)/shop/cart:$(shell git rev-parse HEAD) .\n',
    'named cart/Dockerfile cart -',
  ],
  [
    '.github/workflows/a.yml',
    'jobs: {a: {steps: [{uses: docker/build-push-action@v6, with: {context: cart, target: t, build-args: "A=b", tags: "x/y:1\\nr.io/shop/cart:${{ github.sha }}"}}]}}',
    'named cart/Dockerfile cart t A=b',
  ],
  [
    '.github/workflows/a.yml',
    'jobs: {a: {steps: [{uses: docker/metadata-action@v5, with: {images: "r.io/shop/cart"}}, {uses: docker/build-push-action@v6, with: {file: web/x.Dockerfile, tags: "${{ steps.m.outputs.tags }}"}}]}}',
    'named web/x.Dockerfile . -',
  ],
  [
    '.github/workflows/a.yml',
    'jobs: {a: {strategy: {matrix: {s: [web, cart]}}, steps: [{run: "docker buildx build --push -t r.io/shop/${{ matrix.s }} ${{ matrix.s }}"}]}}',
    'named cart/Dockerfile cart -',
  ],
  [
    '.gitlab-ci.yml',
    'b: {script: [cd cart, "podman build --file=Dockerfile --build-arg A=b -t r.io/shop/cart ."]}',
    'named cart/Dockerfile cart - A=b',
  ],
  [
    'cloudbuild.yaml',
    "steps: [{name: gcr.io/cloud-builders/docker, args: [build, -t, 'r.io/shop/cart:$TAG', cart]}]",
    'named cart/Dockerfile cart -',
  ],
  ['notes.yaml', 'build: {artifacts: [{image: r.io/shop/cart, context: web}]}', 'alike cart/Dockerfile cart -'],
];

suite('dockerfile/names', (test) => {
  const dockerfiles = { 'cart/Dockerfile': '', 'Dockerfile.dev': '', 'web/x.Dockerfile': '' };
  for (const [path, text, expected] of CASES)
    test(`${path}: ${text.slice(0, 60)}`, () => assert.equal(found({ ...dockerfiles, [path]: text }, CART), [expected]));

  test('a Dockerfile that something names is not called after its folder', () => {
    const files = { ...dockerfiles, 'compose.yaml': 'services: {a: {image: r.io/other/name, build: cart}}' };
    assert.equal(found(files, CART), []);
  });
  test('a folder that only looks like the name', () => {
    assert.equal(found({ 'cart-service/Dockerfile': '', 'x/carts/Dockerfile': '' }, CART), []);
  });
  test('the folder above one that is called after its purpose, and the name of the file', () => {
    assert.equal(found({ 'a/cart/docker/Dockerfile': '' }, CART), ['alike a/cart/docker/Dockerfile a/cart/docker -']);
    assert.equal(found({ 'build/cart.Dockerfile': '' }, CART), ['alike build/cart.Dockerfile build -']);
    assert.equal(found({ 'examples/cart/Dockerfile': '', 'test/cart.dockerfile': '' }, CART), []);
  });
  test('two Dockerfiles for one name', () => {
    const text =
      'services: {a: {image: r.io/shop/cart, build: cart}, b: {image: r.io/shop/cart, build: {context: web, dockerfile: x.Dockerfile}}}';
    assert.is(found({ ...dockerfiles, 'compose.yaml': text }, CART).length, 2);
  });
  test('places that are decided later, or lie elsewhere', () => {
    for (const context of ['${DIR}', 'https://example.com/x.git', 'nowhere'])
      assert.equal(
        found({ 'web/Dockerfile': '', 'compose.yaml': `services: {a: {image: r.io/shop/cart, build: "${context}"}}` }, CART),
        [],
        context,
      );
  });
  test('other owners of the last part of a name', () => {
    const files = { ...dockerfiles, 'compose.yaml': 'services: {a: {image: "${R}/shop/cart", build: cart}}' };
    assert.equal(found(files, 'docker.io/other/cart'), []);
  });
});
