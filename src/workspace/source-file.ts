/** What the workspace asks of a file. */
import type { KubernetesObject } from '../kubernetes/object.ts';
import type { Json } from '../util/json.ts';

/** A file of a run. Its documents are read at the first question, and once. */
export interface SourceFile {
  /** Relative to the root, with slashes. */
  readonly path: string;
  readonly text: string;
  /** The values of the documents that can be read. */
  values(): readonly Json[];
  /** The objects in them. */
  objects(): readonly KubernetesObject[];
}
