/** JUnit: well-formed, with the elements and attributes that the schema of Jenkins has, and numbers that agree. */
import { printJunit } from '../../../src/report/formats/junit.ts';
import type { RunResult } from '../../../src/report/result.ts';
import { printable } from '../../../src/report/text.ts';
import { assert, suite } from '../../harness.ts';
import { readXml, type Element } from './read-xml.ts';
import { EMPTY, fixtures, hostile, many } from './results.ts';

/**
 * From https://github.com/jenkinsci/xunit-plugin (`junit-10.xsd`): what may stand in what, as far as it is used here. The
 * integration tests validate with the schema itself.
 */
const ALLOWED: Readonly<Record<string, { attributes: readonly string[]; children: readonly string[] }>> = {
  testsuites: { attributes: ['name', 'tests', 'failures', 'errors'], children: ['testsuite'] },
  testsuite: { attributes: ['name', 'tests', 'failures', 'errors', 'skipped'], children: ['testcase'] },
  testcase: { attributes: ['name', 'classname'], children: ['failure', 'error', 'skipped'] },
  failure: { attributes: ['message', 'type'], children: [] },
  error: { attributes: ['message', 'type'], children: [] },
  skipped: { attributes: ['message'], children: [] },
};

function print(result: RunResult): Element {
  return readXml([...printJunit(result)].join(''));
}

function assertAllowed({ name, attributes, children }: Element): void {
  assert.equal(Object.keys(attributes).sort(), [...(ALLOWED[name]?.attributes ?? [])].sort());
  for (const child of children) {
    assert.ok(ALLOWED[name]?.children.includes(child.name), `${child.name} in ${name}`);
    assertAllowed(child);
  }
}

function casesOf({ name, children }: Element): Element[] {
  return name === 'testsuite' ? children : children.flatMap(casesOf);
}

suite('report/formats/junit', (test) => {
  for (const [name, resultOf] of Object.entries({ fixtures, hostile, empty: () => EMPTY, many })) {
    test(`elements, attributes and numbers: ${name}`, () => {
      const result = resultOf();
      const root = print(result);
      assertAllowed(root);
      for (const suite of [root, ...root.children]) {
        const cases = suite === root ? casesOf(root) : suite.children;
        const count = (kind: string): string => String(cases.filter(({ children }) => children[0]?.name === kind).length);
        const { tests, failures, errors, skipped } = suite.attributes;
        assert.equal([tests, failures, errors], [String(cases.length), count('failure'), count('error')]);
        if (suite !== root) assert.is(skipped, count('skipped'));
      }
      const changes = result.files.reduce((sum, file) => sum + file.changes.length, 0);
      assert.is(root.attributes['failures'], String(changes));
    });
  }

  test('names come through, but for what XML has no characters for', () => {
    const result = hostile();
    const shown = print(result).children.map((suite) => printable(suite.attributes['name'] ?? ''));
    const paths = [...result.files, ...result.problems].map(({ path }) => printable(path));
    assert.equal(shown, paths);
  });
});
