/** How the checks use pages, and the manifests that they show. */
import { assert } from '../../harness.ts';
import { open, type Look, type Opened } from './browser.ts';

/** Opens a file, does something with it, and closes it. */
export async function withPage(path: string, body: (opened: Opened) => Promise<void>, look?: Look): Promise<void> {
  const opened = await open(path, look);
  await body(opened);
  await opened.close();
}

/** Presses Tab until an element has the focus whose name begins so; every stop on the way must be visible. */
export async function tabTo({ page, ask }: Opened, name: string): Promise<void> {
  for (let steps = 0; steps < 300; steps++) {
    await page.keyboard.press('Tab');
    const focused = await ask<{ name: string; isVisible: boolean }>('probe.focused()');
    assert.ok(focused.isVisible, `${focused.name} has the focus and does not show it`);
    if (focused.name.startsWith(name)) return;
  }
  throw new Error(`${name} does not get the focus`);
}

/** A Pod of one container, with further lines of it. */
export const pod = (name: string, spec = ''): string =>
  `apiVersion: v1\nkind: Pod\nmetadata:\n  name: ${name}\nspec:\n  containers:\n  - name: web\n    image: nginx:1.27\n${spec}`;

/** A Pod with a warning. */
export const privileged = pod('a', '    securityContext:\n      privileged: true\n');
