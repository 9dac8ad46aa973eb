/**
 * Puts the files of `images/` together as src/images/knowledge-data.ts, unless it is newer than they and the sources that read
 * them. Faults in a file are printed with their places.
 */
import fastGlob from 'fast-glob';
import { existsSync, statSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const project = fileURLToPath(new URL('..', import.meta.url));
const target = `${project}src/images/knowledge-data.ts`;
const origins = ['images', 'images/*', 'scripts/*.ts', 'src/images/*.schema.json', 'src/{config,yaml}/**/*.ts'];

if (!isNewest()) {
  const { knowledgeModule, readImageFiles } = await import('./image-files.ts');
  try {
    writeFileSync(target, knowledgeModule(readImageFiles(project)));
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}

function isNewest(): boolean {
  if (!existsSync(target)) return false;
  const made = statSync(target).mtimeMs;
  return fastGlob.sync(origins, { cwd: project, onlyFiles: false }).every((path) => statSync(project + path).mtimeMs < made);
}
