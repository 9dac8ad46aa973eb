/** Hardens files: shows what would change, or writes it. */
import { harden, type FileResult, type Input } from '../../index.ts';
import { errorsOf, type RunResult } from '../../report/result.ts';
import { load, type Group, type LoadedFile } from '../files/load.ts';
import { shownPath } from '../files/paths.ts';
import { notWritten } from '../files/problem.ts';
import { findFiles } from '../files/walk.ts';
import { cleanFolders, writeFiles, type Written } from '../files/write-files.ts';
import { exitCode, mergeOptions, type CliOptions } from '../arguments/options.ts';
import type { Outcome, Printer } from '../output/outcome.ts';

/** A file with what became of it. */
interface HardenedFile {
  readonly file: LoadedFile;
  readonly result: FileResult;
}

/** Hardens the files that the paths name. With `--write` they are changed, else `print` shows what would change. */
export async function hardenFiles(paths: readonly string[], options: CliOptions, print: Printer): Promise<Outcome> {
  const found = await findFiles(paths);
  const loaded = load(found.files, options.config);
  const hardened = loaded.groups.flatMap((group) => hardenGroup(group, options));
  const result = { problems: [...found.problems, ...loaded.problems], files: hardened.map(({ result }) => result) };
  if (options.write) return writeChanges(hardened, result);
  return {
    exitCode: exitCode(errorsOf(result).length > 0, options, result),
    stdout: (context) => print(result, context),
    result,
    mode: 'would change',
    remarks: [],
  };
}

/** Hardens the files of one root; results name each file as the user sees it from here. */
function hardenGroup({ config, files, facts }: Group, options: CliOptions): HardenedFile[] {
  const inputs = files.map(({ inRoot, bytes }): Input => ({ path: inRoot, content: bytes }));
  const results = harden([...inputs, ...facts], mergeOptions(config, options)).files;
  return files.map((file, index) => {
    const result = results[index] as FileResult;
    const path = shownPath(file.path);
    return { file, result: { ...result, path, findings: result.findings.map((finding) => ({ ...finding, path })) } };
  });
}

async function writeChanges(hardened: readonly HardenedFile[], { problems }: RunResult): Promise<Outcome> {
  cleanFolders(hardened.map(({ file }) => file.real));
  const changed = hardened.filter(({ result }) => result.input !== result.output);
  const written = await writeFiles(
    changed.map(({ file, result }) => ({ path: file.real, before: file.bytes, after: Buffer.from(result.output) })),
  );
  const failures = changed.flatMap(({ file, result }) => {
    const reason = written.failed.get(file.real);
    return reason === undefined ? [] : [notWritten(result.path, reason)];
  });
  const result: RunResult = {
    problems: [...problems, ...failures],
    files: hardened.map((one) => (written.written.has(one.file.real) ? one.result : unchanged(one.result))),
  };
  return {
    exitCode: written.stop?.exitCode ?? (errorsOf(result).length > 0 ? 2 : 0),
    stdout: () => [],
    result,
    mode: 'wrote',
    remarks: stopRemark(written, changed.length),
  };
}

function stopRemark({ written, failed, stop }: Written, total: number): string[] {
  if (!stop) return [];
  const remaining = total - written.size - failed.size;
  return [`stopped by ${stop.signal} with ${remaining} more to write: run again`];
}

function unchanged(result: FileResult): FileResult {
  return { ...result, output: result.input, edits: [], changes: [], patches: [] };
}
