/**
 * A JUnit report. A file is a suite; what would change in it are failures, errors are errors, and what is left alone on purpose
 * is skipped. A file that is as it should be has one test case that passes.
 *
 * @see https://github.com/testmoapp/junitxml for what tools read
 */
import type { FileResult } from '../../index.ts';
import { problemsOf, sentenceOf, type Problem, type RunResult } from '../result.ts';

interface TestCase {
  readonly name: string;
  readonly kind: 'failure' | 'error' | 'skipped' | 'passed';
  readonly type: string;
  readonly message: string;
}

/** Prints the report. */
export function* printJunit(result: RunResult): Iterable<string> {
  const problems = problemsOf(result).filter(({ severity }) => severity !== 'info');
  const byPath = new Map<string, TestCase[]>();
  const add = (path: string, testCase: TestCase): void => void byPath.set(path, [...(byPath.get(path) ?? []), testCase]);
  for (const file of result.files) byPath.set(file.path, file.changes.map(changeCase));
  for (const problem of problems) add(problem.path, problemCase(problem));
  const suites = [...byPath].map(([path, cases]) => ({ path, cases: cases.length > 0 ? cases : [passed()] }));
  yield '<?xml version="1.0" encoding="UTF-8"?>\n';
  yield `<testsuites name="kharden" ${totals(suites.flatMap(({ cases }) => cases))}>\n`;
  for (const { path, cases } of suites) {
    yield `  <testsuite name="${escaped(path)}" ${totals(cases)} skipped="${countOf('skipped', cases)}">\n`;
    for (const one of cases) yield testCase(path, one);
    yield '  </testsuite>\n';
  }
  yield '</testsuites>\n';
}

function changeCase(change: FileResult['changes'][number]): TestCase {
  return { name: `${nameOf(change)}: ${change.transform}`, kind: 'failure', type: change.transform, message: change.message };
}

function problemCase(problem: Problem): TestCase {
  const kind = problem.severity === 'error' ? 'error' : 'skipped';
  const place = problem.line === undefined ? '' : `line ${problem.line}: `;
  return { name: `${nameOf(problem)}: ${problem.id}`, kind, type: problem.id, message: place + sentenceOf(problem) };
}

function passed(): TestCase {
  return { name: 'hardened', kind: 'passed', type: '', message: '' };
}

function nameOf({ object, container }: Pick<Problem, 'object' | 'container'>): string {
  const name = object === undefined ? 'file' : `${object.kind} ${object.name}`.trimEnd();
  return container === undefined ? name : `${name}, container ${container}`;
}

/** What suites and all of them together are counted by; the schema of Jenkins has `skipped` for a suite alone. */
function totals(cases: readonly TestCase[]): string {
  return `tests="${cases.length}" failures="${countOf('failure', cases)}" errors="${countOf('error', cases)}"`;
}

function countOf(kind: TestCase['kind'], cases: readonly TestCase[]): number {
  return cases.filter((one) => one.kind === kind).length;
}

function testCase(path: string, { name, kind, type, message }: TestCase): string {
  const head = `    <testcase name="${escaped(name)}" classname="${escaped(path)}"`;
  if (kind === 'passed') return `${head}/>\n`;
  const typed = kind === 'skipped' ? '' : ` type="${escaped(type)}"`;
  return `${head}>\n      <${kind} message="${escaped(message)}"${typed}/>\n    </testcase>\n`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** A text for an attribute. What XML has no characters for is written as `\x1b`. */
function escaped(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Surrogate}/gu, (character) => {
      return `\\x${(character.codePointAt(0) as number).toString(16).padStart(2, '0')}`;
    })
    .replace(/[&<>"]/g, (character) => ENTITIES[character] as string)
    .replace(/[\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`);
}
