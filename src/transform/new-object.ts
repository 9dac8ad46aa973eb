/** The metadata of an object that is created beside a workload. */
import type { KubernetesObject } from '../kubernetes/object.ts';
import { isObject, path, type JsonObject } from '../util/json.ts';

/** Where Helm 4, kustomize and kpt say that an object comes from: with them the new object gets into the file of its workload. */
const ORIGINS = ['postrenderer.helm.sh/postrender-filename', 'internal.config.kubernetes.io/path', 'config.kubernetes.io/path'];

/** The namespace, the labels and the origin of the workload under another name. `annotations` are those besides. */
export function metadataBeside(
  { value, namespace, annotations: given }: KubernetesObject,
  name: string,
  annotations: JsonObject = {},
): JsonObject {
  const labels = path(value, 'metadata', 'labels');
  const origins = ORIGINS.flatMap((key) => (given[key] === undefined ? [] : [[key, given[key]] as const]));
  const all = { ...annotations, ...Object.fromEntries(origins) };
  return {
    name,
    ...(namespace === undefined ? {} : { namespace }),
    ...(isObject(labels) && Object.keys(labels).length > 0 ? { labels } : {}),
    ...(Object.keys(all).length > 0 ? { annotations: all } : {}),
  };
}
