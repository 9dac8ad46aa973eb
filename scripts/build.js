/**
 * Bundles the program (dist/kharden.cjs, and beside it what it loads when it needs it), the library (dist/index.js, no Node
 * APIs), and writes the library's types and the schema of the configuration. The old `dist` is there until the new one is
 * complete.
 */
import { build } from 'esbuild';
import { execFileSync } from 'node:child_process';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const out = `dist.${process.pid}`;
process.on('exit', () => rmSync(out, { recursive: true, force: true }));

const shared = { bundle: true, minify: true, legalComments: 'none', logLevel: 'warning', target: 'node20' };

/** What the program imports dynamically is a file of its own: starting up costs by the size of what Node has to read. */
const lazy = {
  name: 'lazy',
  setup(bundle) {
    bundle.onResolve({ filter: /./ }, ({ kind, path }) =>
      kind === 'dynamic-import' ? { path: `./${basename(path, '.ts')}.cjs`, external: true } : undefined,
    );
  },
};
await build({
  ...shared,
  entryPoints: { kharden: 'src/cli/main.ts', actions: 'src/cli/actions.ts', 'fast-glob': 'fast-glob' },
  outdir: out,
  outExtension: { '.js': '.cjs' },
  platform: 'node',
  format: 'cjs',
  plugins: [lazy],
  supported: { 'dynamic-import': false },
  // The ESM build of the package, as in the library: it starts in half the time.
  alias: { yaml: './node_modules/yaml/browser/index.js' },
});
await build({
  ...shared,
  entryPoints: ['src/engine/index.ts'],
  outfile: `${out}/index.js`,
  platform: 'neutral',
  mainFields: ['module', 'main'],
  format: 'esm',
  target: 'es2022',
});
await build({ ...shared, entryPoints: ['src/config/schema.ts'], outfile: `${out}/schema.mjs`, platform: 'node', format: 'esm' });
const { configSchema } = await import(pathToFileURL(`${out}/schema.mjs`).href);
writeFileSync(`${out}/config.schema.json`, `${JSON.stringify(configSchema, null, 2)}\n`);
rmSync(`${out}/schema.mjs`);
const types = ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.types.json', '--outDir', `${out}/types`];
execFileSync(process.execPath, types, { stdio: 'inherit' });

rmSync('dist', { recursive: true, force: true });
renameSync(out, 'dist');
