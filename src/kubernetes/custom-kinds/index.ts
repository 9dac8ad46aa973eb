/** The custom resources with pod templates that kharden knows. */
import type { KnownCustomKind } from './kind.ts';
import { PARTIAL_KINDS } from './partial.ts';
import { WORKLOAD_KINDS } from './workloads.ts';

export { OWN_FIELDS } from './partial.ts';
export { POD_LISTS, type ContainerList, type FieldRules, type KnownCustomKind } from './kind.ts';

/** Each with the source that its places and exceptions are from. */
export const CUSTOM_KINDS: readonly KnownCustomKind[] = [...WORKLOAD_KINDS, ...PARTIAL_KINDS];
