/**
 * Builds a fresh clone. `npm install --global git+…`, which pre-commit runs, passes `global` on to the install inside the clone,
 * so that the packages of the build are missing there: then they are installed first.
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
if (!existsSync('node_modules/esbuild')) {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^npm_config_(?:global|location|prefix|omit|include|dry_run)$/i.test(name),
  );
  const options = ['--include=dev', '--ignore-scripts', '--no-audit', '--no-fund'];
  execFileSync('npm', ['ci', ...options], {
    env: Object.fromEntries(inherited),
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
}
await import('./build.js');
