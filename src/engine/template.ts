/** Tells templates of manifests (Helm, Jinja) from manifests, also where a template happens to parse as YAML. */
import { isParsed, quotedRanges, type ParsedYaml, type ParseProblem } from '../yaml/index.ts';

const ACTION = /\{\{|\{%/g;
const HELM = /^\{\{-?\s*(?:\.(?:Values|Release|Chart|Capabilities|Files|Template)\b|(?:include|template|tpl|toYaml)\b)/;
const NAMED = /^[ \t]*(?:- )?(?:image|name|namespace|kind|apiVersion)[ \t]*:[ \t]*["'][^\n]*$/;

/**
 * The offset of the first template action, or undefined for a manifest. Braces inside quoted and block scalars belong to
 * rendered manifests too (alerts, log formats), so there they count only with Helm's own words, or quoted in a name or an image.
 */
export function templateOffset(text: string, parsed: ParsedYaml | ParseProblem): number | undefined {
  if (!text.includes('{{') && !text.includes('{%')) return undefined;
  const quoted = isParsed(parsed) ? quotedRanges(parsed) : undefined;
  for (const match of text.matchAll(ACTION)) {
    const offset = match.index;
    if (isCommented(text, offset)) continue;
    if (!quoted) return offset;
    const isQuoted = quoted.some(([start, end]) => start <= offset && offset < end);
    if (!isQuoted || HELM.test(text.slice(offset, offset + 80)) || NAMED.test(lineBefore(text, offset))) return offset;
  }
  return undefined;
}

function lineBefore(text: string, offset: number): string {
  return text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
}

function isCommented(text: string, offset: number): boolean {
  const line = lineBefore(text, offset);
  return /^\s*#/.test(line) || /^[^"']*\s#/.test(line);
}
