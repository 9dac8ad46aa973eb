/** What the library is called with. It names no transform, so that the published types need nothing of their insides. */
import type { Settings } from '../decisions/basis/settings.ts';
import type { ImageEntry } from '../images/index.ts';
import type { CustomWorkload } from '../kubernetes/kinds.ts';
import type { Profile } from '../transform/profiles.ts';
import type { ContainerUsage } from '../usage/usage.ts';
import type { JsonObject } from '../util/json.ts';
import type { Exception } from './exceptions.ts';
import type { AcceptedFindings } from './findings/accepted.ts';
import type { BaselineEntry } from './findings/baseline.ts';
import type { HardenResult, Input } from './result.ts';

/** Options that do not agree with each other or with the transforms that there are: a mistake of the user, and no bug. */
export class OptionsError extends RangeError {
  override readonly name = 'OptionsError';
}

/** What to run, and how. */
export interface HardenOptions {
  /** The profile whose transforms run; default: `restricted`. */
  readonly profile?: Profile;
  /** Ids of the transforms to run instead of those of the profile. */
  readonly only?: readonly string[];
  /** Ids of transforms to run besides those of the profile. */
  readonly enable?: readonly string[];
  /** Ids of transforms to leave out. */
  readonly skip?: readonly string[];
  readonly settings?: Partial<Settings>;
  /** Options by id of transform; what is left out keeps its default. */
  readonly options?: Readonly<Record<string, JsonObject>>;
  /** What the user knows about images; tried before what kharden knows. */
  readonly images?: readonly ImageEntry[];
  /** Mirrors of Docker Hub, such as `registry.local/dockerhub`. */
  readonly mirrors?: readonly string[];
  /** Paths that must stay writable, by glob of the image's canonical name (`docker.io/library/nginx`). */
  readonly writablePaths?: Readonly<Record<string, readonly string[]>>;
  readonly exceptions?: readonly Exception[];
  /** Findings that were seen and no longer warn. */
  readonly accept?: readonly AcceptedFindings[];
  /** Findings that were there before, which are not reported again. */
  readonly baseline?: readonly BaselineEntry[];
  /** True to report every finding, also those that are otherwise reported once for all of a run; default: false. */
  readonly everyFinding?: boolean;
  /** Kinds that carry pod templates besides those of Kubernetes itself. */
  readonly workloads?: readonly CustomWorkload[];
  /** What containers use, as `readUsage` reads it: the first source of requests and limits. */
  readonly usage?: readonly ContainerUsage[];
  /** Called now and then with the share of the run that is done, from 0 to 1. */
  readonly onProgress?: (share: number) => void;
}

/**
 * Hardens Kubernetes manifests. Each input is a file or stream of YAML or JSON; what its documents say about service
 * accounts and rights counts for the others that belong to it. Bytes that no change names stay as they are, and each changed
 * document is proved: it reads exactly as its JSON Patch says.
 *
 * @returns for every input with the role `harden` the old and the new text, the changes with their reasons, the findings,
 *   and the changes as RFC 6902 operations. An input with an error is returned as it was.
 * @throws OptionsError when `only`, `enable` or `skip` names a transform that does not exist, or one that runs lacks an option
 *   that it cannot do without.
 *
 * @example
 * const { files } = harden([{ path: 'web.yaml', content: text }]);
 * console.log(files[0].output);
 */
export type Harden = (inputs: readonly Input[], options?: HardenOptions) => HardenResult;
