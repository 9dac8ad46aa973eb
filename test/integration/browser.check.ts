/** The report in a real browser: how it looks, what it asks for, and whether a keyboard is enough. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { assert, skipSuite, suite } from '../harness.ts';
import { closeBrowser, LOOKS, MISSING } from './browser/browser.ts';
import { pod, privileged, tabTo, withPage } from './browser/use.ts';
import { copyOf, kharden, PROJECT, temporaryFolder } from './world.ts';

const folder = temporaryFolder();

/** Writes the report of a run into a file. */
function report(name: string, args: readonly string[], options: { cwd?: string; input?: string } = {}): string {
  const { status, stdout, stderr } = kharden(['--quiet', '--check', '--format', 'html', ...args], options);
  assert.ok(status < 2 || name === 'hostile', stderr);
  const path = join(folder, `${name} report.html`);
  writeFileSync(path, stdout);
  return path;
}

/** Ends a value, an element and a script; writes from right to left; is long and has no place to break. */
const NASTY = `"'><script>globalThis.isRun=1</script><img src=x onerror=globalThis.isRun=1>&amp; שלום größe ${'x'.repeat(300)}`;

if (MISSING.length > 0)
  skipSuite('browser: the report', `${MISSING.join(', ')} not installed: see test/integration/install-tools.sh`);
else {
  suite('browser: the report', (test) => {
    const shop = report('shop', ['examples/shop']);

    for (const look of LOOKS) {
      test(`looks right: ${look.name}`, () => withPage(shop, ({ inspect }) => inspect('report'), look));
    }

    test('marks in names stay text: HTML, quotes, spaces, line breaks, other scripts', async () => {
      const odd = temporaryFolder();
      mkdirSync(join(odd, "it's <b>\n größe"));
      writeFileSync(
        join(odd, 'it\'s <b>\n größe/a & "b" 日本.yaml'),
        pod(JSON.stringify(NASTY), `    command: [${JSON.stringify(NASTY)}]\n`),
      );
      writeFileSync(join(odd, '</script><script>globalThis.isRun=1<!--.yaml'.replaceAll('/', '∕')), privileged);
      writeFileSync(join(odd, 'broken.yaml'), 'kind: Pod\nspec: [\n');
      for (const look of LOOKS.slice(0, 3)) {
        await withPage(
          report('hostile', ['.'], { cwd: odd }),
          async ({ ask, inspect }) => {
            await inspect('hostile');
            assert.is(await ask('typeof globalThis.isRun'), 'undefined');
            const text = await ask<string>('document.body.textContent');
            assert.ok(text.includes(NASTY) && text.includes(`it's <b>\\x0a größe/a & "b" 日本.yaml`));
          },
          look,
        );
      }
    });

    test('nothing to say', async () => {
      await withPage(report('empty', ['-'], { input: 'kind: List\napiVersion: v1\nitems: []\n' }), async ({ ask, inspect }) => {
        await inspect('empty');
        assert.match(await ask<string>('document.body.innerText'), /Nothing to harden/);
      });
    });

    test('2,000 findings: it opens and filters without a pause', async () => {
      const many = report('many', ['--stdin-filename', 'many.yaml', '-'], { input: Array(2000).fill(privileged).join('---\n') });
      await withPage(many, async ({ ask }) => {
        assert.ok((await ask<number>(`document.querySelectorAll('.findings [data-kind=warning]').length`)) >= 2000);
        const times = [await ask<number>('probe.filterTime()'), await ask<number>('probe.filterTime()')];
        assert.ok(Math.max(...times) < 1000, `the filter takes ${times} ms`);
        assert.is(await ask('document.documentElement.scrollWidth'), LOOKS[2].width);
      });
    });

    test('several files', () =>
      withPage(report('corpus', [copyOf(join(PROJECT, 'test/fixtures/read-only-root-fs'))]), ({ inspect }) =>
        inspect('fixtures'),
      ));

    test('the keyboard reaches the filters and the reasons, and gets away again', () =>
      withPage(shop, async (opened) => {
        const { page, ask } = opened;
        await tabTo(opened, 'a Skip to the content');
        await page.keyboard.press('Enter');
        assert.is(await ask('document.activeElement.id'), 'content');
        await tabTo(opened, 'input[kind]');
        await page.keyboard.press('Space');
        await tabTo(opened, 'input[kind]');
        await page.keyboard.press('Space');
        await tabTo(opened, 'input[kind]');
        await page.keyboard.press('Space');
        const visible = (selector: string): Promise<number> =>
          ask(`[...document.querySelectorAll('${selector}')].filter((one) => one.checkVisibility()).length`);
        assert.equal(
          [await visible('[data-kind=warning], [data-kind=may-break]'), await visible('.reasons [data-kind=safe]')],
          [0, 40],
        );
        assert.match(
          await ask<string>(`document.getElementById('shown').textContent`),
          /^42 of 56 changes and findings are shown\.$/,
        );
        await tabTo(opened, 'select#filter-id');
        await page.keyboard.type('read-only-root-fs');
        const ids = `[...new Set([...document.querySelectorAll('[data-id]')].filter((one) => one.checkVisibility()).map((one) => one.dataset.id))].join()`;
        assert.is(await ask(ids), 'read-only-root-fs');
        await tabTo(opened, 'button Show all');
        await page.keyboard.press('Enter');
        await page.waitForFunction(`document.getElementById('shown').textContent.startsWith('All 56 ')`, { timeout: 2000 });
        await tabTo(opened, 'a reason 2');
        await page.keyboard.press('Enter');
        assert.match(await ask<string>(`document.querySelector(':target').textContent`), /^2 resources/);
        await tabTo(opened, 'a resources');
        await page.keyboard.press('Enter');
        await page.waitForFunction(`document.getElementById('about-resources').open`, { timeout: 2000 });
        await tabTo(opened, 'body');
      }));

    test('a filter with nothing left says so; a file alone', () =>
      withPage(shop, async ({ page, ask }) => {
        await page.select('#filter-file', 'file-0');
        assert.is(await ask(`[...document.querySelectorAll('.file')].filter((one) => one.checkVisibility()).length`), 1);
        await page.select('#filter-id', 'data-ownership');
        assert.is(await ask(`document.getElementById('shown').textContent`), 'No change or finding fits these filters.');
      }));

    test('the browser ends', closeBrowser);
  });
}
