/** Puts the files of `images/` together as src/images/knowledge-data.ts. Faults in a file are printed with their places. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { knowledgeModule, readImageFiles } from './image-files.ts';

const project = fileURLToPath(new URL('..', import.meta.url));
const target = `${project}src/images/knowledge-data.ts`;

try {
  const text = knowledgeModule(readImageFiles(project));
  if (!existsSync(target) || readFileSync(target, 'utf8') !== text) writeFileSync(target, text);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
