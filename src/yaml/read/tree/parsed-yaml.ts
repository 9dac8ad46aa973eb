/** What reading a document gives: the document, or the problem with it. */
import type { Document } from 'yaml';
import type { Json } from '../../../util/json.ts';
import type { Node } from './nodes.ts';

/** A document with its source; offsets are relative to `text` and count UTF-16 code units. */
export interface ParsedYaml {
  readonly text: string;
  /** The value as kubectl reads it. */
  readonly value: Json;
  /** The document as the `yaml` package composes it. */
  readonly document: Document.Parsed;
  readonly root: Node;
  /** True when a value occurs in several places through an alias, or comes through a merge key. */
  readonly hasAliases: boolean;
  /** True when a map may have a key twice. */
  readonly hasDuplicates: boolean;
  /** True when the root of a document is a flow collection: JSON, or YAML written like it. */
  readonly isFlowDocument: boolean;
}

/** Why a document cannot be read; `offset` is relative to its text. */
export interface ParseProblem {
  readonly offset: number;
  readonly message: string;
}

/** True when reading gave a document and not a problem. */
export function isParsed(result: ParsedYaml | ParseProblem): result is ParsedYaml {
  return 'document' in result;
}
