/** The fuzzer by itself: `node --import tsx test/fuzz/run.ts [FOLDER] [--minutes N] [--seed S]`. */
import { parseArgs } from 'node:util';
import { run } from './fuzz.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { minutes: { type: 'string', default: '1' }, seed: { type: 'string', default: '1' } },
});
const [folder] = positionals;
const started = performance.now();
const deadline = started + Number(values.minutes) * 60_000;
const { passed, failed } = await run({ ...(folder === undefined ? {} : { folder }), deadline, seed: Number(values.seed) });
const seconds = (performance.now() - started) / 1000;
console.log(`${passed + failed} mutated files in ${seconds.toFixed(0)} s, ${((passed + failed) / seconds).toFixed(0)} a second`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
