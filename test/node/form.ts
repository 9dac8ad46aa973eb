/** The forms in which a case runs. */
export const FORMS = ['plain', 'hardened', 'safe-only'] as const;
export type Form = (typeof FORMS)[number];
