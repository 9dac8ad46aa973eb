/** The diff with the reason of each change above the hunk that shows it: to be read, not to be applied. */
import type { FormatContext } from '../format.ts';
import { diffHeader, hunkText, paintLines } from '../diff.ts';
import { hunksOf } from '../hunks.ts';
import type { RunResult } from '../result.ts';
import { printable } from '../text.ts';
import { reasonsOf, type Reason } from './reasons.ts';
import { wrap } from './wrap.ts';

/** Prints the explained diff of each file. */
export function* explainedDiff({ files }: RunResult, { paint, width }: FormatContext): Iterable<string> {
  for (const file of files.filter(({ edits }) => edits.length > 0)) {
    const hunks = hunksOf(file.input, file.edits);
    const reasons = reasonsOf(file, hunks);
    const header = diffHeader(file);
    yield paint ? paintLines(header, paint, true) : header;
    for (const [index, hunk] of hunks.entries()) {
      const lines = (reasons[index] ?? []).flatMap((reason) => reasonLines(reason, width));
      yield lines.map((line) => `${paint ? paint.dim(line) : line}\n`).join('');
      yield paint ? paintLines(hunkText(hunk), paint) : hunkText(hunk);
    }
  }
}

/** `# transform: reason`; the reason only where the change begins. */
function reasonLines({ change, isFirst }: Reason, width: number): string[] {
  const { transform, message, container, object, because, safety } = change;
  if (!isFirst) return [`# ${transform}: as above`];
  const subject = container === undefined ? `${object.kind} ${object.name}`.trimEnd() : `container ${container}`;
  const known = because === undefined ? '' : ` (${because})`;
  const risk = safety === 'may-break' ? '; this may break it' : '';
  const [first = '', ...rest] = wrap(printable(`${transform}: ${subject}: ${message}${known}${risk}`), width - 4);
  return [`# ${first}`, ...rest.map((line) => `#   ${line}`)];
}
