/** The exceptions of a configuration: opt-outs, transforms and options for the objects and containers that match. */
import type { KubernetesObject } from '../kubernetes/object.ts';
import type { Profile } from '../transform/profiles.ts';
import type { JsonObject } from '../util/json.ts';
import { compileMatch, type Match } from './findings/match.ts';
import type { OptOut } from './opt-outs.ts';

/** An exception of the user for the objects and containers that match; every list holds globs. */
export interface Exception {
  readonly match: Match;
  readonly skip?: readonly string[] | 'all';
  readonly reason?: string;
  /** The profile whose transforms run there. */
  readonly profile?: Profile;
  /** Ids of transforms to run there besides. */
  readonly enable?: readonly string[];
  /** Options by id of transform. */
  readonly options?: Readonly<Record<string, JsonObject>>;
}

/** An exception of the configuration, ready to be matched. */
export interface CompiledException {
  matches(object: KubernetesObject): boolean;
  /** True for an object that matches and has a container that is meant, where containers are. */
  isFor(object: KubernetesObject): boolean;
  readonly optOut: OptOut | undefined;
  readonly profile: Profile | undefined;
  readonly enable: readonly string[] | undefined;
  readonly options: Readonly<Record<string, JsonObject>> | undefined;
}

/** Compiles the globs of exceptions once for a run. */
export function compileExceptions(exceptions: readonly Exception[]): CompiledException[] {
  return exceptions.map(({ match, skip, reason, profile, enable, options }) => {
    const { fits, container } = compileMatch(match);
    const matches = (object: KubernetesObject): boolean => fits(object.file, object);
    return {
      matches,
      isFor: (object) =>
        matches(object) && (!container || object.pods.some(({ containers }) => containers.some(({ name }) => container(name)))),
      optOut: skip && { transforms: skip, container, reason, at: undefined },
      profile,
      enable,
      options,
    };
  });
}
