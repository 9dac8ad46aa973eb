#!/usr/bin/env node
// `require`, because `import` of a CommonJS bundle first scans all of it for exports, which takes longer than running it.
import module from 'node:module';
module.enableCompileCache?.();
module.createRequire(import.meta.url)('../dist/kharden.cjs');
