/**
 * Workflow commands of GitHub Actions, which the runner shows as annotations.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands for the commands
 * @see https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts for the escaping
 */
import type { FileResult, Severity } from '../../index.ts';
import type { FormatContext } from '../format.ts';
import { hunksOf } from '../hunks.ts';
import { sentenceOf, type Problem, type RunResult } from '../result.ts';
import { printable } from '../text.ts';

/** Prints an annotation for each file that would change and for each finding. */
export function* printGithub({ problems, files }: RunResult, context: FormatContext): Iterable<string> {
  const fromRoot = pathFromRoot(context);
  for (const problem of problems) yield annotationOf(problem, fromRoot);
  for (const file of files) {
    if (file.edits.length > 0) yield changeOf(file, fromRoot);
    for (const finding of file.findings) yield annotationOf(finding, fromRoot);
  }
}

/** GitHub knows files by their paths from the root of the repository, which is the workspace of the job. */
function pathFromRoot({ workingDirectory, environment }: FormatContext): (path: string) => string {
  const workspace = environment['GITHUB_WORKSPACE']?.replace(/\/+$/, '');
  const isInside = workspace !== undefined && workingDirectory.startsWith(`${workspace}/`);
  return (path) => (isInside && !path.startsWith('/') ? `${workingDirectory.slice(workspace.length + 1)}/${path}` : path);
}

const COMMANDS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'notice' };

function annotationOf(problem: Problem, fromRoot: (path: string) => string): string {
  const { id, severity, path, line, column } = problem;
  return command(COMMANDS[severity], { file: fromRoot(path), line, col: column, title: id }, sentenceOf(problem));
}

/** One error for a file that would change, at the first line that would: GitHub shows ten annotations of a kind at most. */
function changeOf({ path, input, edits, changes }: FileResult, fromRoot: (path: string) => string): string {
  const hunks = hunksOf(input, edits);
  const added = hunks.flatMap(({ lines }) => lines).filter((line) => line.startsWith('+')).length;
  const transforms = [...new Set(changes.map(({ transform }) => transform))].join(', ');
  const message = `hardening would add or change ${added} lines (${transforms}): run kharden --write ${path}`;
  return command('error', { file: fromRoot(path), line: firstChangedLine(input, hunks), title: 'kharden' }, message);
}

/** From 1; the last line when lines would be added behind it. */
function firstChangedLine(input: string, [first]: ReturnType<typeof hunksOf>): number | undefined {
  if (!first) return undefined;
  const line = first.oldStart + first.lines.findIndex((text) => !text.startsWith(' '));
  return Math.max(1, Math.min(line, input.trimEnd().split('\n').length));
}

/** A workflow command; properties that are undefined are left out. */
function command(name: string, properties: Readonly<Record<string, string | number | undefined>>, message: string): string {
  const list = Object.entries(properties).flatMap(([key, value]) =>
    value === undefined
      ? []
      : [
          `${key}=${printable(escapeData(String(value)))
            .replaceAll(':', '%3A')
            .replaceAll(',', '%2C')}`,
        ],
  );
  return `::${name} ${list.join(',')}::${escapeData(printable(message))}\n`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
