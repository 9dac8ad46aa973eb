/** A page to read: numbers, the workloads with the worst first, then each file with its findings and its explained diff. */
import type { FileResult } from '../../index.ts';
import type { Print } from '../format.ts';
import { fileView, type PathReport } from '../html/file-view.ts';
import { FILTER_SCRIPT, filterForm, type Choices } from '../html/filters.ts';
import { glossaryView } from '../html/glossary-view.ts';
import { kindOfChange, KINDS, type ItemKind } from '../html/items.ts';
import { headline, numbersView, workloadsView, type PlacedWorkload } from '../html/numbers-view.ts';
import { pageFrame } from '../html/page.ts';
import { REPORT_STYLES } from '../html/report-styles.ts';
import { numbersOf } from '../numbers.ts';
import { problemsOf, type Problem, type RunResult } from '../result.ts';
import { plural } from '../text.ts';

/** Prepares the printer: the page allows its own style and script by their hashes, which take a moment to compute. */
export async function htmlPrinter(): Promise<Print> {
  const { head, foot } = await pageFrame({ styles: REPORT_STYLES, script: FILTER_SCRIPT });
  return function* printHtml(result) {
    const numbers = numbersOf(result);
    const reports = pathReports(result);
    yield head('kharden report');
    yield `<header><h1>kharden report</h1><p>${headline(numbers)}.</p></header>
<nav aria-label="Parts of this page"><ul><li><a href="#workloads">Workloads</a></li><li><a href="#files">Files</a></li>
<li><a href="#about">What the ids mean</a></li></ul></nav>
<main id="content" tabindex="-1">
<section aria-label="Numbers"><h2>Numbers</h2><div class="overview">${numbersView(numbers)}</div></section>
<section id="workloads" aria-labelledby="workloads-title"><h2 id="workloads-title">Workloads</h2>
${workloadsView(placedWorkloads(result.files, reports))}</section>
<section id="files" aria-labelledby="files-title"><h2 id="files-title">Files</h2>\n`;
    if (reports.length > 0) yield filterForm(choicesOf(reports));
    for (const [index, report] of reports.entries()) yield* fileView(report, { key: keyOf(index) });
    const others = result.files.length - reports.filter(({ file }) => file).length;
    if (others > 0 || reports.length === 0)
      yield `<p>${plural(others, 'file')} with nothing to change and nothing to report.</p>\n`;
    yield `</section>
<section id="about" aria-labelledby="about-title"><h2 id="about-title">What the ids mean</h2>\n${glossaryView([...idsOf(reports).keys()])}
</section>\n</main>\n<footer>Made by kharden. This page is complete in itself: it loads nothing and sends nothing.</footer>\n${foot}`;
  };
}

/** The paths with something to show: those that are no inputs first, then the inputs in their order. */
function pathReports(result: RunResult): PathReport[] {
  const problems = new Map<string, Problem[]>();
  for (const problem of problemsOf(result)) problems.set(problem.path, [...(problems.get(problem.path) ?? []), problem]);
  const inputs = result.files.flatMap((file): PathReport[] => {
    const own = problems.get(file.path) ?? [];
    problems.delete(file.path);
    return file.edits.length > 0 || own.length > 0 ? [{ path: file.path, file, problems: own }] : [];
  });
  return [...[...problems].map(([path, own]) => ({ path, problems: own })), ...inputs];
}

/** The id of the section of a path. */
function keyOf(index: number): string {
  return `file-${index}`;
}

function placedWorkloads(files: readonly FileResult[], reports: readonly PathReport[]): PlacedWorkload[] {
  const sections = new Map(reports.map(({ path }, index) => [path, keyOf(index)]));
  return files.flatMap(({ path, standings }) => standings.map((workload) => ({ workload, path, section: sections.get(path) })));
}

function choicesOf(reports: readonly PathReport[]): Choices {
  const changes = reports.flatMap(({ file }) => changesOf(file)).map(kindOfChange);
  const kinds = [...changes, ...reports.flatMap(({ problems }) => problems.map(({ severity }) => severity))];
  const count = (kind: ItemKind): number => kinds.filter((one) => one === kind).length;
  return {
    kinds: Object.fromEntries((Object.keys(KINDS) as ItemKind[]).map((kind) => [kind, count(kind)])) as Choices['kinds'],
    ids: idsOf(reports),
    files: reports.map(({ path }, index) => ({ section: keyOf(index), path })),
  };
}

/** The ids of changes and findings, with the number of each. */
function idsOf(reports: readonly PathReport[]): Map<string, number> {
  const counts = new Map<string, number>();
  const add = (id: string): void => void counts.set(id, (counts.get(id) ?? 0) + 1);
  for (const { file, problems } of reports) {
    for (const { transform } of changesOf(file)) add(transform);
    for (const { id } of problems) add(id);
  }
  return counts;
}

/** The changes that a file's diff shows. */
function changesOf(file: FileResult | undefined): FileResult['changes'] {
  return file && file.edits.length > 0 ? file.changes : [];
}
