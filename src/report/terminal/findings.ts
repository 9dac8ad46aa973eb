/** Findings for people: grouped by file, each with its place, its severity and its id, and wrapped at the width. */
import { sentenceOf, type Problem } from '../result.ts';
import { printable, type Paint } from '../text.ts';
import { wrap } from './wrap.ts';

/** How text is laid out. */
export interface Layout {
  readonly paint: Paint;
  /** In columns. */
  readonly width: number;
}

/** How many findings of each id are shown, unless all are. */
const SHOWN_OF_EACH = 5;

/** One line, `path:line:column id message`; without line and column when the problem is about the file as a whole. */
export function findingLine(finding: Problem, paint: Paint): string {
  const { path, line, column, id, source } = finding;
  const place = line === undefined ? `${path}:` : `${path}:${line}:${column ?? 1}`;
  const from = source === undefined ? '' : ` (from ${source})`;
  return `${printable(place)} ${colourOf(finding, paint)(id)} ${printable(sentenceOf(finding) + from)}`;
}

/** All of the findings below the names of their files. */
export function findingLines(findings: readonly Problem[], { paint, width }: Layout): string[] {
  return [...groupBy(findings, ({ path, source }) => JSON.stringify([path, source]))].flatMap(([, group]) => {
    const [{ path, source }] = group as [Problem];
    const heading = source === undefined ? path : `${path}, from ${source}`;
    const placeWidth = group.reduce((widest, finding) => Math.max(widest, placeOf(finding).length), 0);
    const blocks = group.flatMap((finding) => {
      const place = placeOf(finding).padEnd(placeWidth);
      const head = `  ${place}${placeWidth > 0 ? '  ' : ''}${colourOf(finding, paint)(finding.severity)}  ${finding.id}`;
      return [head, ...wrap(printable(sentenceOf(finding)), width, '      ')];
    });
    return [paint.bold(printable(heading)), ...blocks];
  });
}

/** A few of the findings of each id below the names of their files, and how many there are besides. */
export function someFindingLines(findings: readonly Problem[], layout: Layout): string[] {
  const byId = groupBy(findings, ({ id }) => id);
  const shown = new Set([...byId.values()].flatMap((group) => group.slice(0, SHOWN_OF_EACH)));
  const rest = [...byId].filter(([, group]) => group.length > SHOWN_OF_EACH);
  const more = rest.map(([id, group]) => `${group.length - SHOWN_OF_EACH} ${id}`).join(', ');
  return [
    ...findingLines(
      findings.filter((finding) => shown.has(finding)),
      layout,
    ),
    ...(rest.length === 0 ? [] : wrap(`… and more: ${more} (--verbose shows all)`, layout.width)),
  ];
}

function placeOf({ line, column = 1 }: Problem): string {
  return line === undefined ? '' : `${line}:${column}`;
}

function colourOf({ severity }: Problem, paint: Paint): (text: string) => string {
  return { error: paint.red, warning: paint.yellow, info: paint.cyan }[severity];
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
