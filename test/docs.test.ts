/** The pages that scripts/generate-docs.ts writes are up to date, and links between pages lead somewhere. */
import fastGlob from 'fast-glob';
import { existsSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generatedPages } from '../scripts/generate-docs.ts';
import { assert, suite } from './harness.ts';

suite('generated pages', (test) => {
  test('are up to date: npm run docs', () => {
    for (const [path, text] of generatedPages())
      assert.sameText(readFileSync(new URL(`../${path}`, import.meta.url), 'utf8'), text, path);
  });
});

const root = fileURLToPath(new URL('../', import.meta.url));

/** The anchors of the headings of a page, as GitHub makes them. */
function anchorsOf(path: string): string[] {
  const headings = readFileSync(root + path, 'utf8').match(/^#+ .*$/gm) ?? [];
  return headings.map((line) =>
    line
      .replace(/^#+ /, '')
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

suite('links between pages', (test) => {
  test('lead to a file and a heading', () => {
    const pages = fastGlob.sync(['*.md', '{docs,transforms}/*.md'], { cwd: root });
    assert.ok(pages.length > 20);
    const broken = pages.flatMap((page) => {
      const links = readFileSync(root + page, 'utf8').matchAll(/\]\((?!\w+:)([^)#\s]*)(?:#([^)\s]+))?\)/g);
      return [...links].flatMap(([link, path = '', anchor]) => {
        const target = path === '' ? page : posix.join(posix.dirname(page), path);
        const isThere = existsSync(root + target) && (anchor === undefined || anchorsOf(target).includes(anchor));
        return isThere ? [] : [`${page}: ${link}`];
      });
    });
    assert.equal(broken, []);
  });
});
