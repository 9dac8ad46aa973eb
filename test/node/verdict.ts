/** What the outcomes of a case mean. */
import type { Finding } from '../../src/index.ts';
import { formsOf, imagesOf, levelOf, type Case, type Manifest } from './case.ts';
import type { Form } from './form.ts';
import type { Ran } from './inside.ts';
import { isKnowing } from './knowing.ts';
import type { Outcome } from './trial.ts';

/** What came out of a case, by form, of those in which it ran. */
type Outcomes = Partial<Record<Form, Outcome>>;

export interface Verdict {
  readonly subject: Case;
  readonly outcomes: Outcomes;
  readonly images: readonly string[];
  /** What counts against kharden or against the suite. */
  readonly failures: readonly string[];
  readonly notes: readonly string[];
  /** The transforms that wrote something into the hardened form. */
  readonly written: readonly string[];
  /** The level of the Pod Security Standards that the hardened form meets, and the findings that say why it is not `restricted`. */
  readonly level: string;
  readonly reasons: readonly string[];
  /** The level that each form meets. */
  readonly levels: ReadonlyMap<Form, string>;
}

/**
 * A workload that did its work before must do it after; without `--safe-only` a stand-in for a private image may break when a change that is
 * marked `may-break` is named as the cause. A control must not do its work. What keeps a hardened workload below the level `restricted` must
 * be named by a finding, and the API server must see the same level as kharden.
 */
export function judge(subject: Case, ran: readonly Ran[]): Verdict {
  const outcomes: Outcomes = Object.fromEntries(ran.map(({ form, outcome }) => [form, outcome]));
  const manifests = new Map(ran.flatMap(({ form, manifest }) => (manifest === undefined ? [] : [[form, manifest] as const])));
  const [plain, hardened] = [manifests.get('plain'), manifests.get('hardened')];
  const judged = hardened ?? plain;
  const base = {
    subject,
    outcomes,
    images: imagesOf(plain?.objects ?? []),
    written: [...new Set(hardened?.changes.map(({ transform }) => transform))],
    level: judged === undefined ? '' : levelOf(judged),
    levels: new Map([...manifests].map(([form, manifest]) => [form, levelOf(manifest)])),
    reasons: [...new Set(hardened?.findings.flatMap((finding) => (explains(finding) ? finding.id : [])))],
  };
  const judgedForms = [...manifests].filter(([form]) => form === 'hardened' || isKnowing(form));
  const failures = [
    ...judgedForms.flatMap(([form, manifest]) => unexplained(manifest).map((text) => `${form}: ${text}`)),
    ...disagreements(manifests, outcomes),
  ];
  const notes: string[] = [];
  if (outcomes.plain === undefined) return { ...base, failures: [...failures, 'it did not run'], notes };
  if (subject.group === 'controls') {
    if (outcomes.plain.state === 'works') failures.push('a control does its work: the suite would not notice a fault');
    return { ...base, failures, notes };
  }
  if (subject.breaks.length > 0 && outcomes.tried?.state === 'works') failures.push('it works, though it names what breaks it');
  if (outcomes.plain.state !== 'works') notes.push(`plain ${outcomes.plain.state}: ${outcomes.plain.detail}`);
  for (const form of formsOf(subject).filter((one) => one !== 'plain')) {
    const outcome = outcomes[form];
    if (outcome === undefined) failures.push(`${form} did not run`);
    else if (outcome.state === 'works' && outcomes.plain.state !== 'works') notes.push(`${form} works, plain does not`);
    else if (outcome.state !== 'works') {
      const cause = form === 'safe-only' ? undefined : knownCause(subject, manifests.get(form)?.changes ?? []);
      if (outcomes.plain.state !== 'works') failures.push(`neither plain nor ${form} works: ${outcome.detail}`);
      else if (cause === undefined) failures.push(`${form} ${outcome.state}: ${outcome.detail}`);
      else notes.push(`${form} ${outcome.state}, as ${cause} may break it`);
    }
  }
  return { ...base, failures, notes };
}

/** A patch that is left as it is names no controls. */
function explains({ id, controls = [] }: Finding): boolean {
  return controls.length > 0 || id === 'skipped-patch';
}

/** The controls of `restricted` that the hardened form does not meet, and that no finding names. */
function unexplained({ findings, standings }: Manifest): string[] {
  if (findings.some(({ id }) => id === 'skipped-patch')) return [];
  const named = new Set(findings.flatMap(({ controls = [] }) => controls));
  const unmet = new Set(standings.flatMap(({ unmet: all }) => all));
  return [...unmet].filter((id) => !named.has(id)).map((id) => `${id} is not met, and no finding says why`);
}

/** The forms of which the API server and kharden do not both say that they are `restricted`, or both that they are not. */
function disagreements(manifests: ReadonlyMap<Form, Manifest>, outcomes: Outcomes): string[] {
  return [...manifests].flatMap(([form, manifest]) => {
    const outcome = outcomes[form];
    if (!outcome || (levelOf(manifest) === 'restricted') === (outcome.warnings.length === 0)) return [];
    return [`${form}: the API server warns: ${outcome.warnings.join('; ') || 'of nothing'}`];
  });
}

interface Change {
  readonly transform: string;
  readonly safety: string;
}

/** The transform that the case names as the cause, when it wrote a change that is marked `may-break`. */
function knownCause({ group, breaks }: Case, changes: readonly Change[]): string | undefined {
  if (group !== 'unknown') return undefined;
  return breaks.find((id) => changes.some(({ transform, safety }) => transform === id && safety === 'may-break'));
}
