/**
 * Runs every `*.check.ts` in this folder against the real programs: `run.ts CORPUS [SCHEMAS]`, with the programs in
 * `.tools/bin` (see install-tools.sh). CORPUS is a folder of manifests, SCHEMAS one of JSON schemas for kubeconform.
 */
import fastGlob from 'fast-glob';
import { fileURLToPath } from 'node:url';
import { declaredTests, openQueue, runAll } from '../harness.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const wanted = process.argv.slice(4);

openQueue();
for (const file of fastGlob.sync('*.check.ts', { cwd: here }).sort()) {
  if (wanted.length > 0 && !wanted.some((part) => file.includes(part))) continue;
  const before = declaredTests();
  await import(`${here}${file}`);
  if (declaredTests() === before) throw new Error(`${file} declares no test`);
}
await runAll();
