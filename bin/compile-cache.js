/**
 * Keeps what V8 compiles of the program from one run to the next, on versions of Node that do not do that themselves
 * (`module.enableCompileCache`, Node 22.1): compiling is a third of a run on one small file. Each version of V8, each set of its flags
 * and each build of the program (`id.txt` beside the modules) has a folder. Where nothing can be written, nothing is kept.
 *
 * As with Node's own, `NODE_DISABLE_COMPILE_CACHE=1` switches it off.
 */
const { closeSync, existsSync, fstatSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const Module = require('node:module');
const { homedir } = require('node:os');
const { basename, dirname, join } = require('node:path');
const { cachedDataVersionTag } = require('node:v8');
const { Script } = require('node:vm');

/**
 * Loads every module below a folder from its cache, and writes what is missing there when the process ends.
 *
 * @param {string} folder whose modules are those of one build
 */
exports.enable = (folder) => {
  if (process.env.NODE_DISABLE_COMPILE_CACHE === '1') return;
  const build = `${cachedDataVersionTag()}-${readFileSync(join(folder, 'id.txt'), 'utf8')}`;
  const caches = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'kharden', build);
  const original = Module.prototype._compile;
  const missing = new Map();
  // All of them find the same: to make one for each takes as long as to read its file.
  const requireFrom = Module.createRequire(join(folder, 'any.cjs'));
  process.once('exit', () => missing.forEach((script, path) => keep(path, script)));
  Module.prototype._compile = function (text, filename, ...rest) {
    if (dirname(filename) !== folder) return original.call(this, text, filename, ...rest);
    const path = join(caches, `${basename(filename)}.cache`);
    const script = new Script(Module.wrap(text), { filename, cachedData: contentOf(path) });
    if (script.cachedDataRejected !== false) missing.set(path, script);
    return script.runInThisContext().call(this.exports, this.exports, requireFrom, this, filename, folder);
  };
};

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

/** Written whole or not at all: several processes may end at once. */
function keep(path, script) {
  try {
    const folder = dirname(path);
    // Not recursive: that never ends in a home such as /proc, where nothing can be made.
    for (const one of [dirname(dirname(folder)), dirname(folder), folder]) if (!existsSync(one)) mkdirSync(one, { mode: 0o700 });
    writeFileSync(`${path}.${process.pid}`, script.createCachedData(), { mode: 0o600 });
    renameSync(`${path}.${process.pid}`, path);
  } catch {
    // A home that cannot be written to is no fault.
  }
}
