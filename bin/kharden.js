#!/usr/bin/env node
// CommonJS (see package.json beside it), because loading a first ES module takes Node a fifth of its own start.
require('node:module').enableCompileCache?.();
require('../dist/kharden.cjs');
