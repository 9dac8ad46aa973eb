/** What is derived from an image: fields of an entry, each with the reason why it has its value. */
import type { ImageEntry } from '../../images/index.ts';

/** Reasons by the keys of an entry, as sentences without a full stop. */
export type Reasons = Readonly<Partial<Record<keyof ImageEntry, string>>>;

export interface Findings {
  readonly fields: Omit<ImageEntry, 'match'>;
  readonly reasons: Reasons;
}

/** Findings of several kinds as one: lists of needs and notes are put together. */
export function together(findings: readonly Findings[]): Findings {
  const needs = [...new Set(findings.flatMap(({ fields }) => fields.needs ?? []))];
  const notes = findings.flatMap(({ fields }) => fields.notes ?? []);
  const whyNeeds = findings.flatMap(({ reasons }) => reasons.needs ?? []);
  return {
    fields: {
      ...Object.assign({}, ...findings.map(({ fields }) => fields)),
      ...(needs.length > 0 && { needs }),
      ...(notes.length > 0 && { notes: notes.join(' ') }),
    },
    reasons: {
      ...Object.assign({}, ...findings.map(({ reasons }) => reasons)),
      ...(whyNeeds.length > 0 && { needs: whyNeeds.join('; ') }),
    },
  };
}
