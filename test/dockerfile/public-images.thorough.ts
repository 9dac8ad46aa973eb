/** The Dockerfiles of known images beside the entries: each difference has its explanation, and docs/dockerfiles.md says so. */
import { readFileSync, writeFileSync } from 'node:fs';
import { assert, suite } from '../harness.ts';
import { lazy } from '../lazy.ts';
import { compareAll, FIELDS, type Comparison } from './public-images.ts';

const PAGE = new URL('../../docs/dockerfiles.md', import.meta.url);
const [BEGIN, END] = ['<!-- measured: dockerfiles -->', '<!-- end -->'];
const comparisons = lazy(compareAll);

/** The part of the page that is measured. */
function tables(all: readonly Comparison[]): string {
  const differences = all.flatMap((one) => one.differences.map((difference) => ({ ...one, ...difference })));
  const counts = FIELDS.map((field) => [field, all.length - differences.filter((one) => one.field === field).length] as const);
  const total = counts.reduce((sum, [, count]) => sum + count, 0);
  return [
    `Of ${all.length * FIELDS.length} values of ${all.length} images, ${total} are those of the entry: ${counts.map(([field, count]) => `${field} ${count}`).join(', ')}.`,
    '',
    '| image | value | by the Dockerfile | by the entry | why |',
    '| --- | --- | --- | --- | --- |',
    ...differences.map(
      ({ image, field, derived, known, why }) =>
        `| \`${image}\` | ${field} | ${derived[field] || '–'} | ${known[field] || '–'} | ${why ?? ''} |`,
    ),
    '',
    'The Dockerfiles that were read:',
    '',
    ...all.map(({ image, source, differences: own }) => `- \`${image}\`: ${source}${own.length === 0 ? ', no difference' : ''}`),
  ].join('\n');
}

suite('dockerfile/public-images', (test) => {
  test('at least 30 images are compared', () => assert.ok(comparisons().length >= 30));
  test('each difference is explained, and nothing else', () => {
    const open = comparisons().flatMap(({ image, differences, idle }) => [
      ...differences.filter(({ why }) => why === undefined).map(({ field }) => `${image}: ${field} has no explanation`),
      ...idle.map((field) => `${image}: ${field} is explained, and does not differ`),
    ]);
    assert.equal(open, []);
  });
  test('the page says what is measured', () => {
    const page = readFileSync(PAGE, 'utf8');
    const [before = '', rest = ''] = page.split(BEGIN);
    const after = rest.slice(rest.indexOf(END) + END.length);
    const expected = `${before}${BEGIN}\n\n${tables(comparisons())}\n\n${END}${after}`;
    if (process.env['UPDATE_SNAPSHOTS']) writeFileSync(PAGE, expected);
    assert.sameText(process.env['UPDATE_SNAPSHOTS'] ? expected : page, expected, 'docs/dockerfiles.md');
  });
});
