/** What the author, the configuration and the kustomize builds decide about one object. */
import type { Container, KubernetesObject } from '../kubernetes/object.ts';
import { observation } from '../observations/observation.ts';
import type { Transform } from '../transform/transform.ts';
import { merge, type JsonObject } from '../util/json.ts';
import { memo, memoizedByText } from '../util/memo.ts';
import type { LeftOut } from './builds/units.ts';
import type { CompiledException } from './exceptions.ts';
import {
  covers,
  isAnnotated,
  NO_ANNOTATIONS,
  readAnnotations,
  type Acceptance,
  type Annotations,
  type OptOut,
} from './opt-outs.ts';
import type { Outcome, Report } from './outcomes.ts';
import type { Run } from './run.ts';

export interface Choices {
  /** The transforms that run on the object, in their order. */
  readonly transforms: readonly Transform[];
  readonly optOuts: readonly OptOut[];
  readonly acceptances: readonly Acceptance[];
  /** What is wrong with annotations; pointers lead from the object. */
  readonly problems: readonly Report[];
  readonly options: ReadonlyMap<string, JsonObject>;
  /** The paths that an annotation names for a container. */
  writable(container: Container): readonly string[];
  /** False where a transform is opted out or left out; without a container: for the whole object. */
  applies(transform: string, container?: Container): boolean;
  /** True when a transform of the run writes a field, the version has it, and it applies. */
  writes(field: string, container?: Container): boolean;
}

/**
 * Reads the choices for an object: those that are the same for all objects about which nobody says anything, else its own.
 *
 * @param leftOut what the kustomize builds of the object do not let stand
 */
export function choicesFor(object: KubernetesObject, run: Run, leftOut: readonly LeftOut[]): Choices {
  const exceptions = run.exceptions.filter((exception) => exception.matches(object));
  return exceptions.length === 0 && leftOut.length === 0 && !isAnnotated(object)
    ? usualChoices(run)
    : choicesOf(run, readAnnotations(object, run.knownTransforms), exceptions, leftOut);
}

const usualChoices = memo((run: Run): Choices => {
  const choices = choicesOf(run, NO_ANNOTATIONS, [], []);
  return { ...choices, applies: () => true, writes: memoizedByText(choices.writes) };
});

function choicesOf(
  run: Run,
  annotated: Annotations,
  exceptions: readonly CompiledException[],
  leftOut: readonly LeftOut[],
): Choices {
  const optOuts = [...annotated.optOuts, ...exceptions.flatMap(({ optOut }) => optOut ?? [])];
  const withExceptions = (id: string): JsonObject =>
    exceptions.reduce((before, one) => merge(before, one.options?.[id]), run.options.get(id) ?? {});
  const applies = (transform: string, container?: Container): boolean =>
    !optOuts.some((optOut) => covers(optOut, transform, container)) &&
    !leftOut.some((one) => leavesOut(one, transform, container));
  const transforms = run.transformsFor(exceptions);
  return {
    transforms,
    optOuts,
    acceptances: annotated.acceptances,
    problems: annotated.problems,
    options: new Map(transforms.map(({ meta }) => [meta.id, withExceptions(meta.id)])),
    writable: ({ name }) => annotated.writable.get(name) ?? [],
    applies,
    writes(field, container) {
      const writers = run.writersOf(field);
      return transforms.some((one) => writers.has(one) && applies(one.meta.id, container));
    },
  };
}

function leavesOut(one: LeftOut, transform: string, container: Container | undefined): boolean {
  if (one.transform !== transform || one.place !== undefined) return false;
  return one.container === undefined || one.container === container?.name;
}

/**
 * Findings with those that are accepted marked: they no longer warn. An acceptance that nothing needs is reported, so that it does
 * not outlive its reason.
 */
export function withAccepted(reports: readonly Report[], acceptances: readonly Acceptance[], object: string): readonly Report[] {
  if (acceptances.length === 0) return reports;
  const covering = ({ id, container }: Report): Acceptance | undefined =>
    acceptances.find((one) => one.findings.includes(id) && (one.container === undefined || one.container === container));
  const marked = reports.map((report): Report => {
    const acceptance = covering(report);
    if (!acceptance) return report;
    const { oncePerRun, ...rest } = report;
    return { ...rest, severity: 'info', accepted: acceptance.reason ?? '' };
  });
  const unused = acceptances.flatMap((acceptance) =>
    acceptance.findings
      .filter((id) => !reports.some((report) => report.id === id && covering(report) === acceptance))
      .map((id) => observation('unused-accept', `${id} is accepted and is no finding here`, { at: `${object}${acceptance.at}` })),
  );
  return [...marked, ...unused];
}

/** What each opt-out prevents, with its reason; an annotation that prevents nothing is reported, so that it can be removed. */
export function optOutReports({ optOuts, transforms: ofObject }: Choices, outcomes: readonly Outcome[]): Report[] {
  if (optOuts.length === 0) return [];
  const ids = ofObject.map(({ meta }) => meta.id);
  return optOuts.flatMap(({ transforms, container, reason, at }): Report[] => {
    const isLeftOut = (id: string): boolean =>
      outcomes.some(
        (one) => one.transform === id && one.status === 'opted-out' && (!container || container(one.container ?? '')),
      );
    const named = transforms === 'all' ? ids : transforms.filter((id) => ids.includes(id));
    const leftOut = named.filter(isLeftOut);
    const unused = transforms === 'all' ? (leftOut.length === 0 ? ['all'] : []) : named.filter((id) => !leftOut.includes(id));
    const because = reason === undefined ? '' : ` (${reason})`;
    return [
      ...leftOut.map((id) => ({
        ...observation('skipped-on-request', `${id} is left out on request${because}`, { at: at ?? '' }),
        controls: ofObject.find(({ meta }) => meta.id === id)?.meta.references.pss ?? [],
      })),
      ...(at === undefined ? [] : unused).map((id) =>
        observation('unused-skip', `the opt-out of ${id} has no effect`, { at: at ?? '' }),
      ),
    ];
  });
}
