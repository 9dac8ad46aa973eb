#!/usr/bin/env node
// CommonJS (see package.json beside it), because loading a first ES module takes Node a fifth of its own start.
const { join } = require('node:path');
const { enableCompileCache } = require('node:module');
if (enableCompileCache) enableCompileCache();
else {
  // Before Node 22, V8 has one optimizing compiler, a slow one: by default it took a quarter of the time of a run.
  require('node:v8').setFlagsFromString('--interrupt-budget=1000000');
  require('./compile-cache.js').enable(join(__dirname, '../dist/program'));
}
require('../dist/kharden.cjs');
