/**
 * Loads the built program. Its files are functions (scripts/program-files.js), and what V8 compiles of them is
 * kept from one run to the next: compiling is a third of a run on one small file. Each version of V8 and each text of a file (its first
 * words) has a cache of its own; V8 itself refuses what it compiled with other flags. Where nothing can be written, nothing is kept.
 *
 * As with Node's own cache, `NODE_DISABLE_COMPILE_CACHE=1` switches it off.
 */
const { closeSync, existsSync, fstatSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const { dirname, join } = require('node:path');
const { Script } = require('node:vm');

/** A cache has what was compiled in a run. What further runs compile is added, but only in the first of them: most do much the same. */
const ROUNDS = 4;

/** Milliseconds. In a longer run V8 has forgotten much of what it compiled; it counts as none of the first, and is kept only where nothing is. */
const LONG = 1000;

/**
 * Runs a file of the program.
 *
 * @param {string} folder the files of the program
 * @param {string} entry the name of the file
 */
exports.load = (folder, entry) => {
  const caches = process.env.NODE_DISABLE_COMPILE_CACHE === '1' ? undefined : cacheFolder();
  const modules = new Map();
  const atEnd = [];
  const load = (name) => {
    const known = modules.get(name);
    if (known) return known.exports;
    const module = { exports: {} };
    modules.set(name, module);
    functionIn(join(folder, `${name}.cjs`), name, caches, atEnd)(requireFrom, module, module.exports, folder);
    return module.exports;
  };
  const requireFrom = (id) => (id.startsWith('./') ? load(id.slice(2)) : require(id));
  // One listener for all files: Node warns of more than ten.
  process.once('exit', () => atEnd.forEach((keepOne) => keepOne()));
  load(entry);
};

function cacheFolder() {
  const home = process.env.XDG_CACHE_HOME || join(process.env.HOME || require('node:os').homedir(), '.cache');
  return join(home, 'kharden', `${process.versions.v8}-${process.arch}`);
}

/** What the text of a file stands for; its code is read from the cache, and kept there by what is added to `atEnd`. */
function functionIn(filename, name, caches, atEnd) {
  const text = readFileSync(filename, 'latin1');
  if (caches === undefined) return new Script(text, { filename }).runInThisContext();
  const path = join(caches, `${name}-${text.slice(2, 18)}.cache`);
  const content = contentOf(path);
  const cachedData = content?.subarray(0, -1);
  const script = new Script(text, { filename, cachedData });
  const round = script.cachedDataRejected === false ? content.at(-1) : 0;
  if (round < ROUNDS) {
    atEnd.push(() => {
      const isLong = performance.now() > LONG;
      if (!isLong || script.cachedDataRejected !== false)
        keep(path, script, round === 0 ? undefined : cachedData, isLong ? 0 : round + 1);
    });
  }
  return script.runInThisContext();
}

/** Only what the user of the process wrote: it is run. */
function contentOf(path) {
  try {
    const file = openSync(path, 'r');
    try {
      return fstatSync(file).uid === (process.getuid?.() ?? 0) ? readFileSync(file) : undefined;
    } finally {
      closeSync(file);
    }
  } catch {
    return undefined;
  }
}

/**
 * Written whole or not at all: several processes may end at once. V8 forgets code that has not run for long, so the larger one counts; the
 * last byte is the round.
 */
function keep(path, script, before, round) {
  try {
    const folder = dirname(path);
    // Not recursive: that never ends in a home such as /proc, where nothing can be made.
    for (const one of [dirname(dirname(folder)), dirname(folder), folder]) if (!existsSync(one)) mkdirSync(one, { mode: 0o700 });
    const data = script.createCachedData();
    const kept = before && before.length > data.length ? before : data;
    writeFileSync(`${path}.${process.pid}`, Buffer.concat([kept, Buffer.of(round)]), { mode: 0o600 });
    renameSync(`${path}.${process.pid}`, path);
  } catch {
    // A home that cannot be written to is no fault.
  }
}
