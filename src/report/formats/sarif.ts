/**
 * SARIF 2.1.0: every change and every finding as a result with its rule, and for each file a fix that makes the hardened text.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
import { ruleHelp } from '../explain/rule-help.ts';
import type { AppliedChange, FileResult, Severity, TextEdit } from '../../index.ts';
import type { JsonObject } from '../../util/json.ts';
import { REPOSITORY, VERSION } from '../../util/version.ts';
import type { FormatContext } from '../format.ts';
import { problemsOf, sentenceOf, type Problem, type RunResult } from '../result.ts';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/** Prints the log of one run. */
export function* printSarif(result: RunResult, { workingDirectory }: FormatContext): Iterable<string> {
  const results = [...result.files.flatMap(resultsOfFile), ...problemsOf(result).map(resultOfProblem)];
  const ids = [...new Set(results.map(({ ruleId }) => ruleId))].sort();
  const run = {
    tool: {
      driver: {
        name: 'kharden',
        version: VERSION,
        semanticVersion: VERSION,
        informationUri: REPOSITORY,
        rules: ids.map(ruleOf),
      },
    },
    columnKind: 'utf16CodeUnits',
    originalUriBaseIds: { ROOT: { uri: `file://${encoded(workingDirectory)}/` } },
    results: results.map((one) => ({ ...one, ruleIndex: ids.indexOf(one.ruleId) })),
  };
  yield `${JSON.stringify({ $schema: SCHEMA, version: '2.1.0', runs: [run] }, null, 2)}\n`;
}

type Result = JsonObject & { readonly ruleId: string };

const KINDS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' };

/** One result for each change; the first one of a file has the fix, because the changes of a file belong together. */
function resultsOfFile(file: FileResult): Result[] {
  return file.changes.map(
    (change, index): Result => ({
      ruleId: change.transform,
      level: 'warning',
      message: { text: sentenceOf(change) + (change.because === undefined ? '' : ` (${change.because})`) },
      locations: [locationOf(file.path, change.line)],
      partialFingerprints: { 'kharden/v1': fingerprint(change) },
      ...(index === 0 && { fixes: [fixOf(file)] }),
    }),
  );
}

function resultOfProblem(problem: Problem): Result {
  const { id, severity, path, line, column, source } = problem;
  const from = source === undefined ? '' : ` (from ${source})`;
  return {
    ruleId: id,
    level: KINDS[severity],
    message: { text: sentenceOf(problem) + from },
    locations: [locationOf(path, line, column)],
  };
}

/** What a change is about, whatever the line that it stands on. */
function fingerprint({ transform, object, container = '', message }: AppliedChange): string {
  return [transform, object.kind, object.namespace ?? '', object.name, container, message].join('/');
}

function locationOf(path: string, startLine?: number, startColumn?: number): JsonObject {
  const region = startLine === undefined ? {} : { region: { startLine, ...(startColumn !== undefined && { startColumn }) } };
  return { physicalLocation: { artifactLocation: artifact(path), ...region } };
}

/** A path as a URI: relative to where kharden runs, or absolute for a file outside. */
function artifact(path: string): JsonObject {
  return path.startsWith('/') ? { uri: `file://${encoded(path)}` } : { uri: encoded(path), uriBaseId: 'ROOT' };
}

function encoded(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

function fixOf({ path, input, edits, changes }: FileResult): JsonObject {
  return {
    description: { text: `harden ${path}: all ${changes.length} changes` },
    artifactChanges: [{ artifactLocation: artifact(path), replacements: replacementsOf(input, edits) }],
  };
}

/** Lines and columns count from 1; a byte order mark is no part of the text that they count. */
function replacementsOf(input: string, edits: readonly TextEdit[]): JsonObject[] {
  const first = input.startsWith('\uFEFF') ? 1 : 0;
  const starts = [first];
  for (let at = input.indexOf('\n'); at !== -1; at = input.indexOf('\n', at + 1)) starts.push(at + 1);
  let line = 0;
  const place = (offset: number): [line: number, column: number] => {
    while (line + 1 < starts.length && (starts[line + 1] as number) <= offset) line++;
    return [line + 1, offset - (starts[line] as number) + 1];
  };
  return edits.map(({ start, end, text }) => {
    const [startLine, startColumn] = place(start);
    const [endLine, endColumn] = place(end);
    return { deletedRegion: { startLine, startColumn, endLine, endColumn }, insertedContent: { text } };
  });
}

function ruleOf(id: string): JsonObject {
  const { title, text, markdown } = ruleHelp(id);
  return {
    id,
    shortDescription: { text: title },
    help: { text, markdown },
  };
}
