/** The files of the built program, from the chunks that esbuild makes: few, because each takes longer to find than to run. */
import { build } from 'esbuild';
import { basename } from 'node:path';
import { withLazyLoads } from './lazy-modules.js';

/** What is loaded with the entry, and what a run that hardens files or a stream needs besides. */
const FILES = { kharden: ['src/cli/main.ts'], harden: ['src/cli/commands/index.ts', 'src/report/diff.ts'] };

/**
 * The texts of the files by their names. Each is an expression, a function of what modules of CommonJS see; `require` takes `./FILE`
 * besides what it takes in Node.
 */
export async function programFiles({ outputFiles, metafile }, options) {
  const chunks = new Map(outputFiles.map(({ path, text }) => [basename(path), withLazyLoads(text)]));
  const fileOf = filesOfChunks(metafile.outputs);
  const files = new Map();
  for (const name of chunks.keys()) files.set(fileOf(name), [...(files.get(fileOf(name)) ?? []), name]);
  const asked = new Set();
  for (const [name, text] of chunks) {
    for (const [, other] of text.matchAll(/"\.\/([\w-]+\.cjs)"/g)) if (fileOf(other) !== fileOf(name)) asked.add(other);
  }
  const texts = [...files].map(async ([file, names]) => {
    const code = await joined(names, asked, chunks, options);
    const linked = code.replace(/\brequire\("\.\/([\w-]+\.cjs)"\)/g, (_, other) => {
      const target = `require("./${basename(fileOf(other), '.cjs')}")`;
      return files.get(fileOf(other)).length > 1 ? `${target}[${JSON.stringify(other)}]` : target;
    });
    return [file, `(function(require,module,exports,__dirname){${linked}})`];
  });
  return new Map(await Promise.all(texts));
}

/** The code of chunks as one module. The exports of several are those chunks that others ask for, by their names. */
async function joined(names, asked, chunks, options) {
  const [only] = names;
  const exported = names.filter((name) => asked.has(name) || name === 'kharden.cjs');
  const lines = exported.map((name, index) => `import * as m${index} from "./${name}";export{m${index} as "${name}"};`);
  const { outputFiles } = await build({
    ...options,
    bundle: true,
    write: false,
    logLevel: 'warning',
    platform: 'node',
    // Only ES modules are split, and the first one that Node loads takes it a fifth of its own start.
    format: 'cjs',
    supported: { 'dynamic-import': false },
    ...(names.length > 1 ? { stdin: { contents: lines.join(''), resolveDir: process.cwd() } } : { entryPoints: [`./${only}`] }),
    plugins: [inMemory(names, chunks)],
  });
  return outputFiles[0].text;
}

/** Some chunks as files; the others are left to `require`. */
function inMemory(names, chunks) {
  return {
    name: 'chunks',
    setup({ onLoad, onResolve }) {
      onResolve({ filter: /^\.\/[\w-]+\.cjs$/ }, ({ path, kind }) =>
        ['entry-point', 'import-statement'].includes(kind) && names.includes(basename(path))
          ? { path: basename(path), namespace: 'chunk' }
          : { path, external: true },
      );
      onLoad({ filter: /.*/, namespace: 'chunk' }, ({ path }) => ({ contents: chunks.get(path), resolveDir: process.cwd() }));
    },
  };
}

/** Which file a chunk is in; most have one of their own. */
function filesOfChunks(outputs) {
  const files = new Map();
  const add = (path, file) => {
    if (files.has(basename(path))) return;
    files.set(basename(path), file);
    for (const { path: other, kind } of outputs[path].imports)
      if (kind === 'import-statement' && other in outputs) add(other, file);
  };
  for (const [file, sources] of Object.entries(FILES)) {
    for (const source of sources) {
      const found = Object.entries(outputs).find(([, { entryPoint }]) => entryPoint === source);
      if (!found) throw new Error(`${source} is no chunk of its own`);
      add(found[0], `${file}.cjs`);
    }
  }
  return (name) => files.get(name) ?? name;
}
