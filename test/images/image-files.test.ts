/** The files of `images/`: faults in them are named with their places, and their order does not matter. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { knowledgeModule, parseImageFile, readImageFiles, type ImageFile } from '../../scripts/image-files.ts';
import { hasWildcard } from '../../src/util/glob.ts';
import { assert, suite } from '../harness.ts';
import { lazy } from '../lazy.ts';

const project = fileURLToPath(new URL('../..', import.meta.url));
const files = lazy(() => readImageFiles(project));

const VALID = `- id: nginx
  match: [docker.io/library/nginx]
  nonRoot: works
  user: { uid: 101 }
  readOnlyRootFilesystem: works
  source: [somewhere]
  confidence: high
`;

/** True when a text can match both of two globs, whose wildcards are `*` and `?`. */
function overlap(left: string, right: string): boolean {
  const [a, b] = [left[0], right[0]];
  if (a === undefined && b === undefined) return true;
  if (a === '*') return overlap(left.slice(1), right) || (b !== undefined && overlap(left, right.slice(1)));
  if (b === '*') return overlap(right, left);
  const isSame = a === b || a === '?' || b === '?';
  return a !== undefined && b !== undefined && isSame && overlap(left.slice(1), right.slice(1));
}

/** The pairs of globs in different files between which the order of the files would decide. */
function conflicts(given: readonly ImageFile[]): string[] {
  const globs = given.flatMap(({ name, entries }) => entries.flatMap(({ match }) => match.map((glob) => ({ name, glob }))));
  return globs.flatMap((left, index) =>
    globs
      .slice(index + 1)
      .filter((right) => left.name !== right.name && hasWildcard(left.glob) === hasWildcard(right.glob))
      .filter((right) => overlap(left.glob, right.glob))
      .map((right) => `${left.name} ${left.glob}, ${right.name} ${right.glob}`),
  );
}

suite('image files', (test) => {
  test('the module of the program is made of them: if not, run npm run images', () => {
    assert.ok(readFileSync(`${project}src/images/knowledge-data.ts`, 'utf8') === knowledgeModule(files()), 'run npm run images');
  });

  test('no image matches globs of two files, unless one file names it in full', () => {
    assert.ok(files().length > 100);
    assert.equal(conflicts(files()), []);
  });

  test('such a conflict is found', () => {
    const file = (name: string, ...match: readonly string[]): ImageFile => ({ name, entries: [{ match }] });
    assert.equal(conflicts([file('a', 'x/*'), file('b', '*/y', 'z')]), ['a x/*, b */y']);
    assert.equal(conflicts([file('a', 'x/y'), file('b', 'x/y')]), ['a x/y, b x/y']);
    assert.equal(conflicts([file('a', 'x/y?'), file('b', 'x/yz*')]), ['a x/y?, b x/yz*']);
    assert.equal(conflicts([file('a', 'x/y', 'x/*'), file('b', 'x/z', 'w/*')]), []);
  });

  for (const [what, text, expected] of [
    ['a misspelt key', VALID.replace('user:', 'usr:'), 'images/a.yaml:4:3: [0].usr: unknown key: did you mean user?'],
    [
      'a value of the wrong kind',
      VALID.replace('101', '"101"'),
      'images/a.yaml:4:16: [0].user.uid: expected a whole number from 1',
    ],
    ['a key that is missing', VALID.replace('  source: [somewhere]\n', ''), 'images/a.yaml:1:3: [0]: lacks source'],
    ['a key twice', `${VALID}  id: other\n`, 'images/a.yaml:8:3: the key id is there twice: remove one'],
    ['no list', 'id: nginx\n', 'images/a.yaml:1:1: expected a list'],
    ['no entry', '[]\n', 'images/a.yaml:1:1: expected a list with at least 1 item'],
    ['no YAML', `${VALID}]`, 'images/a.yaml:8:1: '],
  ] as const) {
    test(`${what} is named with its place`, () => {
      assert.equal(parseImageFile(VALID, 'images/a.yaml').length, 1);
      assert.throws(() => parseImageFile(text, 'images/a.yaml'), expected);
    });
  }
});
