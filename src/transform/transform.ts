/**
 * The interface of a transform: a pure function from a read-only target to RFC 6902 operations or to skips.
 *
 * Every transform reads what the author wrote, never what another transform is about to write. Transforms therefore give
 * the same result in any order; the engine composes their operations and throws when two of them disagree. What several
 * transforms must agree on (does this container stay root? where does it write?) is decided once, in `decisions/`.
 */
import type { ContainerDecision } from '../decisions/container/container.ts';
import type { Safety } from '../decisions/container/context.ts';
import type { Settings } from '../decisions/basis/settings.ts';
import type { FactKind, GroupKind } from '../kubernetes/kinds.ts';
import type { Container, KubernetesObject, Pod } from '../kubernetes/object.ts';
import type { ControlId, Level } from '../kubernetes/pod-security/index.ts';
import type { Op } from '../patch/index.ts';
import type { KnownUsage } from '../usage/match.ts';
import type { JsonObject } from '../util/json.ts';
import type { Facts } from '../workspace/facts.ts';
import type { OptionsOf, OptionsSchema } from './options.ts';
import type { Profile } from './profiles.ts';

export type { Op } from '../patch/index.ts';

export type Data = Readonly<Record<string, string | number>>;

/**
 * Something to write, with the reason; `container` names the container that it is about when the target is larger. It has
 * operations, new objects, or both.
 */
export interface Change<M extends string = string> {
  readonly message: M;
  readonly data?: Data;
  readonly ops: readonly Op[];
  /** Default: the safety of the transform. */
  readonly safety?: Safety;
  /** False for what does not depend on the image: it is no guess where nobody knows what that needs. */
  readonly isGuess?: false;
  readonly container?: Container;
  /** Objects of any kind that the target needs; each is created once in a file, before the object that asks first. */
  readonly newObjects?: readonly JsonObject[];
}

/** Something left alone on purpose; `message` is also the id of the finding. `at` points to the value that decided it. */
export interface Skip<M extends string = string> {
  readonly message: M;
  readonly data?: Data;
  readonly ops?: undefined;
  readonly container?: Container;
  /** JSON Pointer from the pod, for a target `object` from the object. Default: the target. */
  readonly at?: string;
  /** Default: `warning`. */
  readonly severity?: 'warning' | 'info';
  /** True for what is reported once in a run, with the number of places that it is about. */
  readonly isOncePerRun?: boolean;
}

/** Ids of published rules that a transform answers; titles and URLs are in `standards.ts`. */
export interface References {
  readonly pss?: readonly ControlId[];
  readonly cis?: readonly string[];
  readonly nsa?: readonly string[];
  readonly kubesec?: readonly string[];
  readonly kubeScore?: readonly string[];
  readonly kubeLinter?: readonly string[];
  readonly checkov?: readonly string[];
  readonly trivy?: readonly string[];
  readonly kubescape?: readonly string[];
}

/** What a transform is called with, once for each: a container, a pod, or an object of one of its kinds. */
export interface Targets {
  readonly container: Container;
  readonly pod: Pod;
  readonly object: KubernetesObject;
}

export interface TransformMeta<
  M extends string,
  S extends OptionsSchema = OptionsSchema,
  T extends keyof Targets = keyof Targets,
> {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly rationale: string;
  /** What can stop working; required when `safety` is `may-break`. */
  readonly breaks?: string;
  readonly target: T;
  /** The kinds of a target `object`. */
  readonly kinds?: readonly GroupKind[];
  /** The kinds that it asks the facts for, beside those that are always read. */
  readonly facts?: readonly FactKind[];
  /**
   * Every field that it writes, with the version of Kubernetes that brought it (API reference, changelogs): a version
   * without the field does not get it.
   */
  readonly fields: Readonly<Record<string, string>>;
  readonly references: References;
  readonly safety: Safety;
  /** The profiles in which it runs; none for one that runs only where a user enables it. */
  readonly profiles: readonly Profile[];
  /**
   * True when each of its operations makes sense without the others. By default all that it writes for a container stands or
   * falls together, where a kustomize build does not let a part of it stand.
   */
  readonly isDivisible?: true;
  /** The transform whose changes cannot do without those of this one. */
  readonly neededBy?: string;
  /** True when it has nothing to write until an option is set: to run it without is an error. */
  readonly needsOptions?: true;
  /** The version of kharden that brought it. */
  readonly since: string;
  /** The declaration of its options (see `options.ts`). */
  readonly options: S;
  /** Messages by id with `{name}` placeholders and no trailing period. */
  readonly messages: Readonly<Record<M, string>>;
}

/** What the workloads of a namespace meet after hardening. */
export interface NamespaceLevel {
  /** The strictest level of the Pod Security Standards that all of them meet; undefined when none is among the inputs. */
  readonly level: Level | undefined;
  /** How many there are. */
  readonly workloads: number;
  /** One that keeps the level down, as `Deployment web`. */
  readonly lowest: string | undefined;
  /** Why other workloads may belong to the namespace, as a clause; undefined when nothing shows that. */
  readonly uncertain: string | undefined;
}

export interface Context<O> {
  readonly options: O;
  readonly settings: Settings;
  readonly facts: Facts;
  /** False for a container that the author opted out of this transform. */
  applies(container: Container): boolean;
  /** True when the version has a field that this transform writes. */
  supports(field: string): boolean;
  /** True when a transform of the run writes a field, the version has it, and the author did not opt out. */
  writes(field: string, container?: Container): boolean;
  /** What all transforms agree on for one container. */
  decide(container: Container): ContainerDecision;
  /**
   * The hosts that the image of a container of any object is known to connect to beside those of its settings; undefined where
   * that is not known.
   */
  connectionsOf(container: Container): readonly string[] | undefined;
  /** What the user gives as the use of a container. */
  usageOf(container: Container): KnownUsage;
  /** True when this transform runs on another object as well, and its author did not opt out. */
  appliesTo(object: KubernetesObject): boolean;
  /** What the workloads of a Namespace meet; only for a target `object`, which is planned after all pods. */
  levelOf(namespace: KubernetesObject): NamespaceLevel;
}

/** Paths of operations are relative to the target: the container, the pod (`/spec` and `/metadata`) or the object. */
export interface Transform<
  M extends string = string,
  S extends OptionsSchema = OptionsSchema,
  T extends keyof Targets = keyof Targets,
> {
  readonly meta: TransformMeta<M, S, T>;
  run(target: Targets[T], context: Context<OptionsOf<S>>): Iterable<Change<M> | Skip<M>>;
}

/** Declares a transform; infers the ids of its messages, its options and its target from the metadata. */
export function defineTransform<const M extends string, S extends OptionsSchema, T extends keyof Targets>(
  meta: TransformMeta<M, S, T>,
  run: (target: Targets[T], context: Context<OptionsOf<S>>) => Iterable<Change<NoInfer<M>> | Skip<NoInfer<M>>>,
): Transform<M, S, T> {
  return { meta, run };
}
