/** Builds the tests that run in this process together with all mutants of the sources. */
import { build } from 'esbuild';
import fastGlob from 'fast-glob';
import { readFileSync, rmSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { mutantsOf, weave, type Mutant } from './mutants.ts';
import { lineOf } from './report.ts';

export type NumberedMutant = Mutant & { readonly id: number; readonly line: string };

const root = fileURLToPath(new URL('../../', import.meta.url));
const here = fileURLToPath(new URL('.', import.meta.url));
const SOURCES = [
  'src/{patch,yaml,kubernetes,shell,evidence,images,workspace,decisions,transform,observations,rewrite,engine}/**/*.ts',
  'transforms/*.ts',
  '!src/images/knowledge-data.ts',
];
/** Tests that start programs would not see the mutants. */
const LEFT_OUT = /node:child_process|\/(?:program|in-process)\.ts'|\/examiner\.ts'/;

/** Inside of the project, so that the build finds its packages; one for each run. */
export const folder = `${root}node_modules/.cache/kharden-mutation/${process.pid}`;
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

/** The mutants of all sources. */
export function allMutants(): NumberedMutant[] {
  const files = fastGlob.sync(SOURCES, { cwd: root }).sort();
  const found = files.flatMap((file) => {
    const source = readFileSync(root + file, 'utf8');
    return mutantsOf(file, source).map((mutant) => ({ ...mutant, line: lineOf(source, mutant) }));
  });
  return found.map((mutant, id) => ({ ...mutant, id }));
}

/** Writes `tests.cjs`, which declares the tests, and `worker.js`, which runs them, to `folder`. */
export async function bundle(mutants: readonly NumberedMutant[]): Promise<void> {
  const tests = fastGlob
    .sync('test/**/*.test.ts', { cwd: root })
    .filter((file) => !LEFT_OUT.test(readFileSync(root + file, 'utf8')))
    .sort();
  const shared = { bundle: true, platform: 'node', packages: 'external', logLevel: 'warning', target: 'node20' } as const;
  await build({ ...shared, format: 'esm', entryPoints: [`${here}worker.ts`], outfile: `${folder}/worker.js` });
  await build({
    ...shared,
    format: 'cjs',
    stdin: {
      contents: [...tests.map((file) => `import './${file}';`), "export { tests } from './test/mutation/collect.ts';"].join('\n'),
      resolveDir: root,
      loader: 'ts',
    },
    outfile: `${folder}/tests.cjs`,
    plugins: [
      {
        name: 'mutants',
        setup: ({ onResolve, onLoad }) => {
          onResolve({ filter: /\/harness\.ts$/ }, () => ({ path: `${here}collect.ts` }));
          onLoad({ filter: /\.ts$/ }, ({ path }) => ({ contents: sourceOf(path, mutants), loader: 'ts' }));
        },
      },
    ],
  });
}

/** A source as it is built: with its mutants, and knowing where it was. */
function sourceOf(path: string, mutants: readonly NumberedMutant[]): string {
  const text = readFileSync(path, 'utf8').replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href));
  const own = mutants.filter(({ file }) => file === relative(root, path));
  return own.length === 0 ? text : `import { $ } from '${here}switch.ts';\n${weave(text, own)}`;
}
