/**
 * Applications of several workloads: `applications/NAME.yaml`, and in `NAME.txt` every connection that the policies of kharden
 * allow, which is every connection that the application needs. `UPDATE_SNAPSHOTS=1` writes the tables: read them.
 */
import fastGlob from 'fast-glob';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { assert, suite } from '../harness.ts';
import { reachability } from './reachability.ts';

const folder = fileURLToPath(new URL('applications/', import.meta.url));

suite('network: applications', (test) => {
  for (const name of fastGlob.sync('*.yaml', { cwd: folder }).map((file) => file.replace('.yaml', ''))) {
    test(name, () => {
      const table = reachability({ [`${name}.yaml`]: readFileSync(`${folder}${name}.yaml`, 'utf8') });
      if (process.env['UPDATE_SNAPSHOTS']) writeFileSync(`${folder}${name}.txt`, table);
      assert.is(table, readFileSync(`${folder}${name}.txt`, 'utf8'));
    });
  }
});
