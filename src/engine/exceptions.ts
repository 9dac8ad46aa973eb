/** The exceptions of a configuration: opt-outs, transforms and options for the objects and containers that match. */
import type { KubernetesObject } from '../kubernetes/object.ts';
import type { Profile } from '../transform/profiles.ts';
import { compilePathGlob } from '../util/glob.ts';
import type { JsonObject } from '../util/json.ts';
import type { OptOut } from './opt-outs.ts';

/** An exception of the user for the objects and containers that match; every list holds globs. */
export interface Exception {
  readonly match: {
    readonly path?: readonly string[];
    readonly namespace?: readonly string[];
    readonly kind?: readonly string[];
    readonly name?: readonly string[];
    readonly container?: readonly string[];
  };
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
  readonly optOut: OptOut | undefined;
  readonly profile: Profile | undefined;
  readonly enable: readonly string[] | undefined;
  readonly options: Readonly<Record<string, JsonObject>> | undefined;
}

/** Compiles the globs of exceptions once for a run. */
export function compileExceptions(exceptions: readonly Exception[]): CompiledException[] {
  return exceptions.map(({ match, skip, reason, profile, enable, options }) => {
    const matchers = {
      path: anyOf(match.path),
      namespace: anyOf(match.namespace),
      kind: anyOf(match.kind),
      name: anyOf(match.name),
    };
    const container = match.container && anyOf(match.container);
    return {
      matches: ({ file, namespace = '', kind, name }) =>
        matchers.path(file) && matchers.namespace(namespace) && matchers.kind(kind) && matchers.name(name),
      optOut: skip && { transforms: skip, container, reason, at: undefined },
      profile,
      enable,
      options,
    };
  });
}

/** True for a text that one of the globs matches; without globs for every text. */
function anyOf(globs: readonly string[] | undefined): (text: string) => boolean {
  if (!globs) return () => true;
  const compiled = globs.map(compilePathGlob);
  return (text) => compiled.some((matches) => matches(text));
}
