/** What the program does with files: load, harden, and print or write. */
import { harden, type FileResult, type Input } from '../index.ts';
import { load, type Group, type LoadedFile } from './files/load.ts';
import { exitCode, mergeOptions } from './options.ts';
import type { Output } from './output.ts';
import { shownPath } from './files/paths.ts';
import type { CliOptions } from './program.ts';
import { findFiles } from './files/walk.ts';
import { cleanFolders, writeFiles } from './files/write-files.ts';

/** A file with what became of it. */
interface HardenedFile {
  readonly file: LoadedFile;
  readonly result: FileResult;
}

/** Hardens the files that the paths name: prints what would change, or writes it. Gives the exit code. */
export async function hardenFiles(paths: readonly string[], options: CliOptions, output: Output): Promise<number> {
  const found = await findFiles(paths);
  const loaded = load(found.files, options.config);
  const hasPathError = output.pathProblems([...found.problems, ...loaded.problems]);
  const hasConfigError = output.configErrors(loaded.configErrors);
  const hardened = loaded.groups.flatMap((group) => hardenGroup(group, options));
  const result = { files: hardened.map(({ result }) => result) };
  const hasError = output.findings(result) || hasPathError || hasConfigError;
  if (options.write) return writeChanges(hardened, output, hasError);
  for (const file of result.files) output.diff(file);
  output.summary(result, 'would change');
  return exitCode(hasError, options, result);
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

async function writeChanges(hardened: readonly HardenedFile[], output: Output, hasError: boolean): Promise<number> {
  cleanFolders(hardened.map(({ file }) => file.real));
  const changed = hardened.filter(({ result }) => result.input !== result.output);
  const { written, failed, stop } = await writeFiles(
    changed.map(({ file, result }) => ({ path: file.real, before: file.bytes, after: Buffer.from(result.output) })),
  );
  for (const { file, result } of changed) {
    const reason = failed.get(file.real);
    if (reason !== undefined) output.notWritten(result.path, reason);
  }
  output.summary({ files: hardened.map((one) => (written.has(one.file.real) ? one.result : unchanged(one.result))) }, 'wrote');
  if (stop) {
    const remaining = changed.length - written.size - failed.size;
    output.remark(`stopped by ${stop.signal} with ${remaining} more to write: run again`);
    return stop.exitCode;
  }
  return hasError || failed.size > 0 ? 2 : 0;
}

function unchanged(result: FileResult): FileResult {
  return { ...result, output: result.input, edits: [], changes: [], patches: [] };
}
