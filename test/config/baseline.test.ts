/** The baseline as a file: what is printed is read again, and what is wrong is refused with its place. */
import { printBaseline, readBaseline } from '../../src/config/index.ts';
import type { BaselineEntry } from '../../src/index.ts';
import { assert, suite } from '../harness.ts';

function read(text: string): readonly BaselineEntry[] | string[] {
  const result = readBaseline(text, 'b.yaml');
  if ('errors' in result) return result.errors.map(({ line, column, message }) => `${line}:${column} ${message}`);
  return result.entries.map(({ path, subject, id, count }) => ({ path, subject, id, count }));
}

const ENTRIES: readonly BaselineEntry[] = [
  { path: 'b.yaml', subject: 'Deployment shop/web, container nginx', id: 'host-port', count: 2 },
  { path: 'b.yaml', subject: 'Deployment shop/web', id: 'host-path', count: 1 },
  { path: 'a.yaml', subject: 'whole file', id: 'duplicate-key', count: 1 },
  { path: 'b.yaml', subject: 'Deployment shop/web', id: 'host-namespace', count: 1 },
];

suite('config: baseline', (test) => {
  test('it is sorted, so that it changes only where findings do', () => {
    assert.sameText(
      printBaseline(ENTRIES).replace(/^#.*\n/gm, ''),
      `findings:
  a.yaml:
    "whole file":
      duplicate-key: 1
  b.yaml:
    "Deployment shop/web":
      host-namespace: 1
      host-path: 1
    "Deployment shop/web, container nginx":
      host-port: 2
`,
    );
    assert.is(printBaseline(ENTRIES.toReversed()), printBaseline(ENTRIES));
  });

  test('what is printed is read again, whatever the names are', () => {
    const names = ['a b/ü: x.yaml', '# no', '- no', '{{ .x }}', "it's", '"', '__proto__', 'true', '12', '*a', 'x'.repeat(900)];
    const entries = names.map((name, index) => ({ path: name, subject: `Pod ${name}`, id: 'host-path', count: index + 1 }));
    const byPath = (left: BaselineEntry, right: BaselineEntry): number => (left.path < right.path ? -1 : 1);
    const found = read(printBaseline(entries)) as BaselineEntry[];
    assert.equal(found.toSorted(byPath), entries.toSorted(byPath));
    assert.equal(read(printBaseline([])), []);
  });

  test('an empty file is the empty baseline', () => {
    for (const text of ['', '# nothing\n', '{}', 'findings: {}\n']) assert.equal(read(text), []);
  });

  test('an entry knows its place', () => {
    const result = readBaseline('findings:\n  a.yaml:\n    Pod a: {host-path: 1}\n', 'b.yaml');
    assert.equal('entries' in result && result.entries[0]?.at, { path: 'b.yaml', line: 3, column: 13 });
  });

  const bad: Readonly<Record<string, readonly string[]>> = {
    '- a': ['1:1 expected a map, found a list'],
    'finding: {}': ['1:1 finding: unknown key: did you mean findings?'],
    'findings: [a.yaml]': ['1:11 findings: expected a map of files, found a list'],
    'findings: {a.yaml: [host-path]}': ['1:20 findings["a.yaml"]: expected a map of workloads, found a list'],
    'findings: {a: {Pod a: host-path}}': ['1:23 findings.a["Pod a"]: expected a map of findings, found the text "host-path"'],
    'findings: {a: {b: {c: 0}}}': ['1:23 findings.a.b.c: expected the number of the findings, from 1, found the number 0'],
    'findings: {a: {b: {c: 1, c: 2}}}': ['1:26 the key c is there twice: remove one'],
    'findings: {a: ': ['1:15 '],
  };
  for (const [text, errors] of Object.entries(bad)) {
    test(`refuses ${text}`, () => {
      const found = read(text) as string[];
      assert.equal(
        found.map((line, index) => (errors[index]?.endsWith(' ') ? line.slice(0, errors[index]?.length) : line)),
        errors,
      );
    });
  }
});
