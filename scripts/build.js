/**
 * Bundles the program (dist/kharden.cjs, one file: start-up is dominated by the number of files that Node loads),
 * the library (dist/index.js, no Node APIs), and writes the library's types and the schema of the configuration.
 */
import { build } from 'esbuild';
import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
rmSync('dist', { recursive: true, force: true });

const shared = { bundle: true, minify: true, legalComments: 'none', logLevel: 'warning', target: 'node20' };
await build({ ...shared, entryPoints: ['src/cli/main.ts'], outfile: 'dist/kharden.cjs', platform: 'node', format: 'cjs' });
await build({ ...shared, entryPoints: ['src/engine/index.ts'], outfile: 'dist/index.js', platform: 'neutral', mainFields: ['module', 'main'], format: 'esm', target: 'es2022' });
await build({ ...shared, entryPoints: ['src/config/schema.ts'], outfile: 'dist/schema.mjs', platform: 'node', format: 'esm' });
const { configSchema } = await import(pathToFileURL('dist/schema.mjs').href);
writeFileSync('dist/config.schema.json', `${JSON.stringify(configSchema, null, 2)}\n`);
rmSync('dist/schema.mjs');
execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.types.json'], { stdio: 'inherit' });
