/** Findings for people: grouped by file, in lines that fit, with every text on one line of its own. */
import { findingLines, someFindingLines } from '../../../src/report/terminal/findings.ts';
import { columnsOf, wrap } from '../../../src/report/terminal/wrap.ts';
import type { Problem } from '../../../src/report/result.ts';
import { paint } from '../../../src/report/text.ts';
import { assert, suite } from '../../harness.ts';

const LAYOUT = { paint: paint(false), width: 40 };

function finding(fields: Partial<Problem>): Problem {
  return { id: 'needs-root', severity: 'warning', path: 'a.yaml', message: 'stays root', line: 3, column: 5, ...fields };
}

function shown(...findings: readonly Problem[]): string {
  return findingLines(findings, LAYOUT).join('\n');
}

suite('report/terminal/findings', (test) => {
  test('those of one file stand below its name, with aligned places', () => {
    const object = { kind: 'Deployment', name: 'web' };
    const findings = [
      finding({ object, container: 'nginx', message: 'it changes its user, so that it stays root: check it' }),
      finding({ path: 'b.yaml', severity: 'info', id: 'unknown-image' }),
      finding({ line: 120, column: 1, severity: 'error', id: 'invalid-yaml', message: 'no map' }),
    ];
    assert.sameText(
      shown(...findings),
      `a.yaml
  3:5    warning  needs-root
      Deployment web, container nginx:
      it changes its user, so that it
      stays root: check it
  120:1  error  invalid-yaml
      no map
b.yaml
  3:5  info  unknown-image
      stays root`,
    );
  });

  test('one about a file as a whole has no place', () => {
    const { line, column, ...whole } = finding({ id: 'unusable-path', severity: 'error', message: 'no such file' });
    assert.sameText(shown(whole), 'a.yaml\n  error  unusable-path\n      no such file');
  });

  test('the template that a document was rendered from stands beside the name', () => {
    const findings = [finding({ source: 'shop/templates/a.yaml' }), finding({ source: 'shop/templates/b.yaml' })];
    const headings = findingLines(findings, LAYOUT).filter((line) => !line.startsWith(' '));
    assert.equal(headings, ['a.yaml, from shop/templates/a.yaml', 'a.yaml, from shop/templates/b.yaml']);
  });

  test('names with spaces, quotes, line breaks and escapes stay on one line', () => {
    const path = 'my "a"\n\u001B[31m.yaml';
    assert.sameText(
      shown(finding({ path, message: '<b>\r\n' })),
      'my "a"\\x0a\\x1b[31m.yaml\n  3:5  warning  needs-root\n      <b>\\x0d\\x0a',
    );
  });

  test('a few of each id are shown, and the others counted; nothing of none', () => {
    const many = Array.from({ length: 2000 }, (_, line) => finding({ line: line + 1 }));
    const lines = someFindingLines([...many, finding({ id: 'unknown-image' })], { ...LAYOUT, width: 80 });
    assert.is(lines.filter((line) => line.endsWith('needs-root')).length, 5);
    assert.is(lines.filter((line) => line.endsWith('unknown-image')).length, 1);
    assert.is(lines.at(-1), '… and more: 1995 needs-root (--verbose shows all)');
    assert.equal(someFindingLines([], LAYOUT), []);
  });

  test('colour says how severe each is', () => {
    const [, head] = findingLines([finding({})], { ...LAYOUT, paint: paint(true) });
    assert.is(head, '  3:5  \u001B[33mwarning\u001B[39m  needs-root');
  });
});

suite('report/terminal/wrap', (test) => {
  test('lines end at the width, and a longer word has its own', () => {
    assert.equal(wrap('a bb ccc dddd', 6), ['a bb', 'ccc', 'dddd']);
    assert.equal(wrap('a bb ccc', 6, '  '), ['  a bb', '  ccc']);
    assert.equal(wrap(`a ${'x'.repeat(20)} b`, 6), ['a', 'x'.repeat(20), 'b']);
    assert.equal(wrap('', 6), ['']);
  });

  test('characters of two columns count twice', () => {
    assert.is(columnsOf('größe'), 5);
    assert.is(columnsOf('ポッド🚀'), 8);
    assert.equal(wrap('ポッド 名前', 9), ['ポッド', '名前']);
  });
});
