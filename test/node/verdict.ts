/** What the outcomes of a case mean. */
import type { Finding } from '../../src/index.ts';
import { imagesOf, levelOf, manifestOf, type Case, type Manifest } from './case.ts';
import { FORMS, type Form } from './form.ts';
import type { Outcomes } from './inside.ts';

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
}

/**
 * A workload that did its work before must do it after; with the default settings a stand-in for a private image may break when a change that
 * is marked `may-break` is named as the cause. A control must not do its work. What keeps a hardened workload below the level `restricted` must
 * be named by a finding, and the API server must see the same level as kharden.
 */
export function judge(subject: Case, outcomes: Outcomes): Verdict {
  const manifests = FORMS.map((form) => manifestOf(subject, form));
  const [plain, hardened] = manifests;
  const judged = hardened ?? plain;
  const base = {
    subject,
    outcomes,
    images: imagesOf(plain?.objects ?? []),
    written: [...new Set(hardened?.changes.map(({ transform }) => transform))],
    level: judged === undefined ? '' : levelOf(judged),
    reasons: [...new Set(hardened?.findings.flatMap((finding) => (explains(finding) ? finding.id : [])))],
  };
  const failures = [...unexplained(hardened), ...disagreements(manifests, outcomes)];
  const notes: string[] = [];
  if (outcomes.plain === undefined) return { ...base, failures: [...failures, 'it did not run'], notes };
  if (subject.group === 'controls') {
    if (outcomes.plain.state === 'works') failures.push('a control does its work: the suite would not notice a fault');
    return { ...base, failures, notes };
  }
  if (subject.breaks.length > 0 && outcomes.hardened?.state === 'works')
    failures.push('it works, though it names what breaks it');
  if (outcomes.plain.state !== 'works') notes.push(`plain ${outcomes.plain.state}: ${outcomes.plain.detail}`);
  for (const form of ['hardened', 'safe-only'] as const) {
    const outcome = outcomes[form];
    if (outcome === undefined) failures.push(`${form} did not run`);
    else if (outcome.state === 'works' && outcomes.plain.state !== 'works') notes.push(`${form} works, plain does not`);
    else if (outcome.state !== 'works') {
      const cause = form === 'hardened' ? knownCause(subject, hardened?.changes ?? []) : undefined;
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
function unexplained(manifest: Manifest | undefined): string[] {
  if (manifest?.findings.some(({ id }) => id === 'skipped-patch')) return [];
  const named = new Set(manifest?.findings.flatMap(({ controls = [] }) => controls));
  const unmet = new Set(manifest?.standings.flatMap(({ unmet: all }) => all));
  return [...unmet].filter((id) => !named.has(id)).map((id) => `${id} is not met, and no finding says why`);
}

/** The forms of which the API server and kharden do not both say that they are `restricted`, or both that they are not. */
function disagreements(manifests: readonly (Manifest | undefined)[], outcomes: Outcomes): string[] {
  const disagrees = (form: Form, index: number): boolean => {
    const [manifest, outcome] = [manifests[index], outcomes[form]];
    if (manifest === undefined || outcome === undefined) return false;
    return (levelOf(manifest) === 'restricted') !== (outcome.warnings.length === 0);
  };
  return FORMS.filter(disagrees).map(
    (form) => `${form}: the API server warns: ${outcomes[form]?.warnings.join('; ') || 'of nothing'}`,
  );
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
