/**
 * The forms in which a case runs. The last two are those of a stand-in for a private image: hardened beside the Dockerfile that builds it, and
 * after `kharden learn` has read the image.
 */
export const FORMS = ['plain', 'hardened', 'safe-only', 'with-dockerfile', 'learned'] as const;
export type Form = (typeof FORMS)[number];
