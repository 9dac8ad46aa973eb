/**
 * What a run on a simple manifest calls nothing of is evaluated at the first call of one of its functions: evaluating is a large part
 * of such a run. The sources import it as usual.
 */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Modules that are imported for their functions alone. */
const MODULES = [
  'src/config/baseline.ts',
  'src/config/file.ts',
  'src/config/function-config.ts',
  'src/config/initial.ts',
  'src/decisions/network/default-deny.ts',
  'src/decisions/network/egress.ts',
  'src/decisions/network/ingress.ts',
  'src/engine/builds/conflicts.ts',
  'src/engine/builds/place.ts',
  'src/engine/builds/trial.ts',
  'src/hosts/krm.ts',
  'src/shell/split-commands.ts',
  'src/workspace/kustomize/kustomization.ts',
  'src/yaml/read/package/compose.ts',
  'src/yaml/read/package/package-reader.ts',
  'src/yaml/read/package/under-indented.ts',
  'src/yaml/write/alias-edits.ts',
  'src/yaml/write/print/read-as.ts',
];

/** Functions of packages. */
const PACKAGES = { ignore: ['default'] };

/** Gives each of them a module with the same functions in its place, which loads it when one of these is called. */
export const lazyModules = {
  name: 'lazy modules',
  setup({ onLoad, onResolve }) {
    const lazy = new Set(MODULES.map((path) => resolve(path)));
    onResolve({ filter: /\.ts$/ }, ({ path, importer, kind, resolveDir, pluginData }) => {
      const wanted = join(resolveDir, path);
      return kind === 'import-statement' && pluginData !== 'evaluated' && importer !== wanted && lazy.has(wanted)
        ? { path: wanted, namespace: 'lazy' }
        : undefined;
    });
    onResolve({ filter: /^\w+$/ }, ({ path, pluginData }) =>
      path in PACKAGES && pluginData !== 'evaluated' ? { path, namespace: 'lazy' } : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'lazy' }, ({ path }) => ({
      contents: standIn(`evaluated:${path}`, PACKAGES[path] ?? functionsOf(path)),
    }));
    // Between the two, so that a package of CommonJS is an ES module too.
    onResolve({ filter: /^evaluated:/ }, ({ path }) => ({ path: path.slice('evaluated:'.length), namespace: 'evaluated' }));
    onLoad({ filter: /.*/, namespace: 'evaluated' }, ({ path }) => {
      const names = (PACKAGES[path] ?? functionsOf(path)).join();
      return { contents: `export {${names}} from ${JSON.stringify(path)}`, resolveDir: process.cwd(), pluginData: 'evaluated' };
    });
  },
};

/** Loads a chunk at once where `standIn` asks for it; for the text of a chunk as esbuild gives it. */
export function withLazyLoads(code) {
  return code.replace(/\blazily\(import\(("[^"]+")\)\)/g, 'require($1)');
}

function standIn(target, names) {
  const functions = names.map(
    (name, index) => `const f${index}=(...args)=>load().${name}(...args);export{f${index} as ${name}};`,
  );
  return `const load=()=>lazily(import(${JSON.stringify(target)}));${functions.join('')}`;
}

/** The names of what a module exports, which must be functions. */
function functionsOf(path) {
  const exported = [...readFileSync(path, 'utf8').matchAll(/^export (?!type|interface)(\w+) (\w+)/gm)];
  const other = exported.find(([, word]) => word !== 'function');
  if (other || exported.length === 0) throw new Error(`${path} exports ${other?.[2] ?? 'nothing'}, which is no function`);
  return exported.map(([, , name]) => name);
}
