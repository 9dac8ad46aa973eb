/** The page: well-formed, complete in itself, and everything of the result is on it as text. */
import { createHash } from 'node:crypto';
import { fileDiff } from '../../../src/report/diff.ts';
import { htmlPrinter } from '../../../src/report/formats/html.ts';
import { problemsOf, sentenceOf, type RunResult } from '../../../src/report/result.ts';
import { printable, printableLines } from '../../../src/report/text.ts';
import { assert, suite } from '../../harness.ts';
import { elementsOf, readHtml, textOf, type HtmlElement } from './read-html.ts';
import { CONTEXT, EMPTY, fixtures, hostile } from './results.ts';

const pages = new Map<RunResult, HtmlElement>();

async function print(result: RunResult): Promise<HtmlElement> {
  const known = pages.get(result) ?? readHtml([...(await htmlPrinter())(result, CONTEXT)].join(''));
  pages.set(result, known);
  return known;
}

const hasClass = (element: HtmlElement, name: string): boolean => element.attributes['class'] === name;

/** The lines of the diffs on a page, without the numbers that lead to reasons. */
function diffLines(page: HtmlElement): string {
  const lines = elementsOf(page)
    .filter(({ name }) => name === 'pre')
    .flatMap(({ content: [code] }) => (code as HtmlElement).content);
  return lines.map((line) => `${textOf(line as HtmlElement, (inner) => hasClass(inner, 'number'))}\n`).join('');
}

suite('report/formats/html', (test) => {
  for (const [name, resultOf] of Object.entries({ fixtures, hostile, empty: () => EMPTY })) {
    test(`complete in itself, without any code but its own: ${name}`, async () => {
      const all = elementsOf(await print(resultOf()));
      const hash = (element: string): string => {
        const [one, ...more] = all.filter((found) => found.name === element);
        assert.is(more.length, 0);
        return `'sha256-${createHash('sha256')
          .update(textOf(one as HtmlElement))
          .digest('base64')}'`;
      };
      const policy = all.find(({ attributes }) => attributes['http-equiv'] === 'Content-Security-Policy')?.attributes['content'];
      assert.is(
        policy,
        `default-src 'none'; style-src ${hash('style')}; script-src ${hash('script')}; img-src data:; base-uri 'none'; form-action 'none'`,
      );
      const ids = all.flatMap(({ attributes }) => attributes['id'] ?? []);
      assert.is(new Set(ids).size, ids.length);
      for (const { name: element, attributes } of all) {
        for (const [key, value] of Object.entries(attributes)) {
          assert.not.match(key, /^(?:on|src|style$)/);
          if (key === 'href') assert.ok(element === 'link' ? value === 'data:,' : ids.includes(value.slice(1)), value);
        }
      }
    });

    test(`every change, every finding and every line of the diffs: ${name}`, async () => {
      const result = resultOf();
      const page = await print(result);
      const items = elementsOf(page).filter(({ attributes }) => attributes['data-kind'] !== undefined);
      const shown = items.map((item) => {
        const words = textOf(elementsOf(item).find((inner) => inner.name === 'p') as HtmlElement, (inner) =>
          hasClass(inner, 'quiet'),
        );
        return `${item.attributes['data-kind']} ${item.attributes['data-id']} ${words.trim()}`;
      });
      const changed = result.files.filter(({ edits }) => edits.length > 0);
      const changes = changed.flatMap((file) => file.changes.map((one) => ({ ...one, kind: one.safety, id: one.transform })));
      const findings = problemsOf(result).map((one) => ({ ...one, kind: one.severity }));
      const all = [...changes, ...findings].map((one) => `${one.kind} ${one.id} ${printable(sentenceOf(one)).trim()}`);
      assert.equal(shown.sort(), all.sort());
      const diffs = changed.map((file) => fileDiff(file).split('\n').slice(2).join('\n')).join('');
      assert.is(diffLines(page), printableLines(diffs).replaceAll('\r', ''));
    });
  }

  test('numbers at the lines lead to the reasons for them', async () => {
    const all = elementsOf(await print(fixtures()));
    const reasons = new Map(all.filter(({ name }) => name === 'li').map((item) => [`#${item.attributes['id']}`, item]));
    const lines = all.filter(({ name, attributes }) => /^(?:ins|span)$/.test(name) && attributes['data-line'] !== undefined);
    const shown = lines.flatMap((line) =>
      elementsOf(line).flatMap(({ name, attributes }) =>
        name === 'a'
          ? [{ reason: reasons.get(attributes['href'] ?? ''), text: textOf(line, (inner) => inner.name === 'a') }]
          : [],
      ),
    );
    const of = (id: string): string[] =>
      shown.filter(({ reason }) => reason?.attributes['data-id'] === id).map(({ text }) => text);
    assert.ok(of('no-privilege-escalation').length > 20);
    for (const text of of('no-privilege-escalation')) assert.match(text, /allowPrivilegeEscalation/);
    for (const text of of('dedicated-service-account')) assert.match(text, /serviceAccountName|kind"?: "?ServiceAccount/);
  });

  test('the worst workload comes first', async () => {
    const rows = elementsOf(await print(fixtures())).filter(({ name, content }) => name === 'tr' && content.length === 4);
    const levels = rows
      .slice(1)
      .map((row) => textOf(row.content[2] as HtmlElement))
      .filter((level) => level !== 'Hardened');
    const order = ['privileged', 'baseline', 'restricted'];
    assert.equal(
      levels,
      levels.toSorted((left, right) => order.indexOf(left) - order.indexOf(right)),
    );
    assert.equal([...new Set(levels)], order);
  });

  test('an empty run', async () => {
    const text = textOf(await print(EMPTY));
    assert.match(text, /Nothing to harden, 0 errors, 0 warnings\./);
    assert.match(text, /There are no workloads that were judged\./);
  });
});
