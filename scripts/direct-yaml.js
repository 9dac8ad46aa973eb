/**
 * The `yaml` package as ES modules, which start in half the time of its other build. Each name comes straight from the module that
 * has it: the index would bring all of them into every chunk.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const FOLDER = 'node_modules/yaml/browser/dist/';

const modules = new Map(
  [...readFileSync(`${FOLDER}index.js`, 'utf8').matchAll(/^export \{ (.*) \} from '\.\/(.*)';$/gm)].flatMap(([, names, path]) =>
    names.split(', ').map((name) => [name, path]),
  ),
);

/** For the sources of the program. */
export const directYaml = {
  name: 'yaml',
  setup({ onLoad, onResolve }) {
    onLoad({ namespace: 'file', filter: /[\\/]src[\\/]yaml[\\/].*\.ts$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replace(/^import \{ (.*) \} from 'yaml';$/gm, (_, names) => direct(names)),
      loader: 'ts',
    }));
    onResolve({ filter: /^yaml\// }, ({ path }) => ({ path: resolve(FOLDER, path.slice('yaml/'.length)) }));
  },
};

/** The imports of some names; types are left out. */
function direct(names) {
  const values = names.split(', ').filter((name) => !name.startsWith('type '));
  return values.map((name) => `import { ${name} } from 'yaml/${modules.get(name)}';`).join('');
}
