import type { Quote } from '../print/styles.ts';

/** The quote that the document uses most for its values. */
export function quoteStyle(text: string): Quote {
  if (!text.includes("'")) return '"';
  const count = (pattern: RegExp): number => text.match(pattern)?.length ?? 0;
  return count(/[:-] +'/g) > count(/[:-] +"/g) ? "'" : '"';
}
