/** `kharden audit --write-baseline`: writes the findings that there are into a file, so that only new ones are reported. */
import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { BASELINE_NAME, printBaseline, readBaseline } from '../../config/index.ts';
import { baselineOf, type BaselineEntry } from '../../hardening.ts';
import type { Input } from '../../index.ts';
import { errorsOf, type RunResult } from '../../report/result.ts';
import { plural } from '../../report/text.ts';
import { mergeOptions, type RunOptions } from '../arguments/options.ts';
import { chosenFiles } from '../files/walk.ts';
import { load, type Group } from '../files/load.ts';
import { shownPath } from '../files/paths.ts';
import { reasonOf } from '../files/reason.ts';
import { createFile, replaceFile } from '../files/write-file.ts';
import { NOTHING, remark, type Outcome } from '../output/outcome.ts';
import { hardenerFor } from './hardener.ts';

/**
 * Writes a baseline for each root of the files, beside its configuration, or one for all at `path`. What a baseline says of files
 * that this run does not look at stays. With an error in a file or in a configuration nothing is written.
 */
export async function writeBaseline(paths: readonly string[], path: string | undefined, options: RunOptions): Promise<Outcome> {
  if (path !== undefined && statSync(path, { throwIfNoEntry: false })?.isDirectory())
    return remark(2, `--write-baseline ${path}: this is a folder: name the files before the option, or a file behind it`);
  const chosen = await chosenFiles(paths, options.changed);
  if ('mistake' in chosen) return remark(2, chosen.mistake);
  const { groups, problems } = load(chosen.files, {
    configPath: options.config,
    baselinePath: path !== undefined && existsSync(path) ? path : undefined,
    exclude: options.exclude ?? [],
    beside: chosen.beside,
  });
  if (path !== undefined && groups.length > 1) {
    const roots = groups.map(({ root }) => shownPath(root) || '.').join(', ');
    return remark(2, `${path}: the files have several roots (${roots}): leave the name out, and each gets a file of its own`);
  }
  if (path !== undefined && basename(path) === BASELINE_NAME && groups.some(({ root }) => dirname(resolve(path)) !== root))
    return remark(2, `${path}: kharden looks for this name at the root of the files: leave it out, or choose another name`);
  const audited = await Promise.all(groups.map(async (group) => ({ group, files: await findingsOf(group, options) })));
  const result = { problems: [...chosen.problems, ...problems], files: audited.flatMap(asShown) };
  if (errorsOf(result).length > 0) return { ...NOTHING, exitCode: 2, result, remarks: ['no baseline is written'] };
  const remarks = audited.map((one) => {
    const isNew = path !== undefined && !existsSync(path);
    return written(path ?? join(one.group.root, BASELINE_NAME), entriesOf(one.group, one.files, isNew));
  });
  return {
    ...NOTHING,
    exitCode: remarks.some(({ isFailure }) => isFailure) ? 2 : 0,
    result,
    remarks: remarks.map(({ line }) => line),
  };
}

/** The results of a group with every finding; each file has its path in the root. */
async function findingsOf(group: Group, options: RunOptions): Promise<RunResult['files']> {
  const { config, files, facts } = group;
  const harden = await hardenerFor(group);
  const inputs = files.map(({ inRoot, bytes }): Input => ({ path: inRoot, content: bytes }));
  return harden([...inputs, ...facts], { ...mergeOptions(config, options), everyFinding: true }).files;
}

/** Results whose findings name each file as the user sees it from here. */
function asShown({ group, files }: { readonly group: Group; readonly files: RunResult['files'] }): RunResult['files'] {
  return files.map((file, index) => {
    const path = shownPath(group.files[index]?.path ?? file.path);
    return { ...file, path, findings: file.findings.map((finding) => ({ ...finding, path })) };
  });
}

/** What was found, and what the baseline says of other files that are there. */
function entriesOf({ baseline, names, isWhole }: Group, files: RunResult['files'], isNew: boolean): BaselineEntry[] {
  const judged = new Set(files.map(({ path }) => path));
  const kept = baseline.filter(({ path }) => !isNew && !judged.has(path) && (names.has(path) || !isWhole));
  return [...kept, ...baselineOf(files.flatMap(({ findings }) => findings))];
}

function written(path: string, entries: readonly BaselineEntry[]): { readonly line: string; readonly isFailure?: true } {
  try {
    const text = printBaseline(entries);
    const checked = readBaseline(text, path);
    // The next run would refuse the file.
    if ('errors' in checked)
      return { line: `${shownPath(path)}: a name cannot be written: ${checked.errors[0].message}`, isFailure: true };
    const content = Buffer.from(text);
    if (existsSync(path)) replaceFile(realpathSync(path), readFileSync(path), content);
    else createFile(path, content);
    const findings = plural(
      entries.reduce((sum, { count }) => sum + count, 0),
      'finding',
    );
    const files = plural(new Set(entries.map((entry) => entry.path)).size, 'file');
    return { line: `wrote ${shownPath(path)}: ${findings} in ${files}` };
  } catch (error) {
    return { line: `${shownPath(path)}: ${reasonOf(error)}`, isFailure: true };
  }
}
