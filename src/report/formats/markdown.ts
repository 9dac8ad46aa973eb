/** A comment for a pull request: numbers first, then what changes in each file and why, and what was left alone. */
import type { FileResult } from '../../index.ts';
import { fileDiff } from '../diff.ts';
import { LEVELS, numbersOf, type Numbers } from '../numbers.ts';
import { problemsOf, sentenceOf, type Problem, type RunResult } from '../result.ts';
import { plural, printable, printableLines } from '../text.ts';

/** GitHub takes comments of 65,536 characters; GitLab takes more. */
const LONGEST = 60_000;

/** Prints the comment; parts of it that make it too long for GitHub are left out, which it says. */
export function* printMarkdown(result: RunResult): Iterable<string> {
  const changed = result.files.filter(({ edits }) => edits.length > 0);
  const parts = [...findingsPart(problemsOf(result)), ...changed.map(filePart)];
  const head = headPart(numbersOf(result));
  yield head;
  let length = head.length;
  let omitted = 0;
  for (const part of parts) {
    if (length + part.length > LONGEST) omitted++;
    else {
      length += part.length;
      yield part;
    }
  }
  if (omitted > 0) yield `\n${omitted} more parts do not fit into a comment: run kharden to see them.\n`;
}

function headPart({ files, workloads, changedFiles, changes, findings, levels }: Numbers): string {
  const done =
    changedFiles === 0 ? 'nothing to harden' : `${plural(changes, 'change')} in ${changedFiles} of ${plural(files, 'file')}`;
  const rows = LEVELS.map((level) => `| ${level} | ${levels.before[level]} | ${levels.after[level]} |`);
  return `## kharden: ${done}

${plural(workloads, 'workload')}, ${plural(findings.error, 'error')}, ${plural(findings.warning, 'warning')}.

| Pod Security level | now | hardened |
| --- | --- | --- |
${rows.join('\n')}
`;
}

/** Errors and warnings stand open, everything else is folded. */
function findingsPart(problems: readonly Problem[]): string[] {
  const table = (some: readonly Problem[]): string =>
    `| | where | what |\n| --- | --- | --- |\n${some.map(findingRow).join('\n')}\n`;
  const urgent = problems.filter(({ severity }) => severity !== 'info');
  const others = problems.filter(({ severity }) => severity === 'info');
  return [
    ...(urgent.length > 0 ? [`\n### Left alone\n\n${table(urgent)}`] : []),
    ...(others.length > 0 ? [`\n${folded(`${others.length} notes`, table(others))}`] : []),
  ];
}

function findingRow(problem: Problem): string {
  const { severity, path, line, id, source } = problem;
  const place = `${code(line === undefined ? path : `${path}:${line}`)}${source === undefined ? '' : ` from ${code(source)}`}`;
  return `| ${severity} | ${place} | ${code(id)} ${escaped(sentenceOf(problem))} |`;
}

function filePart(file: FileResult): string {
  const reasons = file.changes.map((change) => {
    const { transform, because, safety } = change;
    const known = because === undefined ? '' : ` (${because})`;
    return `| ${code(transform)} | ${escaped(sentenceOf(change) + known)} | ${safety === 'safe' ? '' : 'may break'} |`;
  });
  const diff = printableLines(fileDiff(file));
  const fence = '`'.repeat(Math.max(3, longestRun(diff) + 1));
  return `
### ${code(file.path)}

| transform | reason | |
| --- | --- | --- |
${reasons.join('\n')}

${folded('the diff', `${fence}diff\n${diff}${fence}\n`)}`;
}

function folded(summary: string, content: string): string {
  return `<details><summary>${summary}</summary>\n\n${content}\n</details>\n`;
}

/** A text as code, with as many backticks around it as it needs; a pipe would end the cell of a table. */
function code(text: string): string {
  const shown = printable(text).replaceAll('|', '\\|');
  const fence = '`'.repeat(longestRun(shown) + 1);
  const space = /^`|`$/.test(shown) ? ' ' : '';
  return `${fence}${space}${shown}${space}${fence}`;
}

function longestRun(text: string): number {
  return Math.max(0, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));
}

/** A text without marks: nothing of a manifest becomes a link, a mention or HTML. */
function escaped(text: string): string {
  return printable(text).replace(/[\\`*_{}[\]<>#+!|~&@$:]/g, (character) => `&#${character.charCodeAt(0)};`);
}
