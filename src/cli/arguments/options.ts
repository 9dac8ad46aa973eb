/** The options of the command line, and what they mean for a run. */
import type { Config } from '../../config/index.ts';
import type { KubeVersion } from '../../decisions/basis/settings.ts';
import type { HardenOptions, HardenResult } from '../../index.ts';

/** The options as the user gave them. */
export interface CliOptions {
  readonly write?: boolean;
  readonly check?: boolean;
  /** The id of an output format. */
  readonly format?: string;
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  readonly override?: boolean;
  readonly safeOnly?: boolean;
  readonly platform?: 'kubernetes' | 'openshift';
  readonly kubeVersion?: KubeVersion;
  readonly config?: string;
  readonly reportFile?: string;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly color?: boolean;
}

/** The options of a run: `--only` replaces the configuration's choice, `--skip` adds to it. */
export function mergeOptions(config: Config, cli: CliOptions): HardenOptions {
  const { options } = config;
  const skip = [...(options.skip ?? []), ...(cli.skip ?? [])];
  return {
    ...options,
    ...(cli.only ? { only: cli.only } : {}),
    ...(skip.length > 0 ? { skip } : {}),
    settings: {
      ...options.settings,
      ...(cli.override ? { override: true } : {}),
      ...(cli.safeOnly ? { safeOnly: true } : {}),
      ...(cli.platform ? { platform: cli.platform } : {}),
      ...(cli.kubeVersion ? { kubeVersion: cli.kubeVersion } : {}),
    },
  };
}

/** 2 for errors, 1 when a check found something to change, else 0. */
export function exitCode(hasError: boolean, options: CliOptions, result: HardenResult): number {
  if (hasError) return 2;
  return options.check && result.files.some((file) => file.input !== file.output) ? 1 : 0;
}
