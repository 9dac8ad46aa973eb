import type { BuiltImage } from './images/build.ts';
import type { Verdict } from './verdict.ts';
export function proofPage(_v: readonly Verdict[], _i: readonly BuiltImage[]): string {
  return '';
}
