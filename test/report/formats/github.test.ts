/** The format for GitHub Actions: what a runner reads out of it is what kharden found. */
import { harden } from '../../../src/index.ts';
import type { FormatContext } from '../../../src/report/format.ts';
import { printGithub } from '../../../src/report/formats/github.ts';
import type { Problem, RunResult } from '../../../src/report/result.ts';
import { assert, suite } from '../../harness.ts';

interface Command {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly message: string;
}

const CONTEXT: FormatContext = { paint: undefined, width: 80, workingDirectory: '/home/runner/work/shop', environment: {} };

/** Reads workflow commands by the rules of the runner: `::name key=value,key=value::message`, unescaped at the end. */
function readCommands(text: string): Command[] {
  const unescape = (value: string): string =>
    value.replace(/%(0D|0A|3A|2C|25)/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [, name = '', list = '', message = ''] = /^::(\w+) (.*?)::(.*)$/.exec(line) ?? [];
      const properties = list.split(',').map((pair) => /^(\w+)=(.*)$/s.exec(pair)?.slice(1) ?? [pair, '']);
      const entries = properties.map(([key = '', value = '']) => [key, unescape(value)] as const);
      return { name, properties: Object.fromEntries(entries), message: unescape(message) };
    });
}

function print(result: Partial<RunResult>, context: Partial<FormatContext> = {}): Command[] {
  const parts = printGithub({ problems: [], files: [], ...result }, { ...CONTEXT, ...context });
  return readCommands([...parts].join(''));
}

function pod(container: string): string {
  return `apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n      image: busybox:1.36\n${container}`;
}

const EXPLICIT = '      securityContext:\n        allowPrivilegeEscalation: true\n';
const ONLY = { only: ['no-privilege-escalation'] };

suite('report/github', (test) => {
  test('a file that would change is an error at the first line that would', () => {
    const content = `# a pod\n${pod('      stdin: true\n')}`.replace('  name: web\nspec', '  generateName: web\nspec');
    const { files } = harden([{ path: 'k8s/pod.yaml', content }], ONLY);
    assert.equal(print({ files }), [
      {
        name: 'error',
        properties: { file: 'k8s/pod.yaml', line: '10', title: 'kharden' },
        message: 'hardening would add or change 2 lines (no-privilege-escalation): run kharden --write k8s/pod.yaml',
      },
    ]);
  });

  test('lines inside a file are named by the line that they come before', () => {
    const { files } = harden([{ path: 'a.yaml', content: `${pod('')}---\na: 1\n` }], ONLY);
    assert.is(print({ files })[0]?.properties['line'], '9');
  });

  test('each severity has its command, and a finding its place, id and object', () => {
    const { files } = harden([{ path: 'a.yaml', content: pod(EXPLICIT) }], ONLY);
    const [finding] = files[0]?.findings ?? [];
    if (!finding) throw new Error('no finding');
    const [command] = print({ files });
    assert.equal(command?.name, 'warning');
    assert.equal(command?.properties, { file: 'a.yaml', line: '10', col: String(finding.column), title: 'explicit-value' });
    assert.is(command?.message, `Pod web, container web: ${finding.message}`);
    const problems = (['error', 'warning', 'info'] as const).map(
      (severity): Problem => ({ id: 'x', severity, path: 'a', message: 'm' }),
    );
    assert.equal(
      print({ problems }).map(({ name }) => name),
      ['error', 'warning', 'notice'],
    );
  });

  test('a problem without a line has none', () => {
    const problem: Problem = { id: 'unusable-path', severity: 'error', path: 'missing', message: 'no such file' };
    const properties = { file: 'missing', title: 'unusable-path' };
    assert.equal(print({ problems: [problem] }), [{ name: 'error', properties, message: 'no such file' }]);
  });

  const texts = ['100 %', '%0A', 'a:b,c', '::error::x', 'a\nb', 'a\r\nb', 'größe 🚀', '::'];
  for (const text of texts) {
    test(`nothing ends a property or a message early: ${JSON.stringify(text)}`, () => {
      const problem: Problem = { id: 'x', severity: 'error', path: text, line: 3, column: 4, message: text };
      const message = text.replaceAll('\r', '\\x0d').replaceAll('\n', '\\x0a');
      assert.equal(print({ problems: [problem] }), [
        { name: 'error', properties: { file: text, line: '3', col: '4', title: 'x' }, message },
      ]);
    });
  }

  test('paths begin at the workspace of the job', () => {
    const problems: Problem[] = ['a.yaml', '/etc/a.yaml'].map((path) => ({ id: 'x', severity: 'error', path, message: 'm' }));
    const paths = (GITHUB_WORKSPACE: string | undefined): (string | undefined)[] =>
      print({ problems }, { environment: { GITHUB_WORKSPACE } }).map(({ properties }) => properties['file']);
    assert.equal(paths('/home/runner/work'), ['shop/a.yaml', '/etc/a.yaml']);
    assert.equal(paths('/home/runner/work/'), ['shop/a.yaml', '/etc/a.yaml']);
    assert.equal(paths('/home/runner/work/shop'), ['a.yaml', '/etc/a.yaml']);
    assert.equal(paths('/home/runner/work/sh'), ['a.yaml', '/etc/a.yaml']);
    assert.equal(paths(undefined), ['a.yaml', '/etc/a.yaml']);
  });

  test('a file without changes and findings is not mentioned', () => {
    const { files } = harden([{ path: 'a.yaml', content: 'a: 1\n' }]);
    assert.equal(print({ files }), []);
  });
});
