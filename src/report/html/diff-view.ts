/** The diff of a file with its reasons beside it: numbers at the lines lead to the reasons. */
import type { AppliedChange, FileResult } from '../../index.ts';
import { hunksOf, type Hunk } from '../hunks.ts';
import { reasonsOf, type Reason } from '../terminal/reasons.ts';
import { escapedLine } from './escape.ts';
import { changeItem } from './items.ts';

/** What tells the parts of one diff from those of others on the page, and how much it shows. */
export interface DiffOptions {
  /** Begins the ids of the reasons. */
  readonly key: string;
  /** How many lines stand around each change; default: as in the diff for `git apply`. */
  readonly context?: number;
}

/** A line of a diff. */
interface DiffLine {
  readonly text: string;
  /** The number of the line in the hardened text; for a removed line, in the input; undefined for a remark of the diff. */
  readonly number: number | undefined;
  /** True for a line of the hardened text. */
  readonly isAfter: boolean;
}

/** Prints the hunks; nothing for a file that does not change. */
export function* diffView(file: FileResult, { key, context }: DiffOptions): Iterable<string> {
  const hunks = hunksOf(file.input, file.edits, context);
  const reasons = reasonsOf(file, hunks).map(inOrderOfLines);
  const numbers = new Map<AppliedChange, number>();
  for (const { change, isFirst } of reasons.flat()) if (isFirst) numbers.set(change, numbers.size + 1);
  const numbered = (reason: Reason): Numbered => {
    const number = numbers.get(reason.change) as number;
    return { ...reason, number, id: `${key}-${number}` };
  };
  for (const [index, hunk] of hunks.entries()) {
    yield* hunkView(hunk, (reasons[index] ?? []).map(numbered));
  }
}

interface Numbered extends Reason {
  readonly number: number;
  readonly id: string;
}

function inOrderOfLines(reasons: readonly Reason[]): Reason[] {
  return reasons.toSorted((left, right) => firstLine(left) - firstLine(right));
}

function firstLine({ lines }: Reason): number {
  return lines[0] ?? 0;
}

/** A hunk in blocks, each with the reasons that begin in it. */
function* hunkView(hunk: Hunk, reasons: readonly Numbered[]): Iterable<string> {
  const references = referencesOf(reasons);
  const waiting = reasons.filter(({ isFirst }) => isFirst);
  const { oldStart, oldLines, newStart, newLines } = hunk;
  let head = `<span class="at">@@ -${oldStart},${oldLines} +${newStart},${newLines} @@</span>`;
  const blocks = blocksOf(linesOf(hunk));
  for (const [index, block] of blocks.entries()) {
    const last = block.findLast(({ isAfter }) => isAfter)?.number ?? 0;
    const end = index === blocks.length - 1 ? waiting.length : waiting.findIndex((reason) => firstLine(reason) > last);
    const items = waiting.splice(0, end < 0 ? waiting.length : end);
    yield `<div class="hunk"><pre><code>${head}${block.map((line) => lineView(line, references)).join('')}</code></pre>`;
    if (items.length > 0) {
      const list = items.map(({ change, id, number }) => changeItem(change, { id, number }));
      yield `<ol class="reasons" aria-label="Reasons">${list.join('\n')}</ol>`;
    }
    yield '</div>\n';
    head = '';
  }
}

/** How many lines a block has at most. */
const LONGEST = 200;

/** Lines in blocks that end with a document, so that reasons stand near their lines, and browsers lay out only what is in sight. */
function blocksOf(lines: readonly DiffLine[]): DiffLine[][] {
  const blocks: DiffLine[][] = [[]];
  for (const line of lines) {
    const last = blocks.at(-1) as DiffLine[];
    last.push(line);
    if (/^[ +]---(?:\s|$)/.test(line.text) || last.length >= LONGEST) blocks.push([]);
  }
  return blocks.filter(({ length }) => length > 0);
}

function linesOf({ oldStart, newStart, lines }: Hunk): DiffLine[] {
  let before = oldStart;
  let after = newStart;
  return lines.map((text): DiffLine => {
    const sign = text.charAt(0);
    if (sign === '\\') return { text, number: undefined, isAfter: false };
    if (sign === '-') return { text, number: before++, isAfter: false };
    if (sign === ' ') before++;
    return { text, number: after++, isAfter: true };
  });
}

/** The links of each line; the keyboard stops at one of those to the same reason. */
function referencesOf(reasons: readonly Numbered[]): ReadonlyMap<number, string> {
  const references = new Map<number, string>();
  for (const { lines, id, number } of reasons) {
    for (const [index, line] of lines.entries()) {
      const stop = index === 0 ? '' : ' tabindex="-1"';
      const link = `<a class="number" href="#${id}" aria-label="reason ${number}"${stop}>${number}</a>`;
      references.set(line, (references.get(line) ?? '') + link);
    }
  }
  return references;
}

const ELEMENTS: Readonly<Record<string, string>> = { '+': 'ins', '-': 'del' };

function lineView({ text, number, isAfter }: DiffLine, references: ReadonlyMap<number, string>): string {
  if (number === undefined) return `<span class="quiet">${escapedLine(text)}</span>`;
  const element = ELEMENTS[text.charAt(0)] ?? 'span';
  const links = isAfter ? (references.get(number) ?? '') : '';
  return `<${element} data-line="${number}">${escapedLine(text)}${links}</${element}>`;
}
