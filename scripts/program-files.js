/** The files of the built program, from the chunks that esbuild makes: few, because each takes longer to find than to run. */
import { transform } from 'esbuild';
import { basename } from 'node:path';
import { withLazyLoads } from './lazy-modules.js';

/** What is loaded with the entry, and what a run that hardens files or a stream needs besides. */
const FILES = { kharden: ['src/cli/main.ts'], harden: ['src/cli/commands/index.ts', 'src/report/diff.ts'] };

/**
 * The texts of the files by their names. Each is an expression, a function of `require` and of the folder of the program, which gives
 * functions of `module` and `exports` by the names of modules; `require` takes `./FILE/MODULE` besides what it takes in Node.
 */
export async function programFiles({ outputFiles, metafile }, options) {
  const fileOf = filesOfModules(metafile.outputs);
  const tables = new Map();
  for (const { path, text } of outputFiles) {
    const name = basename(path, '.cjs');
    // Only ES modules are split, and the first one that Node loads takes it a fifth of its own start.
    const supported = { 'dynamic-import': false };
    const { code } = await transform(withLazyLoads(text), { ...options, format: 'cjs', platform: 'node', supported });
    const linked = code.replace(/\brequire\("\.\/([\w-]+)\.cjs"\)/g, (_, other) => `require("./${fileOf(other)}/${other}")`);
    const table = tables.get(fileOf(name)) ?? [];
    tables.set(fileOf(name), [...table, `${JSON.stringify(name)}(module,exports){${linked}}`]);
  }
  return new Map([...tables].map(([file, table]) => [`${file}.cjs`, `(function(require,__dirname){return{${table.join()}}})`]));
}

/** Which file a module is in; most have one of their own. */
function filesOfModules(outputs) {
  const files = new Map();
  const add = (path, file) => {
    const name = basename(path, '.cjs');
    if (files.has(name)) return;
    files.set(name, file);
    for (const { path: other, kind } of outputs[path].imports)
      if (kind === 'import-statement' && other in outputs) add(other, file);
  };
  for (const [file, sources] of Object.entries(FILES)) {
    for (const source of sources) {
      const found = Object.entries(outputs).find(([, { entryPoint }]) => entryPoint === source);
      if (!found) throw new Error(`${source} is no chunk of its own`);
      add(found[0], file);
    }
  }
  return (name) => files.get(name) ?? name;
}
