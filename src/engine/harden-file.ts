/** One file: its documents put together again, and the proof that nothing else changed. */
import { applyTextEdits } from '../yaml/index.ts';
import { hardenDocument } from './harden-document.ts';
import { disprove } from './prove.ts';
import type { ReadFile } from './read.ts';
import type { FileResult, Finding } from './result.ts';
import type { RunContext } from './run-transforms.ts';

/** Hardens one file that was read; a file with an error keeps every byte. */
export function hardenFile(file: ReadFile, run: RunContext): FileResult {
  const created = new Set<string>();
  const results = file.documents.map((document) => hardenDocument(file, document, run, created));
  const findings = withoutRepeats([...file.findings, ...results.flatMap((result) => result.findings)]);
  const unchanged: FileResult = {
    path: file.path,
    input: file.text,
    output: file.text,
    workloads: results.reduce((sum, result) => sum + result.workloads, 0),
    changes: [],
    findings: findings.sort((left, right) => left.line - right.line || left.column - right.column),
    patches: [],
    edits: [],
  };
  const edits = results.flatMap((result) => result.edits).sort((left, right) => left.start - right.start);
  if (findings.some((finding) => finding.severity === 'error') || edits.length === 0) return unchanged;
  const output = applyTextEdits(file.text, edits);
  const mistake = disprove(
    file.text,
    output,
    results.flatMap((result) => result.expectation ?? []),
  );
  if (mistake !== undefined) return { ...unchanged, findings: [...findings, internalError(file.path, mistake)] };
  const patches = results
    .filter(({ operations }) => operations.length > 0)
    .map(({ index, operations }) => ({ document: index, operations }));
  return { ...unchanged, output, changes: results.flatMap((result) => result.changes), patches, edits };
}

/** Several transforms may leave one place alone for one reason: it is said once. */
function withoutRepeats(findings: readonly Finding[]): Finding[] {
  const seen = new Set<string>();
  return findings.filter(({ id, line, column, container, message }) => {
    const key = `${id} ${line}:${column} ${container ?? ''} ${id.startsWith('skipped-on-request') ? message : ''}`;
    return !seen.has(key) && seen.add(key);
  });
}

function internalError(path: string, mistake: string): Finding {
  return {
    id: 'internal-error',
    severity: 'error',
    message: `not written, because ${mistake}: please report this with the file`,
    path,
    line: 1,
    column: 1,
  };
}
