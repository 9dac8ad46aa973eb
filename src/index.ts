/** The library: manifests in, hardened manifests out. It needs no file system and no Node APIs, so it runs in a browser too. */
import { readDockerfiles } from './dockerfile/index.ts';
import type { Harden } from './engine/harden-options.ts';
import { hardenWith } from './hardening.ts';

export type { ImageEntry } from './images/index.ts';
export type { KubeVersion, Settings } from './decisions/basis/settings.ts';
export type { CustomWorkload } from './kubernetes/kinds.ts';
export type { PatchOperation } from './patch/index.ts';
export type { Exception } from './engine/exceptions.ts';
export type { AcceptedFindings, UnusedAcceptance } from './engine/findings/accepted.ts';
export { baselineOf, subjectOf, type BaselineEntry } from './engine/findings/baseline.ts';
export type { Match } from './engine/findings/match.ts';
export type {
  AppliedChange,
  DocumentPatch,
  FileResult,
  Finding,
  HardenResult,
  Input,
  ObjectName,
  Severity,
  Standing,
  TextEdit,
  Unmatched,
  WorkloadResult,
} from './engine/result.ts';
export type { ContainerUsage, MeasuredUsage, RecommendedUsage, UsedAmounts } from './usage/usage.ts';
export { readUsage, type UsageError, type UsageOrigin, type UsageResult } from './usage/read/index.ts';
export { OptionsError, type HardenOptions } from './engine/harden-options.ts';
export type { Harden };

export const harden: Harden = hardenWith(readDockerfiles);
