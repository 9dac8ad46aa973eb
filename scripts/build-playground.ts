/** Builds the playground, one file that needs nothing else: docs/playground/index.html, or the file that the argument names. */
import { build } from 'esbuild';
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BODY, PLAYGROUND_STYLES } from '../docs/playground/frame.ts';
import { pageFrame } from '../src/report/html/page.ts';

const project = fileURLToPath(new URL('..', import.meta.url));
const target = process.argv[2] ?? 'docs/playground/index.html';

const { outputFiles } = await build({
  absWorkingDir: project,
  entryPoints: ['docs/playground/main.ts'],
  bundle: true,
  write: false,
  minify: true,
  legalComments: 'none',
  logLevel: 'warning',
  platform: 'browser',
  mainFields: ['module', 'main'],
  format: 'iife',
  target: 'es2023',
});
const script = outputFiles.map(({ text }) => text).join('');
if (/<\/script|<!--/i.test(script)) throw new Error('the script would end its own element');
const { head, foot } = await pageFrame({ styles: PLAYGROUND_STYLES, script, hasWorkers: true });
writeFileSync(resolve(project, target), head('kharden playground') + BODY + foot);
console.log(`${target}: open it in a browser`);
