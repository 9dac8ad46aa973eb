/** `kharden audit`: how each workload stands before and after hardening. It changes nothing. */
import type { Print } from '../../report/format.ts';
import type { Formats } from '../../report/formats/index.ts';
import { isStream, type Task } from '../arguments/request.ts';
import { auditExitCode, type RunOptions } from '../arguments/options.ts';
import { remark, type Outcome } from '../output/outcome.ts';
import { hardenFiles } from './harden-files.ts';
import { hardenStream } from './harden-stream.ts';

/** Audits files or a stream, or writes what is found into a baseline. */
export async function audit(
  { paths, writeBaseline }: Extract<Task, { name: 'audit' }>,
  options: RunOptions,
  formats: Formats,
): Promise<Outcome> {
  if (writeBaseline !== undefined) {
    const path = writeBaseline === true ? options.baseline : writeBaseline;
    return (await import('./write-baseline.ts')).writeBaseline(paths, path, options);
  }
  const print = await printerFor(options, formats);
  if (!print) {
    const ids = formats.filter((one) => one.audit).map(({ id }) => id);
    return remark(2, `--format ${options.format} is about changes, and audit makes none: choose from ${ids.join(', ')}`);
  }
  // A check changes nothing, and its stream goes nowhere.
  const checking = { ...options, check: true };
  const outcome = isStream(paths) ? await hardenStream(checking, print) : await hardenFiles(paths, checking, print);
  // What is in `result` is the report itself: only errors stand beside it.
  return {
    ...outcome,
    exitCode: outcome.exitCode === 2 ? 2 : auditExitCode(outcome.result, options),
    mode: undefined,
  };
}

/** What prints an audit; undefined for a format that shows changes alone. */
async function printerFor({ format, verbose }: RunOptions, formats: Formats): Promise<Print | undefined> {
  if (format !== undefined) return formats.find(({ id }) => id === format)?.audit?.();
  const { printAudit, printWholeAudit } = await import('../../report/terminal/audit.ts');
  return verbose ? printWholeAudit : printAudit;
}
