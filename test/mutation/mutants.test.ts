import { assert, suite } from '../harness.ts';
import { mutantsOf, weave } from './mutants.ts';

/** What a piece of source can become; the place of a mutant is shown by the whole source with it. */
const CHANGES: readonly (readonly [source: string, ...mutated: string[]])[] = [
  ['f(a);', ''],
  ['const a = b;'],
  ['const a = b + c;', 'const a = b - c;'],
  ["const a = b + 'x';", 'const a = b + "";'],
  ['const a = b < c;', 'const a = b <= c;', 'const a = b >= c;', 'const a = true;', 'const a = false;'],
  ['const a = b ?? c;', 'const a = ((b) && (c));'],
  ['const a = b && c;', 'const a = ((b) || (c));', 'const a = true;', 'const a = false;'],
  ['const a = !b;', 'const a = (b);'],
  ['const a = b ? c : d;', 'const a = true ? c : d;', 'const a = false ? c : d;'],
  ['const a = [];', 'const a = ["mutated"];'],
  ['const a = [b, c];', 'const a = [];', 'const a = [c];'],
  ['const a = { b };', 'const a = {};'],
  ['const a = 5;', 'const a = 6;', 'const a = 4;'],
  ['const a = `b${c}`;', 'const a = ``;'],
  ['const a = /^b+$/g;', 'const a = /b+$/g;', 'const a = /^b*$/g;', 'const a = /^b+/g;'],
  ['const a = /[^b]\\d(?!c)/;', 'const a = /[b]\\d(?!c)/;', 'const a = /[^b]\\D(?!c)/;', 'const a = /[^b]\\d(?=c)/;'],
  ['const a = b?.c;', 'const a = b.c;'],
  ['const a = b?.[c]?.(d);', 'const a = b[c]?.(d);', 'const a = b?.[c](d);'],
  ['const a = b.startsWith(c);', 'const a = b.endsWith(c);'],
  ['const a = b.filter(c).at(d);', 'const a = b.at(d);'],
  ['a += b;', 'a -= b;', ''],
  ['a++;', 'a--;', ''],
  ['if (a) b();', 'if (true) b();', 'if (false) b();'],
  ['if (a) b(); else c();', 'if (true) b(); else c();', 'if (false) b(); else c();', 'if (a)  else c();', 'if (a) b(); else '],
  ['while (a) b();', 'while (false) b();', 'while (a) '],
  ['function a() { b(); return c; }', 'function a() {  }', 'function a() {  return c; }'],
  ['switch (a) { case b: c(); }', 'switch (a) { case b:  }'],
  ["import { a } from 'b'; export * from 'c';"],
  ["type A = 'b' | 1; const a: 'c' = b as 'd';"],
];

const numbered = (source: string, file = 'src/a.ts') => mutantsOf(file, source).map((mutant, id) => ({ ...mutant, id }));

function evaluate(source: string, active: number): unknown {
  const body = new Function('$', `${weave(source, numbered(source))}\nreturn result;`) as (
    on: (id: number) => boolean,
  ) => unknown;
  return body((id) => id === active);
}

suite('mutation', (test) => {
  for (const [source, ...mutated] of CHANGES) {
    test(source, () => {
      const found = numbered(source).map(({ start, end, text }) => source.slice(0, start) + text + source.slice(end));
      assert.equal(found.sort(), [...mutated].sort());
    });
  }

  test('texts for people are left alone, others beside them are not', () => {
    const source = "const a = { title: 'A', messages: { b: `C`, ...d('e') }, advice: 'g', id: 'f' };";
    const texts = numbered(source)
      .map(({ start, end }) => source.slice(start, end))
      .filter((text) => /^['`]/.test(text));
    assert.equal(texts, ["'f'"]);
  });

  const RESULTS: readonly (readonly [source: string, result: unknown])[] = [
    ['const result = [1, 2].slice(1).length;', 1],
    ['let result = 1; if (result === 1) { result = 2; result++; } else result = 5;', 3],
    ['const result = ({ a: null }).a?.b.c(1);', undefined],
  ];
  for (const [source, result] of RESULTS) {
    test(`woven, it gives the same with no mutant on: ${source}`, () => assert.equal(evaluate(source, -1), result));
  }

  test('woven, each mutant is on alone', () => {
    const source = 'let result = 1 + 2; result = result < 3 ? 10 : 20;';
    const results = Object.fromEntries(
      numbered(source).map(({ id, start, end, text }) => [`${source.slice(start, end)} -> ${text}`, evaluate(source, id)]),
    );
    assert.equal(results, {
      '1 -> 2': 20,
      '1 -> 0': 10,
      '+ -> -': 10,
      '2 -> 3': 20,
      '2 -> 1': 10,
      'result = result < 3 ? 10 : 20; -> ': 3,
      'result < 3 -> true': 10,
      'result < 3 -> false': 20,
      '< -> <=': 10,
      '< -> >=': 10,
      '3 -> 4': 10,
      '3 -> 2': 20,
      '10 -> 11': 20,
      '10 -> 9': 20,
      '20 -> 21': 21,
      '20 -> 19': 19,
    });
  });
});
