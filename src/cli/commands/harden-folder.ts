/** Hardens files or a stream, and writes what would change into a folder of its own. */
import type { FolderFormat } from '../../report/format.ts';
import type { RunOptions } from '../arguments/options.ts';
import { isStream } from '../arguments/request.ts';
import { shownPath } from '../files/paths.ts';
import { notWritten } from '../files/problem.ts';
import { reasonOf } from '../files/reason.ts';
import { FolderError, ownPaths, writeFolder } from '../output/write-folder.ts';
import type { Outcome } from '../output/outcome.ts';
import { hardenFiles } from './harden-files.ts';
import { hardenStream } from './harden-stream.ts';

/**
 * Hardens what the paths name, which stays as it is, and writes the folder `out`. The folder is one whole: after an error, and
 * when there was nothing to read, it stays as it was. What an earlier run wrote there is not read.
 */
export async function hardenIntoFolder(
  paths: readonly string[],
  options: RunOptions,
  out: string,
  format: FolderFormat,
): Promise<Outcome> {
  const absent = ownPaths(out, format.fileNames);
  const hardened = isStream(paths)
    ? await hardenStream(options, undefined, absent)
    : await hardenFiles(paths, options, undefined, absent);
  const outcome: Outcome = { ...hardened, stdout: () => [], ...(hardened.mode && { mode: 'would change' }) };
  const { result, remarks } = outcome;
  if (outcome.exitCode !== 0 || result.files.length === 0) {
    const why = outcome.exitCode === 0 ? 'there was nothing to harden' : 'there were errors';
    return { ...outcome, remarks: [...remarks, `${shownPath(out) || '.'} is as it was, because ${why}`] };
  }
  const { files, problems, summary } = (await format.loadFolder())(result);
  const said = { ...result, problems: [...result.problems, ...problems] };
  try {
    writeFolder(out, { ...format, files });
  } catch (error) {
    if (!(error instanceof FolderError)) throw error;
    const failure = notWritten(shownPath(error.path), reasonOf(error.reason));
    return { ...outcome, exitCode: 2, result: { ...said, problems: [...said.problems, failure] } };
  }
  const wrote = `wrote ${shownPath(out) || '.'} with ${summary}`;
  return { ...outcome, result: said, remarks: options.quiet ? remarks : [...remarks, wrote] };
}
