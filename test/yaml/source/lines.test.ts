import { isBlank } from '../../../src/yaml/source/blank.ts';
import {
  columnOf,
  contentLength,
  lineBreakAt,
  lineEnd,
  lineStart,
  nextLine,
  startsLine,
} from '../../../src/yaml/source/lines.ts';
import { applyTextEdits, SpliceError } from '../../../src/yaml/source/text-edit.ts';
import { TextEditor } from '../../../src/yaml/source/text-editor.ts';
import { assert, suite } from '../../harness.ts';

/** A text with an offset at `|`: the line around it from its start to its end, what comes after it, and the column. */
const LINES: readonly (readonly [marked: string, line: string, after: string, column: number])[] = [
  ['|', '', '', 0],
  ['|ab', 'ab', '', 0],
  ['ab|', 'ab', '', 2],
  ['a|b\ncd', 'ab', 'cd', 1],
  ['ab|\ncd', 'ab', 'cd', 2],
  ['ab\n|cd', 'cd', '', 0],
  ['ab\n|\ncd', '', 'cd', 0],
  ['ab\n\n|', '', '', 0],
  ['a|b\r\ncd', 'ab', 'cd', 1],
  ['ab|\r\ncd', 'ab', 'cd', 2],
  ['\uFEFFa|b\ncd', '\uFEFFab', 'cd', 1],
  ['\uFEFFab\nc|d', 'cd', '', 1],
  ['\r|\n', '\r', '', 1],
];

suite('yaml/source/lines', (test) => {
  for (const [marked, line, after, column] of LINES) {
    test(JSON.stringify(marked), () => {
      const offset = marked.indexOf('|');
      const text = marked.replace('|', '');
      assert.is(text.slice(lineStart(text, offset), Math.max(lineEnd(text, offset), offset)), line);
      assert.is(text.slice(nextLine(text, offset)), after);
      assert.is(columnOf(text, offset), column);
    });
  }

  test('the line break of a line, else of the line before', () => {
    const breaks: readonly (readonly [marked: string, lineBreak: string])[] = [
      ['|', '\n'],
      ['a|', '\n'],
      ['|a\r\nb\n', '\r\n'],
      ['a\r\n|b\n', '\n'],
      ['a\r\n|b', '\r\n'],
      ['a\n|b', '\n'],
      ['a\nb|\r\n', '\r\n'],
      ['|\n', '\n'],
      ['|\r\n', '\r\n'],
      ['a\r|b\n', '\n'],
    ];
    for (const [marked, expected] of breaks)
      assert.is(lineBreakAt(marked.replace('|', ''), marked.indexOf('|')), expected, JSON.stringify(marked));
  });

  test('what begins a line', () => {
    for (const marked of ['|a', ' |a', '\t |a', 'b\n  |a', '\uFEFF|a', '\uFEFF |a', 'b\r\n|a'])
      assert.is(startsLine(marked.replace('|', ''), marked.indexOf('|')), true, JSON.stringify(marked));
    for (const marked of ['b|a', ' b |a', '- |a', 'x\n-|a'])
      assert.is(startsLine(marked.replace('|', ''), marked.indexOf('|')), false);
  });

  test('content ends before blanks', () => {
    const lengths = ['', ' ', ' \t\r\n', 'a', 'a \t\r\n', 'a b ', 'a\u00A0', '\na\n'].map(contentLength);
    assert.equal(lengths, [0, 0, 0, 1, 1, 3, 2, 2]);
  });

  test('blank are comments, markers and space', () => {
    for (const text of ['', ' \n', '# a', '---', '--- # a\n', '...\n  # b\r\n', '\uFEFF---\n', '\uFEFF...', '---\t\n'])
      assert.is(isBlank(text), true, JSON.stringify(text));
    for (const text of ['a', '# a\nb', '--- a', '----', '--', ' ---', '... a', '\uFEFFa', 'a # b', '-'])
      assert.is(isBlank(text), false, text);
  });
});

/** A text, edits of it, and what becomes of it. */
const EDITS: readonly (readonly [text: string, edit: (editor: TextEditor) => void, result: string])[] = [
  ['ab', () => {}, 'ab'],
  ['ab', (editor) => editor.insert(1, 'x'), 'axb'],
  ['ab', (editor) => [editor.insert(2, 'y'), editor.insert(0, 'x'), editor.insert(2, 'z')], 'xabyz'],
  ['abc', (editor) => [editor.replace(1, 2, 'x'), editor.insert(1, 'y')], 'ayxc'],
  ['a\nb\n', (editor) => editor.insertLines(2, ['x', 'y']), 'a\nx\ny\nb\n'],
  ['a\nb\n', (editor) => editor.insertLines(0, ['x']), 'x\na\nb\n'],
  ['a\nb\n', (editor) => editor.insertLines(4, ['x']), 'a\nb\nx\n'],
  ['a\nb', (editor) => editor.insertLines(3, ['x', 'y']), 'a\nb\nx\ny'],
  ['a\r\nb', (editor) => editor.insertLines(4, ['x']), 'a\r\nb\r\nx'],
  ['a\r\nb\n', (editor) => editor.insertLines(3, ['x']), 'a\r\nx\r\nb\n'],
  ['', (editor) => editor.insertLines(0, ['x']), 'x\n'],
  ['a\nb\n', (editor) => editor.insertBelow(0, ['x']), 'a\nx\nb\n'],
  ['a', (editor) => editor.insertBelow(0, ['x']), 'a\nx'],
  // The last lines of a text without a line break at its end.
  ['a\nb', (editor) => editor.replace(2, 3, ''), 'a'],
  ['a\r\nb', (editor) => editor.replace(3, 4, ''), 'a'],
  ['a\nb\nc', (editor) => [editor.replace(2, 4, ''), editor.replace(4, 5, '')], 'a'],
  ['a\nb\nc', (editor) => [editor.replace(4, 5, ''), editor.insertLines(2, ['x'])], 'a\nx\nb'],
  ['a\nb\nc', (editor) => [editor.replace(4, 5, ''), editor.insertLines(4, ['x'])], 'a\nb\nx'],
  ['a\nbc', (editor) => editor.replace(3, 4, ''), 'a\nb'],
  ['a\nb\n', (editor) => editor.replace(2, 4, ''), 'a\n'],
  ['a: |+\n\nb', (editor) => [editor.keepBreakBefore(7), editor.replace(7, 8, '')], 'a: |+\n\n'],
  ['a: |+\n\nb', (editor) => [editor.keepBreakBefore(7), editor.replace(7, 8, ''), editor.insertLines(8, ['c'])], 'a: |+\n\nc'],
];

suite('yaml/source/text-edit', (test) => {
  for (const [text, edit, result] of EDITS) {
    test(`${JSON.stringify(text)} becomes ${JSON.stringify(result)}`, () => {
      const editor = new TextEditor(text);
      edit(editor);
      assert.is(applyTextEdits(text, editor.sorted()), result);
    });
  }

  test('edits that overlap are an error', () => {
    const edits = [
      { start: 0, end: 2, text: 'x' },
      { start: 1, end: 3, text: 'y' },
    ];
    assert.throws(
      () => applyTextEdits('abc', edits),
      (error: unknown) => error instanceof SpliceError && error.message === 'text edits overlap',
    );
  });
});
