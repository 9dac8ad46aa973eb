/** What the outcomes of a case mean. */
import { imagesOf, manifestOf, type Case } from './case.ts';
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
}

/**
 * A workload that did its work before must do it after; with the default settings a stand-in for a private image may break when a change that
 * is marked `may-break` is named as the cause. A control must not do its work.
 */
export function judge(subject: Case, outcomes: Outcomes): Verdict {
  const plain = manifestOf(subject, 'plain');
  const hardened = manifestOf(subject, 'hardened');
  const base = {
    subject,
    outcomes,
    images: imagesOf(plain?.objects ?? []),
    written: [...new Set(hardened?.result?.changes.map(({ transform }) => transform))],
  };
  const failures: string[] = [];
  const notes: string[] = [];
  if (outcomes.plain === undefined) return { ...base, failures: ['it did not run'], notes };
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
      const cause = form === 'hardened' ? knownCause(subject, hardened?.result?.changes ?? []) : undefined;
      if (outcomes.plain.state !== 'works') failures.push(`neither plain nor ${form} works: ${outcome.detail}`);
      else if (cause === undefined) failures.push(`${form} ${outcome.state}: ${outcome.detail}`);
      else notes.push(`${form} ${outcome.state}, as ${cause} may break it`);
    }
  }
  return { ...base, failures, notes };
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
