/** What the command line says goes over what the configuration says. */
import type { Config } from '../config/index.ts';
import type { HardenOptions } from '../engine/index.ts';
import type { CliOptions } from './program.ts';

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
