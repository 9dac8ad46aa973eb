#!/usr/bin/env node
// CommonJS (see package.json beside it), because loading a first ES module takes Node a fifth of its own start.
const { join } = require('node:path');
const { enableCompileCache } = require('node:module');
if (enableCompileCache) enableCompileCache();
else require('./compile-cache.js').enable(join(__dirname, '../dist/program'));
require('../dist/kharden.cjs');
