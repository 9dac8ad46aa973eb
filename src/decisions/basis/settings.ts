/** What the user decides about a run, wherever it comes from: the command line, the config file or the library call. */
import { memoizedByText } from '../../util/memo.ts';

/** A version of Kubernetes; only major and minor matter. */
export interface KubeVersion {
  readonly major: number;
  readonly minor: number;
}

/** The newest version whose fields kharden knows. */
const NEWEST_KUBERNETES: KubeVersion = { major: 1, minor: 36 };

export interface Settings {
  /** Replaces explicit values that are less safe, instead of keeping and reporting them. */
  readonly override: boolean;
  /** Leaves out every change that may break a workload. */
  readonly safeOnly: boolean;
  /** `openshift`: no UID, GID or fsGroup is written, its security context constraints assign them. */
  readonly platform: 'kubernetes' | 'openshift';
  readonly kubeVersion: KubeVersion;
  /** `report`: user, capabilities and root file system of containers with an unknown image are left alone. */
  readonly unknownImages: 'harden' | 'report';
  /** `skip`: workloads that are Helm hooks are left alone. */
  readonly hooks: 'harden' | 'skip';
}

export const DEFAULT_SETTINGS: Settings = {
  override: false,
  safeOnly: false,
  platform: 'kubernetes',
  kubeVersion: NEWEST_KUBERNETES,
  unknownImages: 'report',
  hooks: 'harden',
};

/** Reads `1.29`, `v1.29` or `1.29.3`; undefined when the text is no version. */
export function parseKubeVersion(text: string): KubeVersion | undefined {
  const match = /^v?(\d+)\.(\d+)(?:\.\d+)?(?:[-+].*)?$/.exec(text.trim());
  return match ? { major: Number(match[1]), minor: Number(match[2]) } : undefined;
}

/** True when `version` is `minimum` (such as `1.22`) or newer; a minimum is one of those that the code names. */
export function isAtLeast(version: KubeVersion, minimum: string): boolean {
  const wanted = minimumOf(minimum);
  return version.major !== wanted.major ? version.major > wanted.major : version.minor >= wanted.minor;
}

const minimumOf = memoizedByText((text) => {
  const version = parseKubeVersion(text);
  if (!version) throw new Error(`not a Kubernetes version: ${text}`);
  return version;
});
