/** Text edits of one value on its line, and of its tag. */
import { isArray, isObject, type Json } from '../../util/json.ts';
import { contentEnd, type SourceToken, type Token } from '../read/tree/tokens.ts';
import { contentLength } from '../source/lines.ts';
import type { DocumentEditor } from './document-editor.ts';
import { flowText } from './print/flow.ts';
import { doubleQuoted, scalarText } from './print/scalar.ts';
import { defaultFlow } from './print/styles.ts';

/** Replaces a value by one that is written on one line, in the quotes of the old one. */
export function replaceInline(editor: DocumentEditor, token: Token, value: Json): void {
  const end = token.offset + contentLength(editor.text.slice(token.offset, contentEnd(token, editor.text)));
  editor.replace(token.offset, end, inlineText(editor, token, value));
}

function inlineText(editor: DocumentEditor, token: Token, value: Json): string {
  if (typeof value !== 'string') return flowText(value, defaultFlow(editor.quote, editor.isFlowDocument));
  if (token.type === 'double-quoted-scalar') return doubleQuoted(value);
  return scalarText(value, token.type === 'single-quoted-scalar' ? "'" : editor.quote);
}

const TAGGED: Readonly<Record<string, (value: Json) => boolean>> = {
  '!!str': (value) => typeof value === 'string',
  '!!int': (value) => Number.isInteger(value),
  '!!float': (value) => typeof value === 'number',
  '!!bool': (value) => typeof value === 'boolean',
  '!!null': (value) => value === null,
  '!!map': isObject,
  '!!seq': isArray,
};

/** Removes a tag that does not fit the new value. */
export function dropTag(editor: DocumentEditor, marks: readonly SourceToken[], value: Json): void {
  const tag = marks.find((mark) => mark.type === 'tag');
  if (!tag || TAGGED[tag.source]?.(value)) return;
  const hasSpaceBefore = /[ \t]/.test(editor.text[tag.offset - 1] ?? '');
  const start = hasSpaceBefore ? tag.offset - 1 : tag.offset;
  editor.replace(start, start + tag.source.length + 1, '');
}
