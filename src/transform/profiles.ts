/** The profiles: which transforms run together. */

/** By name, with what each is for; the names are those of the Pod Security Standards, and `strict`. */
export const PROFILES = {
  baseline: 'what the Pod Security Standard baseline asks for: access to the node that the author asked for is taken away',
  restricted: 'what the Pod Security Standard restricted and the hardening guides ask for, as far as workloads still run',
  strict: 'restricted, and what more the hardening guides advise, which needs recent clusters or knowledge of the application',
} as const;

export type Profile = keyof typeof PROFILES;

export const DEFAULT_PROFILE: Profile = 'restricted';
