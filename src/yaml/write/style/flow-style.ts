/** Reads the flow style from a collection and from the text around it. */
import { lineBreakAt, lineEnd, lineStart, startsLine } from '../../source/lines.ts';
import { commaBefore, itemStart, lastFlowItem, type CollectionItem, type Token } from '../../read/tree/tokens.ts';
import { oneLine, type FlowLines, type FlowStyle } from '../print/styles.ts';

/** The style of a flow collection; what it does not show itself is taken from `around`, the style of the collection around it. */
export function flowStyle(token: Token, text: string, around: FlowStyle): FlowStyle {
  const last = lastFlowItem(token);
  if (!last) return around;
  const style = inlineStyle(token, last, text, oneLine(around));
  const lines = flowLines(token, last, text);
  return lines ? { ...style, lines } : style;
}

function inlineStyle(token: Token, last: CollectionItem, text: string, around: FlowStyle): FlowStyle {
  const inner = last.key ? undefined : last.value && lastFlowItem(last.value);
  if (last.value && inner) return { ...inlineStyle(last.value, inner, text, around), comma: commaStyle(last) ?? around.comma };
  if (!last.key) return { ...around, comma: commaStyle(last) ?? around.comma };
  const quoteKeys = last.key.type === 'double-quoted-scalar';
  const isBare = quoteKeys && last.sep !== undefined && last.sep.length === 1;
  const pad = /^\{( ?)(?!\s)/.exec(text.slice(token.offset, token.offset + 3))?.[1];
  return {
    quoteKeys,
    colon: isBare ? ':' : ': ',
    comma: (quoteKeys ? commaStyle(last) : ', ') ?? (isBare ? ',' : around.comma),
    pad: pad === undefined ? around.pad : pad === '' ? '' : ' ',
    quote: around.quote,
  };
}

/** How the comma before an item is written; undefined when there is none or when it ends its line. */
function commaStyle({ start }: CollectionItem): FlowStyle['comma'] | undefined {
  if (start[0]?.type !== 'comma' || start[1]?.type === 'newline') return undefined;
  return start.length === 1 ? ',' : ', ';
}

/** The lines of a collection whose last item begins a line, or whose last comma does; undefined for any other. */
function flowLines(token: Token, last: CollectionItem, text: string): FlowLines | undefined {
  const start = itemStart(last);
  const comma = commaBefore(last)?.offset ?? start;
  const first = startsLine(text, start) ? start : startsLine(text, comma) ? comma : undefined;
  if (first === undefined) return undefined;
  const indent = text.slice(lineStart(text, first), first);
  const outer = /^\uFEFF?([ \t]*)/.exec(text.slice(lineStart(text, token.offset)))?.[1] ?? '';
  const opensLines = /^[ \t]*(?:#.*)?$/.test(text.slice(token.offset + 1, lineEnd(text, token.offset)));
  const unit = indent.startsWith(outer) && indent.length > outer.length ? indent.slice(outer.length) : '  ';
  const lines = { indent, unit: opensLines ? unit : undefined, lineBreak: lineBreakAt(text, first) };
  return first === start ? lines : { ...lines, unit: undefined, leadingComma: text.slice(comma, start) };
}
