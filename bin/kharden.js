#!/usr/bin/env node
// CommonJS (see package.json beside it), because loading a first ES module takes Node a fifth of its own start.
require('./load.js').load(require('node:path').join(__dirname, '../dist/program'), 'kharden');
