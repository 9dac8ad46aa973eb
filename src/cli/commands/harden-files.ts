/** Hardens files: shows what would change, or writes it. */
import type { ContainerUsage, FileResult, Finding, Input } from '../../index.ts';
import type { Print } from '../../report/format.ts';
import { errorsOf, type Problem, type RunResult } from '../../report/result.ts';
import { chosenFiles } from '../files/walk.ts';
import { load, type Group, type Loaded, type LoadedFile } from '../files/load.ts';
import { shownPath } from '../files/paths.ts';
import { notWritten, unmatchedUsage } from '../files/problem.ts';
import { unusedOf } from '../files/unused.ts';
import type { FoundFile } from '../files/walk.ts';
import { cleanFolders, writeFiles, type Written } from '../files/write-files.ts';
import { exitCode, isUsual, mergeOptions, type RunOptions } from '../arguments/options.ts';
import { remark, type Outcome } from '../output/outcome.ts';
import { startProgress, type Progress } from '../output/progress.ts';
import { expectWork } from './compiler.ts';
import { hardenerFor } from './hardener.ts';

/** A file with what became of it. */
interface HardenedFile {
  readonly file: LoadedFile;
  readonly result: FileResult;
}

/**
 * Hardens the files that the paths name. With `--write` they are changed; `print` shows what changes. Files at the paths `absent`
 * count as if they were not there.
 */
export async function hardenFiles(
  paths: readonly string[],
  options: RunOptions,
  print: Print | undefined,
  absent: readonly string[] = [],
): Promise<Outcome> {
  const chosen = await chosenFiles(paths, options.changed);
  if ('mistake' in chosen) return remark(2, chosen.mistake);
  const loaded = load(chosen.files, {
    configPath: options.config,
    baselinePath: options.baseline,
    exclude: options.exclude ?? [],
    beside: chosen.beside,
    absent,
  });
  const { hardened, unused } = await hardenGroups(loaded.groups, options);
  const result = {
    problems: [...chosen.problems, ...loaded.problems, ...unused],
    files: hardened.map(({ result }) => result),
  };
  const remarks = options.quiet || isPart(paths, chosen.found, options) ? [] : unusedExcludes(loaded);
  if (options.write) return writeChanges(hardened, result, print, remarks);
  return {
    exitCode: exitCode(result, options),
    ...shown(result, print),
    mode: 'would change',
    remarks,
  };
}

/** True when the run may have a part of the files alone, as from a hook of git: then a glob of `--exclude` may be for others. */
function isPart(paths: readonly string[], files: readonly FoundFile[], { changed }: RunOptions): boolean {
  return changed !== undefined || files.some(({ path }) => paths.includes(path));
}

function unusedExcludes({ unusedExcludes: globs }: Loaded): string[] {
  return globs.map((glob) => `--exclude ${glob}: no file matches: correct the glob, or remove it`);
}

async function hardenGroups(groups: readonly Group[], options: RunOptions): Promise<Pick<HardenedGroup, 'hardened' | 'unused'>> {
  await expectWork(groups.flatMap(({ files }) => files).reduce((sum, { bytes }) => sum + bytes.length, 0));
  const progress = startProgress(options.quiet ?? false);
  const total = groups.reduce((sum, { files }) => sum + files.length, 0);
  let before = 0;
  try {
    const done: HardenedGroup[] = [];
    for (const group of groups) {
      const { length } = group.files;
      done.push(await hardenGroup(group, options, (share) => progress.show((before + share * length) / total)));
      before += length;
    }
    return { hardened: done.flatMap(({ hardened }) => hardened), unused: unusedInAll(done, options) };
  } finally {
    progress.end();
  }
}

/** The files of a root, and what of its configuration and baseline is for nothing. */
export interface HardenedGroup {
  readonly hardened: readonly HardenedFile[];
  readonly unused: readonly Problem[];
  /** The usage that fits none of its workloads: other roots may have them. */
  readonly unmatchedUsage: readonly ContainerUsage[];
}

/** What is for nothing in groups, and of the usage in all of them. */
export function unusedInAll(groups: readonly HardenedGroup[], options: RunOptions): Problem[] {
  const sets = groups.map(({ unmatchedUsage: some }) => new Set(some));
  const nowhere = (options.containerUsage ?? []).filter((one) => sets.every((some) => some.has(one)));
  return [...groups.flatMap(({ unused }) => unused), ...usageProblems(nowhere, options)];
}

/** What is said of the usage that fits no workload. */
export function usageProblems(
  unmatched: readonly ContainerUsage[],
  { usage: [path] = [], containerUsage = [] }: RunOptions,
): Problem[] {
  if (path === undefined || unmatched.length === 0) return [];
  return [unmatchedUsage(path === '-' ? 'stdin' : shownPath(path), unmatched, containerUsage.length)];
}

/** Hardens the files of one root; results name each file as the user sees it from here. */
export async function hardenGroup(
  group: Group,
  options: RunOptions,
  onProgress: Progress['show'] = () => {},
): Promise<HardenedGroup> {
  const harden = await hardenerFor(group);
  const { config, files, facts, baseline } = group;
  const inputs = files.map(({ inRoot, bytes }): Input => ({ path: inRoot, content: bytes }));
  const result = harden([...inputs, ...facts], { ...mergeOptions(config, options), baseline, onProgress });
  const hardened = files.map((file, index) => {
    const path = shownPath(file.path);
    const shown = (findings: readonly Finding[]): Finding[] => findings.map((finding) => ({ ...finding, path }));
    const one = result.files[index] as FileResult;
    return { file, result: { ...one, path, findings: shown(one.findings), known: shown(one.known) } };
  });
  return { hardened, unused: unusedOf(group, result, isUsual(options)), unmatchedUsage: result.unmatched.usage };
}

function shown(result: RunResult, print: Print | undefined): Pick<Outcome, 'result' | 'stdout' | 'namesFiles'> {
  return { result, stdout: (context) => print?.(result, context) ?? [], namesFiles: print === undefined };
}

async function writeChanges(
  hardened: readonly HardenedFile[],
  { problems }: RunResult,
  print: Print | undefined,
  remarks: readonly string[],
): Promise<Outcome> {
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
    ...shown(result, print),
    mode: 'wrote',
    remarks: [...remarks, ...stopRemark(written, changed.length)],
  };
}

function stopRemark({ written, failed, stop }: Written, total: number): string[] {
  if (!stop) return [];
  const remaining = total - written.size - failed.size;
  return [`stopped by ${stop.signal} with ${remaining} more to write: run again`];
}

function unchanged(result: FileResult): FileResult {
  const standings = result.standings.map((one) => ({ ...one, after: one.before }));
  return { ...result, output: result.input, standings, edits: [], changes: [], patches: [] };
}
