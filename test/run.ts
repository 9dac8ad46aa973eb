/**
 * Runs every `*.test.ts` below this folder, or only those whose path holds one of the arguments. `--thorough` runs every
 * `*.thorough.ts` instead: the long form of tests that `npm test` runs on fewer cases. `--cpu` prints the CPU time of each suite
 * and of loading each file; programs that a test starts are not in it.
 */
import fastGlob from 'fast-glob';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { costLines, declaredTests, measureCosts, measured, openQueue, runAll } from './harness.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { cpu: { type: 'boolean' }, thorough: { type: 'boolean' } },
});
const here = fileURLToPath(new URL('.', import.meta.url));
const files = fastGlob
  .sync(values.thorough ? '**/*.thorough.ts' : '**/*.test.ts', { cwd: here })
  .filter((file) => positionals.length === 0 || positionals.some((part) => file.includes(part)))
  .sort();

openQueue();
if (values.cpu) measureCosts();
for (const file of files) {
  const before = declaredTests();
  await measured(`(loading) ${file}`, () => import(here + file));
  if (declaredTests() === before) throw new Error(`${file} declares no test`);
}
await runAll();
if (values.cpu) console.log(costLines().join('\n'));
