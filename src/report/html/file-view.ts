/** A file as a section: its findings, then its diff. */
import type { FileResult } from '../../index.ts';
import type { Problem } from '../result.ts';
import { plural } from '../text.ts';
import { diffView, type DiffOptions } from './diff-view.ts';
import { code } from './escape.ts';
import { findingItem, KINDS } from './items.ts';

/** What is shown of one path. */
export interface PathReport {
  readonly path: string;
  /** Undefined for a path that is no input, such as one that cannot be read. */
  readonly file?: FileResult;
  readonly problems: readonly Problem[];
}

/** Prints the section of a path; `key` also names it. */
export function* fileView({ path, file, problems }: PathReport, options: DiffOptions): Iterable<string> {
  const { key } = options;
  const changes = file?.edits.length ? file.changes.length : 0;
  const numbers = [plural(changes, 'change'), plural(problems.length, 'finding')].join(', ');
  yield `<section class="file" id="${key}" data-file aria-labelledby="${key}-path">
<h3 id="${key}-path">${code(path)} <span class="quiet">${numbers}</span></h3>\n`;
  if (problems.length > 0)
    yield `<ul class="findings" aria-label="Findings">\n${sorted(problems).map(findingItem).join('\n')}\n</ul>\n`;
  if (file) yield* diffView(file, options);
  yield '</section>\n';
}

/** The most urgent first, and those alike in the order of the file. */
function sorted(problems: readonly Problem[]): Problem[] {
  const order = Object.keys(KINDS);
  return problems.toSorted((left, right) => order.indexOf(left.severity) - order.indexOf(right.severity));
}
