/** What is reported about the paths and the configuration of a run, before any manifest is read. */
import type { Severity } from '../index.ts';

/** What is the same for all findings with one id. */
interface RunFinding {
  readonly title: string;
  readonly severity: Severity;
  readonly advice: string;
}

export const RUN_FINDINGS = {
  'unusable-path': {
    title: 'Path that cannot be used',
    severity: 'error',
    advice: 'the message says why: check the path, its owner and its mode',
  },
  'skipped-link': {
    title: 'Link that leads out of the folder',
    severity: 'info',
    advice: 'nothing outside of a folder is changed through a link in it; name the link to harden its target',
  },
  'not-written': {
    title: 'File that could not be written',
    severity: 'error',
    advice: 'it is as it was; the message says why',
  },
  'invalid-usage': {
    title: 'Usage that cannot be read',
    severity: 'error',
    advice: 'nothing is hardened; the message says what the file of --usage should be (docs/usage.md)',
  },
  'unmatched-usage': {
    title: 'Usage of no workload',
    severity: 'info',
    advice: 'harden their manifests too, or leave them out of the files of --usage (docs/usage.md)',
  },
  'not-in-component': {
    title: 'Object that a kustomize component cannot change',
    severity: 'warning',
    advice: '`--write` changes it; the message says why `--format kustomize` cannot',
  },
  'invalid-config': {
    title: 'Configuration with a mistake',
    severity: 'error',
    advice: 'nothing that it applies to is hardened; correct the key that the message names (docs/configuration.md)',
  },
  'unused-exclude': {
    title: 'Excluded file that is none',
    severity: 'warning',
    advice: 'correct the glob, or remove it',
  },
  'unused-override': {
    title: 'Override that matches nothing',
    severity: 'warning',
    advice: 'correct its match, or remove it',
  },
  'unused-baseline': {
    title: 'Finding of the baseline that is no longer there',
    severity: 'warning',
    advice: 'write the file anew with kharden audit --write-baseline',
  },
} as const satisfies Readonly<Record<string, RunFinding>>;
