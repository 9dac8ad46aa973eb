/** What of the findings of a run is shown: those that are accepted no longer warn, a baseline's are set apart, some are shown once. */
import { withAcceptance, type CompiledAcceptance } from './accepted.ts';
import { createBaseline, type BaselineEntry } from './baseline.ts';
import type { Finding, RawFinding } from './finding.ts';

/** What decides about findings. */
export interface FindingRules {
  readonly acceptances: readonly CompiledAcceptance[];
  readonly baseline: readonly BaselineEntry[];
  /** True to show those too that stand once for all of a run. */
  readonly everyFinding: boolean;
}

/** The findings of one file. */
export interface SettledFindings {
  readonly findings: readonly Finding[];
  /** Those that the baseline holds. */
  readonly known: readonly Finding[];
}

/** Decides about the findings of all files of a run, file by file. */
export function settleFindings(
  files: readonly (readonly RawFinding[])[],
  { acceptances, baseline, everyFinding }: FindingRules,
): SettledFindings[] {
  const isKnown = createBaseline(baseline);
  const sorted = files.map((findings) => {
    const known: RawFinding[] = [];
    const others: RawFinding[] = [];
    for (const one of findings) {
      const finding = withAcceptance(one, acceptances);
      (isKnown(finding) ? known : others).push(finding);
    }
    return { known, others };
  });
  const once = everyFinding ? (some: readonly RawFinding[]) => some : oncePerRun(sorted.flatMap(({ others }) => others));
  return sorted.map(({ known, others }) => ({ known: known.map(shown), findings: once(others).map(shown) }));
}

function shown(finding: RawFinding): Finding {
  if (finding.oncePerRun === undefined) return finding;
  const { oncePerRun, ...rest } = finding;
  return rest;
}

/** Keeps the first of the findings with one key, with the number and names of the others; asked for the files in their order. */
function oncePerRun(all: readonly RawFinding[]): (some: readonly RawFinding[]) => readonly RawFinding[] {
  const repeats = new Map<string, RawFinding[]>();
  for (const finding of all) {
    if (finding.oncePerRun === undefined) continue;
    const others = repeats.get(finding.oncePerRun);
    if (others) others.push(finding);
    else repeats.set(finding.oncePerRun, [finding]);
  }
  return (some) =>
    some.flatMap((finding): RawFinding[] => {
      const alike = repeats.get(finding.oncePerRun ?? '') ?? [finding];
      return alike[0] === finding ? [withRest(finding, alike.slice(1))] : [];
    });
}

/** How many other objects a finding names that stands for all of a run. */
const MOST_NAMES = 10;

function withRest(finding: RawFinding, others: readonly RawFinding[]): RawFinding {
  const names = others.flatMap(({ object }) => (object ? [`${object.kind} ${object.name}`] : []));
  if (names.length === 0) return finding;
  const some = [...new Set(names)].slice(0, MOST_NAMES).join(', ');
  return { ...finding, message: `${finding.message} (and ${names.length} more in this run: ${some})` };
}
