/**
 * The forms in which a case runs. The last three are those of a stand-in for a private image: hardened although nothing is known about it,
 * hardened beside the Dockerfile that builds it, and after `kharden learn` has read the image.
 */
export const FORMS = ['plain', 'hardened', 'safe-only', 'tried', 'with-dockerfile', 'learned'] as const;
export type Form = (typeof FORMS)[number];

/** The forms in which only a stand-in for a private image runs. */
export const OF_STAND_INS: readonly Form[] = ['tried', 'with-dockerfile', 'learned'];
