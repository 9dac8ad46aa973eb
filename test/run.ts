/** Runs every `*.test.ts` below this folder, or only those whose path holds one of the arguments. */
import fastGlob from 'fast-glob';
import { fileURLToPath } from 'node:url';
import { declaredTests, openQueue, runAll } from './harness.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const wanted = process.argv.slice(2);
const files = fastGlob
  .sync('**/*.test.ts', { cwd: here, absolute: true })
  .filter((file) => wanted.length === 0 || wanted.some((part) => file.includes(part)))
  .sort();

openQueue();
for (const file of files) {
  const before = declaredTests();
  await import(file);
  if (declaredTests() === before) throw new Error(`${file} declares no test`);
}
await runAll();
