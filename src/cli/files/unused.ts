/** What a configuration and a baseline name, and the files of their root do not have. */
import type { FileResult, Unmatched } from '../../index.ts';
import { subjectOf } from '../../hardening.ts';
import type { Problem } from '../../report/result.ts';
import { compilePathGlob } from '../../util/glob.ts';
import type { Group } from './load.ts';
import { unused } from './problem.ts';

/** What became of the files of a group. */
interface GroupResult {
  /** With paths relative to the root. */
  readonly files: readonly FileResult[];
  readonly unmatched: Unmatched;
}

/**
 * What can be removed from the configuration and the baseline of a group. The configuration is judged only where the run has all
 * manifests of its root and can read them; the baseline, also for single files.
 *
 * @param isUsual false when options of the command line change what is found, so that what is accepted may not be there
 */
export function unusedOf(group: Group, result: GroupResult, isUsual: boolean): Problem[] {
  const isRead = !result.files.some(hasError);
  return [
    ...(group.isWhole && isRead ? unusedInConfig(group, result.unmatched, isUsual) : []),
    ...(isUsual ? unusedInBaseline(group, result.files) : []),
  ];
}

function unusedInConfig({ config, placeOf, names }: Group, unmatched: Unmatched, isUsual: boolean): Problem[] {
  if (!placeOf) return [];
  const { accept = [] } = config.options;
  const excludes = config.exclude.flatMap((glob, index) =>
    [...names].some(compilePathGlob(glob))
      ? []
      : [unused('unused-exclude', placeOf(`/exclude/${index}`, 'value'), `exclude[${index}]: no file matches ${glob}`)],
  );
  const overrides = unmatched.exceptions.map((index) =>
    unused(
      'unused-override',
      placeOf(`/overrides/${index}`, 'value'),
      `overrides[${index}]: no workload and no container matches`,
    ),
  );
  const accepted = unmatched.accept.map(({ entry, finding }) =>
    unused(
      'unused-accept',
      placeOf(`/accept/${entry}/findings/${finding}`, 'value'),
      `accept[${entry}].findings[${finding}]: ${accept[entry]?.findings[finding]} is accepted and is no finding here`,
    ),
  );
  return [...excludes, ...overrides, ...(isUsual ? accepted : [])];
}

/** The entries of the files of the run, and where the run has all files, those of files that are gone. */
function unusedInBaseline({ baseline, names, isWhole }: Group, files: readonly FileResult[]): Problem[] {
  const judged = new Map(files.filter((file) => !hasError(file)).map((file) => [file.path, file]));
  return baseline.flatMap(({ path, subject, id, count, at }) => {
    const file = judged.get(path);
    if (!file && (names.has(path) || !isWhole)) return [];
    const found = file?.known.filter((one) => one.id === id && subjectOf(one) === subject).length ?? 0;
    if (found >= count) return [];
    const what = found === 0 ? 'is no longer found' : `is found ${found === 1 ? 'once' : `${found} times`}, not ${count} times`;
    return [unused('unused-baseline', at, `${path}, ${subject}: ${id} ${what}`)];
  });
}

function hasError({ findings }: FileResult): boolean {
  return findings.some(({ severity }) => severity === 'error');
}
