/** The options of the command line, and what they mean for a run. */
import type { Config } from '../../config/index.ts';
import type { KubeVersion } from '../../decisions/basis/settings.ts';
import type { ContainerUsage, Exception, HardenOptions } from '../../index.ts';
import { errorsOf, problemsOf, type Problem, type RunResult } from '../../report/result.ts';
import type { Profile } from '../../transform/profiles.ts';

/** The options as the user gave them. */
export interface CliOptions {
  readonly write?: boolean;
  readonly check?: boolean;
  /** Severities and ids of findings that make `--check` fail. */
  readonly failOn?: readonly string[];
  /** The id of an output format. */
  readonly format?: string;
  /** The folder for a format that is written into one. */
  readonly out?: string;
  /** With `--write` or `--check`, which show no diff by themselves. */
  readonly diff?: boolean;
  readonly stat?: boolean;
  readonly listDifferent?: boolean;
  readonly profile?: Profile;
  readonly only?: readonly string[];
  readonly enable?: readonly string[];
  readonly skip?: readonly string[];
  readonly override?: boolean;
  readonly safeOnly?: boolean;
  readonly unknownImages?: 'report' | 'harden';
  readonly platform?: 'kubernetes' | 'openshift';
  readonly kubeVersion?: KubeVersion;
  readonly config?: string;
  readonly baseline?: string;
  readonly exclude?: readonly string[];
  /** Files that say what containers use; `-` for stdin. */
  readonly usage?: readonly string[];
  /** True for what differs from HEAD, or the commit to compare with. */
  readonly changed?: string | true;
  readonly stdinFilename?: string;
  readonly reportFile?: string;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly color?: boolean;
}

/** The options, with what was read for them before the first manifest. */
export interface RunOptions extends CliOptions {
  /** What the files of `--usage` say. */
  readonly containerUsage?: readonly ContainerUsage[];
}

/**
 * The options of a run: `--profile` and `--only` replace the configuration's choice, `--enable` and `--skip` add to it. With
 * `--only` no exception of the configuration brings others.
 */
export function mergeOptions(config: Config, cli: RunOptions): HardenOptions {
  const { only, exceptions, ...options } = config.options;
  const enable = [...(options.enable ?? []), ...(cli.enable ?? [])];
  const skip = [...(options.skip ?? []), ...(cli.skip ?? [])];
  return {
    ...options,
    ...(cli.profile ? { profile: cli.profile } : only ? { only } : {}),
    ...(cli.only ? { only: cli.only } : {}),
    ...(exceptions ? { exceptions: cli.only ? exceptions.map(withoutChoice) : exceptions } : {}),
    ...(enable.length > 0 ? { enable } : {}),
    ...(skip.length > 0 ? { skip } : {}),
    ...(cli.containerUsage ? { usage: cli.containerUsage } : {}),
    settings: {
      ...options.settings,
      ...(cli.override ? { override: true } : {}),
      ...(cli.safeOnly ? { safeOnly: true } : {}),
      ...(cli.unknownImages ? { unknownImages: cli.unknownImages } : {}),
      ...(cli.platform ? { platform: cli.platform } : {}),
      ...(cli.kubeVersion ? { kubeVersion: cli.kubeVersion } : {}),
    },
  };
}

/** False when options change what is found, besides the configuration. */
export function isUsual(options: CliOptions): boolean {
  const { profile, only, enable, skip, override, safeOnly, unknownImages, platform, kubeVersion, usage } = options;
  const settings = override ?? safeOnly ?? unknownImages ?? platform ?? kubeVersion;
  return (profile ?? only ?? enable ?? skip ?? settings ?? usage) === undefined;
}

function withoutChoice({ profile, enable, ...rest }: Exception): Exception {
  return rest;
}

/** 2 for errors, 1 when a check found something to change or a finding that it is to fail on, else 0. */
export function exitCode(result: RunResult, options: CliOptions): number {
  const code = auditExitCode(result, options);
  const isChanged = result.files.some(({ edits }) => edits.length > 0);
  return code === 0 && options.check && isChanged ? 1 : code;
}

/** 2 for errors, 1 for a finding that an audit is to fail on, else 0. */
export function auditExitCode(result: RunResult, { failOn = [] }: CliOptions): number {
  if (errorsOf(result).length > 0) return 2;
  return problemsOf(result).some((one) => failsOn(one, failOn)) ? 1 : 0;
}

/** True for a finding that nobody accepts and that is named, by its id or by its severity; `info` stands for warnings too. */
function failsOn({ id, severity, accepted }: Problem, failOn: readonly string[]): boolean {
  if (accepted !== undefined) return false;
  return failOn.includes(id) || failOn.includes(severity) || failOn.includes('info');
}
