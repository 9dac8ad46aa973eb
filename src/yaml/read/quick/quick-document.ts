/** Reads a document in simple block style: its value and its nodes, both made of its tokens. */
import type { CST, Document } from 'yaml';
import type { Json } from '../../../util/json.ts';
import { composeDocument } from '../package/compose.ts';
import type { Node } from '../tree/nodes.ts';
import type { ParsedYaml } from '../tree/parsed-yaml.ts';
import type { Token } from '../tree/tokens.ts';
import { nodeOf } from './token-nodes.ts';
import { quickTokens } from './tokenizer.ts';
import { NeedsPackage, ValueReader } from './values.ts';

/**
 * Reads a text whose characters are all allowed (`refusedCharacter`). Undefined when it is not in simple block style, when a key
 * is not a string, or when a quoted scalar has an escape that JSON does not have: then the `yaml` package must read it.
 */
export function readQuickly(text: string): ParsedYaml | undefined {
  const tokens = quickTokens(text);
  const content = tokens?.find((token): token is CST.Document => token.type === 'document')?.value;
  if (!tokens || !content) return undefined;
  try {
    return new QuickDocument(text, tokens, content);
  } catch (error) {
    if (error instanceof NeedsPackage) return undefined;
    throw error;
  }
}

/** Nodes are made when they are asked for: most documents are never edited. */
class QuickDocument implements ParsedYaml {
  readonly text: string;
  readonly value: Json;
  readonly hasAliases = false;
  readonly hasDuplicates: boolean;
  readonly isFlowDocument = false;
  readonly #tokens: readonly Token[];
  readonly #content: Token;
  #document: Document.Parsed | undefined;
  #root: Node | undefined;

  constructor(text: string, tokens: readonly Token[], content: Token) {
    this.text = text;
    this.#tokens = tokens;
    this.#content = content;
    const reader = new ValueReader();
    this.value = reader.read(content);
    this.hasDuplicates = reader.hasDuplicates;
  }

  get document(): Document.Parsed {
    return (this.#document ??= composeDocument(this.text, this.#tokens));
  }

  get root(): Node {
    return (this.#root ??= nodeOf(this.#content));
  }
}
