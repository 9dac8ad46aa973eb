/** What the options mean for a run. */
import { transforms } from '../../transforms/index.ts';
import type { Config } from '../config/index.ts';
import type { HardenOptions, HardenResult } from '../index.ts';
import { suggest } from '../util/suggest.ts';
import type { CliOptions } from './program.ts';

/** What is wrong with the ids of `--only` and `--skip`; undefined when they are known. */
export function unknownTransform({ only, skip }: CliOptions): string | undefined {
  const known = transforms.map(({ meta }) => meta.id);
  for (const [option, ids = known] of [
    ['--only', only],
    ['--skip', skip],
  ] as const) {
    if (ids.length === 0) return `${option} names no transform: there are ${known.join(', ')}`;
    const unknown = ids.find((id) => !known.includes(id));
    if (unknown === undefined) continue;
    const nearest = suggest(unknown, known);
    const hint = nearest === undefined ? `there are ${known.join(', ')}` : `did you mean ${nearest}?`;
    return `${option}: no transform ${unknown}: ${hint}`;
  }
  return undefined;
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
