/**
 * Bundles the program (dist/program/, for bin/load.js) and the library (dist/index.js, no Node APIs), and writes the library's types,
 * the schema of the configuration, and the licences of the packages inside. The old `dist` is there until the new one is complete.
 */
import { build } from 'esbuild';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { directYaml } from './direct-yaml.js';
import { lazyModules } from './lazy-modules.js';
import { programFiles } from './program-files.js';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const out = `dist.${process.pid}`;
process.on('exit', () => rmSync(out, { recursive: true, force: true }));

execFileSync(process.execPath, ['--import', 'tsx', 'scripts/assemble-images.ts'], { stdio: 'inherit' });

const shared = { bundle: true, minify: true, legalComments: 'none', logLevel: 'warning', target: 'node20' };

/** The program reads the image knowledge from a file beside its chunks when it looks up the first image. */
const knowledgeFromFile = {
  name: 'knowledge',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]knowledge-data\.ts$/ }, () => ({
      contents: `import { readFileSync } from 'node:fs';
        export const knowledge = () => readFileSync(__dirname + '/knowledge.txt', 'utf8');`,
    }));
  },
};

/** Commander starts programs only for subcommands that are files of their own; loading what does that is a tenth of Node's start. */
const commanderAlone = {
  name: 'commander',
  setup({ onLoad }) {
    onLoad({ filter: /commander[\\/]lib[\\/]command\.js$/ }, ({ path }) => {
      const text = readFileSync(path, 'utf8');
      const lazy = text.replace("const childProcess = require('node:child_process');", 'const childProcess = {};');
      if (lazy === text) throw new Error('commander loads node:child_process in another way');
      return { contents: lazy };
    });
  },
};

const built = await build({
  ...shared,
  metafile: true,
  write: false,
  entryPoints: { kharden: 'src/cli/main.ts' },
  outdir: `${out}/program`,
  outExtension: { '.js': '.cjs' },
  platform: 'node',
  format: 'esm',
  splitting: true,
  plugins: [knowledgeFromFile, commanderAlone, directYaml, lazyModules],
});
mkdirSync(`${out}/program`, { recursive: true });
for (const [name, code] of await programFiles(built, { target: shared.target, minify: true })) {
  // Tells builds apart for bin/load.js: V8 would take the code of another text of the same length.
  const id = createHash('sha256').update(code).digest('hex').slice(0, 16);
  writeFileSync(`${out}/program/${name}`, `/*${id}*/${code}`);
}
writeFileSync(`${out}/program/knowledge.txt`, knowledgeIn('src/images/knowledge-data.ts'));
await build({
  ...shared,
  entryPoints: ['src/index.ts'],
  outfile: `${out}/index.js`,
  platform: 'neutral',
  mainFields: ['module', 'main'],
  format: 'esm',
  target: 'es2022',
});
await writeSchema('config', 'src/config/schema/schema.ts', 'configSchema');
await writeSchema('result', 'src/report/formats/json-schema.ts', 'RESULT_SCHEMA');
await writeSchema('audit', 'src/report/formats/audit-schema.ts', 'AUDIT_SCHEMA');
writeFileSync(`${out}/third-party-licences.txt`, licences(Object.keys(built.metafile.inputs)));
const types = ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.types.json', '--outDir', `${out}/types`];
execFileSync(process.execPath, types, { stdio: 'inherit' });
const needed = typesFrom(`${out}/types/src/index.d.ts`);
for (const path of readdirSync(`${out}/types`, { recursive: true }).map((name) => `${out}/types/${name}`)) {
  if (path.endsWith('.ts') && !needed.has(path)) rmSync(path);
}

rmSync('dist', { recursive: true, force: true });
renameSync(out, 'dist');

/** Writes the JSON Schema that a module exports. */
async function writeSchema(name, source, exported) {
  const outfile = `${out}/schema.mjs`;
  await build({ ...shared, entryPoints: [source], outfile, platform: 'node', format: 'esm' });
  const { [exported]: schema } = await import(`${pathToFileURL(outfile).href}?${name}`);
  writeFileSync(`${out}/${name}.schema.json`, `${JSON.stringify(schema, null, 2)}\n`);
  rmSync(outfile);
}

/** The text that the function of the assembled module returns. */
function knowledgeIn(path) {
  return JSON.parse(/return (".*");/.exec(readFileSync(path, 'utf8'))[1]);
}

/** The declarations that one file of declarations needs, by path. */
function typesFrom(path, found = new Set()) {
  if (found.has(path)) return found;
  found.add(path);
  for (const [, other] of readFileSync(path, 'utf8').matchAll(/ from '(\.[^']+)\.ts';/g)) {
    typesFrom(join(dirname(path), `${other}.d.ts`), found);
  }
  return found;
}

/** The licence texts of the packages that files of a bundle come from. */
function licences(inputs) {
  const folders = inputs.flatMap((path) => /^node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []);
  const texts = [...new Set(folders)].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    const text = file === undefined ? '' : readFileSync(`${folder}/${file}`, 'utf8').trim();
    return `${name} ${version} (${license})\n\n${text}\n`;
  });
  return texts.join(`\n${'-'.repeat(80)}\n\n`);
}
