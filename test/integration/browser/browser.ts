/** A real Chromium that opens pages from files, driven by the DevTools protocol. */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { assert } from '../../harness.ts';
import { PROJECT } from '../world.ts';

/** What is used of the page of puppeteer; it is no dependency, so its own types are not there. */
interface Page {
  readonly keyboard: {
    press(key: string): Promise<void>;
    type(text: string): Promise<void>;
    down(key: string): Promise<void>;
    up(key: string): Promise<void>;
  };
  createCDPSession(): Promise<{ send(method: string, parameters: object): Promise<unknown> }>;
  setViewport(size: { width: number; height: number }): Promise<void>;
  emulateMediaFeatures(features: readonly { name: string; value: string }[]): Promise<void>;
  evaluateOnNewDocument(script: string): Promise<unknown>;
  evaluate(expression: string): Promise<unknown>;
  waitForFunction(expression: string, options: { timeout: number }): Promise<unknown>;
  goto(url: string): Promise<unknown>;
  click(selector: string): Promise<void>;
  select(selector: string, value: string): Promise<unknown>;
  $(selector: string): Promise<{ uploadFile(...paths: string[]): Promise<void> } | null>;
  screenshot(options: { path: string; clip: object; captureBeyondViewport: true }): Promise<unknown>;
  on(event: string, listener: (given: { url(): string; type(): string; text(): string; message: string }) => void): void;
  close(): Promise<void>;
}

interface Chromium {
  newPage(): Promise<Page>;
  close(): Promise<void>;
}

const TOOLS = join(PROJECT, '.tools');
const CHROMIUM = join(TOOLS, 'bin/chromium');
const PUPPETEER = join(TOOLS, 'npm/puppeteer-core/node_modules/puppeteer-core/lib/puppeteer/puppeteer-core.js');
const AXE = join(TOOLS, 'npm/axe-core/node_modules/axe-core/axe.min.js');
const IN_PAGE = fileURLToPath(new URL('in-page.js', import.meta.url));

/** What of the browser and its tools is not installed. */
export const MISSING = Object.entries({ chromium: CHROMIUM, 'puppeteer-core': PUPPETEER, 'axe-core': AXE })
  .filter(([, path]) => !existsSync(path))
  .map(([name]) => name);

/** Widths of a phone and of a desk, in light and in dark. */
export const LOOKS = [
  { name: 'phone light', width: 390, height: 844, scheme: 'light' },
  { name: 'phone dark', width: 390, height: 844, scheme: 'dark' },
  { name: 'desktop light', width: 1280, height: 900, scheme: 'light' },
  { name: 'desktop dark', width: 1280, height: 900, scheme: 'dark' },
] as const;

export type Look = (typeof LOOKS)[number];

let chromium: Promise<Chromium> | undefined;

function start(): Promise<Chromium> {
  const launch = async (): Promise<Chromium> => {
    const { default: puppeteer } = (await import(pathToFileURL(PUPPETEER).href)) as {
      default: { launch(options: object): Promise<Chromium> };
    };
    return puppeteer.launch({ executablePath: CHROMIUM, pipe: true, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
  };
  return (chromium ??= launch());
}

/** Ends the browser, if it runs. */
export async function closeBrowser(): Promise<void> {
  await (await chromium)?.close();
  chromium = undefined;
}

/** A page that is open. */
export interface Opened {
  readonly page: Page;
  /** The value of an expression in the page. */
  ask<T>(expression: string): Promise<T>;
  /** Looks at the page: layout, and what axe finds; and writes a picture where `KHARDEN_SCREENSHOTS` names a folder. */
  inspect(name: string): Promise<void>;
  /** Closes the page; fails when it asked for anything, or said anything on the console. */
  close(): Promise<void>;
}

/** Opens a file. */
export async function open(path: string, { width, height, scheme }: Omit<Look, 'name'> = LOOKS[2]): Promise<Opened> {
  const page = await (await start()).newPage();
  const url = pathToFileURL(path).href;
  const noise: string[] = [];
  page.on('console', (message) => noise.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', ({ message }) => noise.push(message));
  page.on('request', (request) => {
    const asked = request.url().replace(/#.*/, '');
    if (asked !== url && asked !== 'data:,' && !asked.startsWith('blob:null/')) noise.push(`request: ${asked}`);
  });
  await page.setViewport({ width, height });
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
  await page.evaluateOnNewDocument(readFileSync(IN_PAGE, 'utf8'));
  await page.goto(url);
  const ask = async <T>(expression: string): Promise<T> => (await page.evaluate(expression)) as T;
  return {
    page,
    ask,
    async inspect(name) {
      assert.equal(await ask('probe.layoutProblems()'), []);
      await picture(page, `${name} ${width} ${scheme}`);
      assert.equal(await seriousProblems(page), []);
    },
    async close() {
      const violations = await ask<string[]>('probe.violations');
      await page.close();
      assert.equal([...noise, ...violations], []);
    },
  };
}

/** Chromium takes no pictures of more pixels. */
const HIGHEST = 8000;

async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['KHARDEN_SCREENSHOTS'];
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  const size = `{ width: innerWidth, height: Math.min(document.documentElement.scrollHeight, ${HIGHEST}) }`;
  const clip = { x: 0, y: 0, ...((await page.evaluate(`(${size})`)) as object) };
  await page.screenshot({ path: join(folder, `${name.replaceAll(' ', '-')}.png`), clip, captureBeyondViewport: true });
}

/** What axe calls serious or critical. */
async function seriousProblems(page: Page): Promise<string[]> {
  await page.evaluate(`${readFileSync(AXE, 'utf8')};0`);
  const found = (await page.evaluate(`axe.run().then(({ violations }) => violations)`)) as {
    id: string;
    impact: string;
    nodes: { html: string }[];
  }[];
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
}
