/** Every finding whose id is not a message of a transform. The messages of transforms are declared in their metadata. */
import type { FindingKind } from './finding-kind.ts';
import { INPUT_FINDINGS } from './input-findings.ts';
import { POD_FINDINGS } from './pod-findings.ts';
import { RBAC_FINDINGS } from './rbac-findings.ts';

export type FindingId = keyof typeof INPUT_FINDINGS | keyof typeof POD_FINDINGS | keyof typeof RBAC_FINDINGS;

/** By id. */
export const FINDINGS: Readonly<Record<FindingId, FindingKind>> = { ...INPUT_FINDINGS, ...POD_FINDINGS, ...RBAC_FINDINGS };
