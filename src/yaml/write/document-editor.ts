/** Collects the text edits of one document, and knows the styles that new text must follow. */
import type { Json } from '../../util/json.ts';
import type { ParsedYaml } from '../read/tree/parsed-yaml.ts';
import type { Token } from '../read/tree/tokens.ts';
import { columnOf, lineBreakAt } from '../source/lines.ts';
import { TextEditor } from '../source/text-editor.ts';
import { blockLines } from './print/block.ts';
import { defaultFlow, oneDeeper, oneLine, type BlockStyle, type FlowStyle, type Quote } from './print/styles.ts';
import { blockStyle } from './style/block-style.ts';
import { flowStyle } from './style/flow-style.ts';
import { quoteStyle } from './style/quote-style.ts';

/** The tokens of the collections around a value, outermost first; the last one holds it. */
export type Chain = readonly Token[];

export class DocumentEditor extends TextEditor {
  /** True when the document's root is a flow collection: JSON, or YAML written like it. */
  readonly isFlowDocument: boolean;
  readonly quote: Quote;
  readonly #blockStyles = new Map<Token | undefined, BlockStyle>();

  constructor(parsed: ParsedYaml) {
    super(parsed.text);
    this.isFlowDocument = parsed.isFlowDocument;
    this.quote = quoteStyle(parsed.text);
  }

  /** The block style for something new in the innermost collection of a chain. */
  blockStyle(chain: Chain): BlockStyle {
    const innermost = chain.at(-1);
    const style = this.#blockStyles.get(innermost) ?? blockStyle(chain, this.text, this.quote);
    this.#blockStyles.set(innermost, style);
    return style;
  }

  /** The style of the innermost flow collection of a chain; an empty one follows the one around it. */
  flowStyle(chain: Chain): FlowStyle {
    let style: FlowStyle | undefined;
    for (const token of chain) {
      if (token.type === 'flow-collection')
        style = flowStyle(token, this.text, style ? oneDeeper(style) : defaultFlow(this.quote, this.isFlowDocument));
    }
    return style ?? defaultFlow(this.quote);
  }

  /** The style for a new value in a flow collection: over several lines only where the whole document is flow. */
  flowValueStyle(style: FlowStyle): FlowStyle {
    return this.isFlowDocument ? style : oneLine(style);
  }

  /** A map or list as block text whose first line goes to `offset`; the other lines are aligned with it. */
  alignedLines(value: Json, offset: number, chain: Chain): string {
    const lines = blockLines(value, columnOf(this.text, offset), this.blockStyle(chain)) ?? [];
    return lines.join(lineBreakAt(this.text, offset)).trimStart();
  }
}

/** True when the innermost collection of a chain is in flow style. */
export function isInFlow(chain: Chain): boolean {
  return chain.at(-1)?.type === 'flow-collection';
}
