/** Tells templates of manifests (Helm, Jinja) from manifests, also where a template happens to parse as YAML. */
import { quotedRanges } from './inspect.ts';
import { isParsed, type ParsedYaml, type ParseProblem } from './tree/parsed-yaml.ts';

const ACTION = /\{\{|\{%/g;
const HELM = /^\{\{-?\s*(?:\.(?:Values|Release|Chart|Capabilities|Files|Template)\b|(?:include|template|tpl|toYaml)\b)/;
const NAMED = /^[ \t]*(?:- )?(?:image|name|namespace|kind|apiVersion)[ \t]*:[ \t]*["']/;

/**
 * The offset of the first template action, or undefined for a manifest. Braces inside quoted and block scalars belong to
 * rendered manifests too (alerts, log formats), so there they count only with Helm's own words, or quoted in a name or an image.
 */
export function templateOffset(text: string, parsed: ParsedYaml | ParseProblem): number | undefined {
  if (!text.includes('{{') && !text.includes('{%')) return undefined;
  const quoted = isParsed(parsed) ? quotedRanges(parsed) : undefined;
  let line = { end: -1, comment: -1, isNamed: false };
  let next = 0;
  for (const { index: offset } of text.matchAll(ACTION)) {
    if (offset >= line.end) line = readLine(text, offset);
    if (line.comment !== -1 && offset > line.comment) continue;
    if (!quoted) return offset;
    while ((quoted[next]?.[1] ?? Infinity) <= offset) next++;
    const isQuoted = (quoted[next]?.[0] ?? Infinity) <= offset;
    if (!isQuoted || line.isNamed || HELM.test(text.slice(offset, offset + 80))) return offset;
  }
  return undefined;
}

/** The line that holds an offset: where it ends, where its comment begins, and whether it gives a name or an image in quotes. */
function readLine(text: string, offset: number): { end: number; comment: number; isNamed: boolean } {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const newline = text.indexOf('\n', offset);
  const end = newline === -1 ? text.length : newline;
  const line = text.slice(start, end);
  const comment = /^(?:[^"']*?\s)?#/.exec(line);
  return { end, comment: comment ? start + comment[0].length - 1 : -1, isNamed: NAMED.test(line) };
}
