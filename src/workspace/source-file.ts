/** What the workspace asks of a file. */
import type { KubernetesObject } from '../kubernetes/object.ts';

/** A file of a run. Its documents are read at the first question, and once. */
export interface SourceFile {
  /** Relative to the root, with slashes. */
  readonly path: string;
  readonly text: string;
  /** The objects of the documents that can be read. */
  objects(): readonly KubernetesObject[];
}
