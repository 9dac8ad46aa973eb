/** What is known of a kind of a custom resource: where its pods are, and what may be set in them. */

/** What may be set in the pods of a kind. JSON Pointers from the pod, each with all below it; a `*` stands for every item. */
export interface FieldRules {
  /** Never set: the CRD lacks it, the webhook refuses it, or the controller sets it itself or reads more out of it. */
  readonly refuses: readonly string[];
  /** Where given, nothing else is set. */
  readonly takes?: readonly string[];
  /** Set only where the author began it: the controller sets the whole of it where it is missing. */
  readonly completes?: readonly string[];
}

/** A field of a pod spec that holds containers. */
export interface ContainerList {
  readonly field: string;
  /** True when it holds one container and no list. */
  readonly isSingle?: boolean;
  /** The field of the pod spec from which its items take what they do not say themselves. */
  readonly template?: string;
}

/** A kind of a custom resource. */
export interface KnownCustomKind extends FieldRules {
  readonly group: string;
  readonly kind: string;
  /** JSON Pointers from the object to its pod specs; a `*` stands for every item of a list or member of a map. */
  readonly podSpecs: readonly string[];
  /**
   * Given where the manifest shows only a part of the pod and the controller makes the rest: where that part has its containers.
   * One without an image completes a container of the controller, and is none of the manifest.
   */
  readonly partOf?: readonly ContainerList[];
  /** Where its API is defined. */
  readonly source: string;
}

/** The lists of containers of a pod of Kubernetes, in the order of their start. */
export const POD_LISTS: readonly ContainerList[] = [{ field: 'initContainers' }, { field: 'containers' }];
