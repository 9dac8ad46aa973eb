/** Lists that are longer than what a function takes as arguments (V8: about 120,000): nothing may hand them over one by one. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lowestPort } from '../../src/decisions/container/ports.ts';
import { compareFields } from '../../src/kubernetes/field-order.ts';
import { readWorkloads } from '../objects.ts';
import { compose, type Edit } from '../../src/patch/index.ts';
import { appendLines } from '../../src/cli/output/report-file.ts';
import { hunksOf } from '../../src/report/hunks.ts';
import { folderWith } from '../cli/program.ts';
import { facts } from '../workspace/facts-of.ts';
import { assert, suite } from '../harness.ts';
import { MANY, spliced } from './long.ts';

suite('long lists', (test) => {
  test('new items in a block list', () => {
    const edit = compose({ a: 1 }, [{ op: 'add', path: '/b', value: { c: Array(MANY).fill({ d: 1 }) } }], compareFields);
    assert.is(spliced('a: 1\n', edit as Edit), `a: 1\nb:\n  c:\n${'  - d: 1\n'.repeat(MANY)}`);
  });

  test('new items in brackets', () => {
    const ops = Array.from({ length: MANY }, (_, index) => ({ op: 'add', path: '/a/-', value: index }) as const);
    const edit = compose({ a: [-1] }, ops, compareFields);
    assert.is(spliced('a: [-1]\n', edit as Edit), `a: [-1, ${Array.from(Array(MANY).keys()).join(', ')}]\n`);
  });

  test('ports', () => {
    const ports = Array.from({ length: MANY }, (_, index) => ({ containerPort: 1023 - (index % 1000) }));
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'a' },
      spec: { containers: [{ name: 'a', image: 'a', ports }] },
    };
    const container = readWorkloads(pod)[0]?.pods[0]?.containers[0];
    const basis = {
      image: undefined,
      knowledge: undefined,
      source: 'nothing',
      because: '',
      runsImageProgram: true,
      commands: [],
    } as const;
    assert.is(container && lowestPort(container, basis, facts({})), 24);
  });

  test('lines of a diff', () => {
    const [hunk] = hunksOf('a\n', [{ start: 2, end: 2, text: 'b\n'.repeat(MANY) }]);
    assert.is(hunk?.lines.length, MANY + 1);
  });

  test('lines of a report', () => {
    const path = join(folderWith({}), 'report.txt');
    appendLines(path, Array<string>(MANY).fill('a'));
    assert.is(readFileSync(path, 'utf8'), 'a\n'.repeat(MANY));
  });
});
