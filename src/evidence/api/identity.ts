/** Identities in a cloud that a pod has through its service account. */
import { path, type Json, type JsonObject } from '../../util/json.ts';

/**
 * The annotations that give the pods of a ServiceAccount an identity: Amazon EKS User Guide ("Assign IAM roles to Kubernetes
 * service accounts"), Google Kubernetes Engine ("Authenticate to Google Cloud APIs from GKE workloads"), Azure Workload Identity
 * ("Service account labels and annotations"). EKS Pod Identity and the principals of GKE name the account in the cloud only, which
 * no manifest shows.
 */
const ANNOTATIONS = ['eks.amazonaws.com/role-arn', 'iam.gke.io/gcp-service-account', 'azure.workload.identity/client-id'];

/** The annotation of a ServiceAccount that gives its pods an identity, as it is written. */
export function identityOf(annotations: JsonObject): string | undefined {
  const key = ANNOTATIONS.find((one) => Boolean(annotations[one]));
  return key === undefined ? undefined : mark(key, annotations[key]);
}

/** What shows in a pod that it uses the identity of its account. */
export interface IdentitySign {
  /** `azure.workload.identity/use: "true"`. */
  readonly mark: string;
  /** The keys from the pod to it. */
  readonly keys: readonly string[];
}

/** A pod asks for its identity by a label on Azure, and by the nodes that it wants on Google Cloud (the sources above). */
const PLACES: readonly (readonly string[])[] = [
  ['metadata', 'labels', 'azure.workload.identity/use'],
  ['spec', 'nodeSelector', 'iam.gke.io/gke-metadata-server-enabled'],
];

/** The first sign that a pod uses the identity of its account. */
export function usedIdentity({
  labels,
  spec,
}: {
  readonly labels: JsonObject;
  readonly spec: JsonObject;
}): IdentitySign | undefined {
  const pod = { metadata: { labels }, spec };
  const keys = PLACES.find((place) => String(path(pod, ...place)) === 'true');
  return keys && { mark: mark(keys.at(-1) ?? '', path(pod, ...keys)), keys };
}

function mark(key: string, value: Json | undefined): string {
  return `${key}: ${JSON.stringify(value)}`;
}
