/** What the real Pod Security Admission library says: by the Go program `judge`. */
import type { ControlId } from '../../src/kubernetes/pod-security/index.ts';
import { assert } from '../harness.ts';
import { execute, jsonLines } from './world.ts';

/** A check of the library that a pod fails. */
export interface FailedCheck {
  readonly id: string;
  readonly detail: string;
}

/** The verdict on one workload, or why the API server refuses to read it. */
export interface Verdict {
  readonly file: string;
  readonly doc: number;
  readonly item: number;
  readonly kind: string;
  readonly name: string;
  readonly level?: 'restricted' | 'baseline' | 'privileged';
  /** At the level `restricted`. */
  readonly violations?: readonly FailedCheck[];
  /** At the level `baseline`. */
  readonly baseline?: readonly FailedCheck[];
  readonly error?: string;
}

/** The verdicts on all workloads of a folder or file, or of `input` for the path `-`. */
export function judge(path: string, input?: string): Verdict[] {
  const { status, stdout, stderr } = execute('judge', ['psa', path], input === undefined ? {} : { input });
  assert.is(status, 0, stderr);
  return jsonLines<Verdict>(stdout);
}

/** The checks of the library whose names say their level at the end, or that are called otherwise here. */
const CONTROL_OF_CHECK: Readonly<Record<string, ControlId>> = {
  allowPrivilegeEscalation: 'restricted/allowPrivilegeEscalation',
  capabilities_restricted: 'restricted/capabilities',
  procMount_restricted: 'restricted/procMount',
  restrictedVolumes: 'restricted/volumeTypes',
  runAsNonRoot: 'restricted/runAsNonRoot',
  runAsUser: 'restricted/runAsUser',
  seccompProfile_restricted: 'restricted/seccompProfile',
};

/** The controls of failed checks, sorted. */
export function controlsOf(checks: readonly FailedCheck[] = []): string[] {
  return checks.map(({ id }) => CONTROL_OF_CHECK[id] ?? `baseline/${id.replace(/_baseline$/, '')}`).sort();
}
