/** SARIF: valid by the published schema, and its fixes make the hardened text, byte for byte. */
import { readFileSync } from 'node:fs';
import { printSarif } from '../../../src/report/formats/sarif.ts';
import { problemsOf, type RunResult } from '../../../src/report/result.ts';
import type { Json, JsonObject } from '../../../src/util/json.ts';
import { assert, suite } from '../../harness.ts';
import { lazy } from '../../lazy.ts';
import { validate } from '../../json-schema.ts';
import { applySarifFixes, type SarifLog } from './apply-sarif.ts';
import { CONTEXT, EMPTY, fixtures, hostile, many } from './results.ts';

const { $schema, id, ...SCHEMA } = JSON.parse(
  readFileSync(new URL('../../schemas/sarif-2.1.0.json', import.meta.url), 'utf8'),
) as JsonObject;

function print(result: RunResult): SarifLog {
  return JSON.parse([...printSarif(result, CONTEXT)].join('')) as SarifLog;
}

function violations(log: SarifLog): string[] {
  return validate(SCHEMA, log as unknown as Json).map(({ at, message }) => `${at}: ${message}`);
}

suite('report/formats/sarif', (test) => {
  const logOfFixtures = lazy(() => print(fixtures()));

  test('what is printed is valid by the schema of OASIS', () => {
    const log = logOfFixtures();
    for (const one of [log, print(EMPTY), print(hostile()), print(many())]) assert.equal(violations(one), []);
    const wrong = (change: object): SarifLog =>
      ({
        runs: [{ ...log.runs[0], results: [{ ...log.runs[0]?.results[0], ...change }] }],
        version: '2.1.0',
      }) as unknown as SarifLog;
    assert.equal(violations(wrong({})), []);
    for (const change of [{ level: 'bad' }, { more: 1 }, { locations: [{ physicalLocation: { region: { startLine: 0 } } }] }])
      assert.ok(violations(wrong(change)).length > 0, JSON.stringify(change));
  });

  test('the fixes make what --write writes', () => {
    for (const result of [fixtures(), hostile()]) {
      const before = new Map(result.files.map(({ path, input }) => [path, Buffer.from(input)]));
      const after = applySarifFixes(print(result), before);
      for (const { path, output } of result.files) assert.ok(after.get(path)?.equals(Buffer.from(output)), path);
    }
  });

  test('there is a result for each change and each finding, with a rule that has help', () => {
    const all = fixtures();
    const [run] = logOfFixtures().runs;
    assert.is(run?.results.length, all.files.reduce((sum, { changes }) => sum + changes.length, 0) + problemsOf(all).length);
    for (const { ruleId, ruleIndex } of run?.results ?? []) {
      const rule = run?.tool.driver.rules[ruleIndex];
      assert.is(rule?.id, ruleId);
      assert.ok(rule?.help.text && rule.help.text !== ruleId && rule.help.markdown, ruleId);
    }
  });
});
