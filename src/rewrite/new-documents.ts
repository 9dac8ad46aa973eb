/** New documents for a stream: where they go, and how they are written. */
import type { JsonObject } from '../util/json.ts';
import { writeDocument, type ParsedYaml, type Slice, type TextEdit } from '../yaml/index.ts';

/**
 * The text edit that puts objects before the document of a workload. They go before its `---` line, so that whatever
 * describes the workload stays with it. In the first document of a file its header stays at the top: a comment block that a
 * blank line closes, or one that speaks of copyright.
 */
export function insertBefore(text: string, slice: Slice, parsed: ParsedYaml, objects: readonly JsonObject[]): TextEdit {
  const lineBreak = text.slice(slice.start, slice.end).includes('\r\n') ? '\r\n' : '\n';
  const printed = objects.map((object) => writeDocument(object, parsed, lineBreak));
  const isFirst = slice.start === 0;
  const content = isFirst ? afterHeader(text, slice) : (slice.marker ?? slice.start);
  const opensWithMarker = slice.marker === content;
  const inserted = opensWithMarker
    ? printed.map((document) => `---${lineBreak}${document}`).join('')
    : printed.map((document) => `${document}---${lineBreak}`).join('');
  return { start: content, end: content, text: inserted };
}

/** Offset behind the header of a file: where the first document's own text begins. */
function afterHeader(text: string, slice: Slice): number {
  const bom = text.startsWith('\uFEFF') ? 1 : 0;
  if (slice.marker !== undefined && hasDirective(text.slice(bom, slice.marker))) return afterLine(text, slice.marker);
  if (slice.marker !== undefined && headerLength(text.slice(afterLine(text, slice.marker), slice.end)) === 0) return slice.marker;
  const start = slice.marker === undefined ? bom : afterLine(text, slice.marker);
  return start + headerLength(text.slice(start, slice.end));
}

function hasDirective(text: string): boolean {
  return /^%/m.test(text);
}

/**
 * The length of the header that a text begins with: its comments up to the last blank line among them, or all of them when
 * the rest speaks of copyright. A comment that stands right above the content belongs to the content.
 */
function headerLength(text: string): number {
  const preamble = /^(?:[ \t]*(?:#.*)?\r?\n)*/.exec(text)?.[0] ?? '';
  const lines = preamble.split(/(?<=\n)/);
  const attachedLines = lines.slice(lines.findLastIndex((line) => line.trim() === '') + 1);
  const lastBlank = preamble.length - attachedLines.join('').length;
  const attached = preamble.slice(lastBlank);
  return /copyright|licen[cs]e|SPDX-/i.test(attached) && !/^# Source:/m.test(attached) ? preamble.length : lastBlank;
}

function afterLine(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  return newline === -1 ? text.length : newline + 1;
}
