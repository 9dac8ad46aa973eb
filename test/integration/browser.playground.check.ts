/** The playground in a real browser: how it looks, and that it does what the library does. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { harden, type HardenOptions } from '../../src/index.ts';
import { assert, skipSuite, suite } from '../harness.ts';
import { closeBrowser, LOOKS, MISSING, type Opened } from './browser/browser.ts';
import { pod, privileged, tabTo, withPage } from './browser/use.ts';
import { execute, temporaryFolder } from './world.ts';

const folder = temporaryFolder();

if (MISSING.length > 0)
  skipSuite('browser: the playground', `${MISSING.join(', ')} not installed: see test/integration/install-tools.sh`);
else {
  suite('browser: the playground', (test) => {
    const playground = join(folder, 'playground.html');
    const built = execute(process.execPath, ['--import', 'tsx', 'scripts/build-playground.ts', playground]);
    assert.is(built.status, 0, built.stderr);

    const output = (content: string, options?: HardenOptions): string =>
      harden([{ path: 'web.yaml', content }], options).files[0]?.output ?? '';
    /** Waits until the page shows a hardened text, and compares it. */
    const shows = async ({ page, ask }: Opened, index: number, text: string): Promise<void> => {
      await page.waitForFunction(`probe.shownOutput(${index}) === ${JSON.stringify(text)}`, { timeout: 4000 }).catch(() => {});
      assert.sameText(await ask<string>(`probe.shownOutput(${index})`), text);
    };
    const replaceText = async ({ page }: Opened, text: string): Promise<void> => {
      await page.click('textarea');
      await page.keyboard.down('Control');
      await page.keyboard.press('a');
      await page.keyboard.up('Control');
      await page.keyboard.type(text);
    };
    const clipboard = async ({ page, ask }: Opened, button: string): Promise<string> => {
      const session = await page.createCDPSession();
      await session.send('Browser.grantPermissions', { permissions: ['clipboardReadWrite', 'clipboardSanitizedWrite'] });
      await page.click(button);
      await page.waitForFunction(`document.getElementById('copied').textContent.startsWith('Copied ')`, { timeout: 2000 });
      return ask('navigator.clipboard.readText()');
    };

    for (const look of LOOKS) {
      test(`looks right: ${look.name}`, () =>
        withPage(
          playground,
          async ({ page, inspect }) => {
            await page.click('.choices summary');
            await inspect('playground');
          },
          look,
        ));
    }

    test('what is typed is hardened as by the library; transforms and profiles switch it', () =>
      withPage(playground, async (opened) => {
        const { page, ask } = opened;
        await replaceText(opened, privileged);
        await shows(opened, 0, output(privileged));
        await page.select('#profile', 'baseline');
        await shows(opened, 0, output(privileged, { profile: 'baseline' }));
        await page.select('#profile', 'strict');
        await shows(opened, 0, output(privileged, { profile: 'strict' }));
        await page.click('#safe-only');
        await page.click('#override');
        await page.click('#unknown-images');
        const settings = { safeOnly: true, override: true, unknownImages: 'harden' } as const;
        await shows(opened, 0, output(privileged, { profile: 'strict', settings }));
        await page.click('.choices summary');
        await tabTo(opened, 'input resources');
        await page.keyboard.press('Space');
        const skip = ['resources'];
        await shows(opened, 0, output(privileged, { profile: 'strict', skip, settings }));
        assert.is(
          await ask(`document.getElementById('command').textContent`),
          'kharden --profile strict --skip resources --safe-only --override --unknown-images harden',
        );
      }));

    test('the patch applies, and the result is that of the library', () =>
      withPage(playground, async (opened) => {
        await replaceText(opened, privileged);
        await shows(opened, 0, output(privileged));
        assert.sameText(await clipboard(opened, '[aria-label="Copy result: web.yaml"]'), output(privileged));
        const patch = await clipboard(opened, '#copy-patch');
        const cwd = temporaryFolder();
        writeFileSync(join(cwd, 'web.yaml'), privileged);
        const applied = execute('/usr/bin/env', ['git', 'apply', '-'], { cwd, input: patch });
        assert.is(applied.status, 0, applied.stderr);
        assert.sameText(readFileSync(join(cwd, 'web.yaml'), 'utf8'), output(privileged));
      }));

    test('a mistake is shown with its place, and the place leads to it', () =>
      withPage(playground, async (opened) => {
        const { page, ask } = opened;
        await replaceText(opened, 'kind: Pod\nspec: [\n');
        await page.waitForFunction(`document.querySelector('#results [data-kind=error]')`, { timeout: 4000 });
        assert.is(await ask(`document.querySelector('#results .place').textContent`), '3:1');
        await opened.inspect('playground mistake');
        await page.click('#results .place');
        assert.equal(await ask(`[document.activeElement.localName, document.activeElement.selectionStart]`), ['textarea', 18]);
      }));

    test('files are dropped and opened: several, with their line ends, and what is no text is refused', () =>
      withPage(playground, async (opened) => {
        const { page, ask } = opened;
        const crlf = pod('b').replaceAll('\n', '\r\n');
        const cwd = temporaryFolder();
        const files = { 'web.yaml': privileged, 'it <b>.yaml': crlf, 'no.yaml': new Uint8Array([0x61, 0xff]) };
        for (const [name, content] of Object.entries(files)) writeFileSync(join(cwd, name), content);
        const session = await page.createCDPSession();
        const data = { items: [], files: Object.keys(files).map((name) => join(cwd, name)), dragOperationsMask: 1 };
        for (const type of ['dragEnter', 'dragOver', 'drop'])
          await session.send('Input.dispatchDragEvent', { type, x: 300, y: 400, data });
        await page.waitForFunction(`document.querySelectorAll('.file').length === 2`, { timeout: 4000 });
        assert.is(await ask(`document.getElementById('trouble').textContent`), 'no.yaml is not UTF-8: save it as UTF-8.');
        await shows(opened, 0, output(privileged));
        const copied = await clipboard(opened, '[aria-label="Copy result: it <b>.yaml"]');
        assert.sameText(copied, harden([{ path: 'web.yaml', content: crlf }]).files[0]?.output ?? '');
        await page.click('[aria-label="Content of it <b>.yaml"]');
        await page.keyboard.down('Control');
        await page.keyboard.press('End');
        await page.keyboard.up('Control');
        await page.keyboard.type('# edited\n');
        const edited = output(`${crlf}# edited\r\n`);
        await page.waitForFunction(`/# edited/.test(document.querySelectorAll('.file')[1].textContent)`, { timeout: 4000 });
        assert.sameText(await clipboard(opened, '[aria-label="Copy result: it <b>.yaml"]'), edited);
        await (await page.$('#open'))?.uploadFile(join(cwd, 'web.yaml'));
        await page.waitForFunction(`/two files have the name web.yaml/i.test(document.getElementById('outcome').textContent)`, {
          timeout: 4000,
        });
        await opened.inspect('playground files');
      }));

    test('the page answers while much is hardened, and what is typed last is what is shown', () =>
      withPage(playground, async (opened) => {
        const { page, ask } = opened;
        const setText = (text: string): Promise<unknown> => ask(`probe.setText(${JSON.stringify(text)})`);
        const many = Array.from({ length: 3000 }, (_, index) => pod(`pod-${index}`)).join('---\n');
        await setText(many);
        await page.waitForFunction(`document.getElementById('outcome').textContent === 'Hardening …'`, { timeout: 4000 });
        const pause = await ask<number>('probe.longestPause(500)');
        assert.ok(pause < 1000, `the page stands still for ${pause} ms`);
        await setText(privileged);
        await shows(opened, 0, output(privileged));
      }));

    test('nothing stays: opened again, it is as before', async () => {
      await withPage(playground, (opened) => replaceText(opened, 'a: 1\n'));
      await withPage(playground, async ({ ask }) =>
        assert.match(await ask<string>(`document.querySelector('textarea').value`), /^# Paste/),
      );
    });

    test('the browser ends', closeBrowser);
  });
}
