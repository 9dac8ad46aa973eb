/** The project has one address: whatever names its home names that of package.json. */
import fastGlob from 'fast-glob';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import packageJson from '../package.json' with { type: 'json' };
import { REPOSITORY } from '../src/util/version.ts';
import { assert, suite } from './harness.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const TEXTS = [
  '*.{md,json,yml,yaml}',
  '.*.yaml',
  'Dockerfile',
  '{bin,completions,docs,helm,man,scripts}/**',
  'src/{util,cli,config,hosts,report}/**',
  '!package-lock.json',
];
/** URLs with the name of the project in them, actions, and the short forms that npm takes. */
const ADDRESS = /(?:\w[\w+]*:\/\/|git@|uses: *|github:)[^\s"'`<>()[\]]*kharden[^\s"'`<>()[\]]*/g;

/** The addresses of a text that are not below that of the project. */
function strangers(text: string): string[] {
  const [, path = ''] = /^https:\/\/github\.com\/(.*)$/.exec(REPOSITORY) ?? [];
  const own = [REPOSITORY, `git+${REPOSITORY}`, `uses: ${path}`, `github:${path}`];
  // A roff page writes `\-` for `-`.
  const found = text.replaceAll('\\-', '-').match(ADDRESS) ?? [];
  return found.filter((one) => !own.some((start) => one.startsWith(start) && /^(?:[/#@.]|$)/.test(one.slice(start.length))));
}

suite('the address of the project', (test) => {
  test('is that of the repository in package.json, in every form', () => {
    const { repository, homepage, bugs } = packageJson;
    assert.equal([repository.url, homepage, bugs], [`git+${REPOSITORY}.git`, `${REPOSITORY}#readme`, `${REPOSITORY}/issues`]);
  });

  test('no page, recipe or message names another one', () => {
    const paths = fastGlob.sync(TEXTS, { cwd: root, dot: true });
    assert.ok(paths.includes('docs/integrations.md') && paths.includes('action.yml') && paths.includes('man/kharden.1'));
    const others = paths.flatMap((path) => strangers(readFileSync(`${root}${path}`, 'utf8')).map((one) => `${path}: ${one}`));
    assert.equal(others, []);
  });

  test('another one is noticed', () => {
    const others = [
      'https://github.com/example/kharden',
      'uses: example/kharden@v0.1.0',
      'https://www.npmjs.com/package/kharden',
    ];
    assert.equal(
      others.filter((one) => strangers(`see ${one} .`).length === 0),
      [],
    );
  });
});
