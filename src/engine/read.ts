/** From bytes to documents: decoding, splitting, and parsing only what can matter. */
import { member, stringAt } from '../util/json.ts';
import { FACT_DOCUMENT, WORKLOAD_DOCUMENT } from '../kubernetes/kinds.ts';
import {
  isParsed,
  mayHoldKind,
  parseYaml,
  Lines,
  position,
  splitStream,
  type ParsedYaml,
  type Position,
  type Slice,
} from '../yaml/index.ts';
import type { Finding, Input } from './result.ts';
import { templateOffset } from './template.ts';
import { describesFolder } from '../workspace/workspace.ts';

/** A document that was parsed: it may hold workloads, facts, or both. */
export interface ReadDocument {
  readonly index: number;
  readonly slice: Slice;
  readonly parsed: ParsedYaml;
  readonly mayHoldWorkload: boolean;
}

export interface ReadFile {
  readonly path: string;
  readonly text: string;
  readonly lines: Lines;
  readonly documents: readonly ReadDocument[];
  readonly findings: readonly Finding[];
}

/**
 * Decodes and parses an input; what cannot be read is a finding, an error where the API server would refuse it as well. One
 * that is read for facts alone is parsed when they are asked for.
 */
export function readInput(input: Input): ReadFile {
  const { path } = input;
  const isFact = input.role === 'facts';
  const text = typeof input.content === 'string' ? input.content : decode(input.content);
  if (text === undefined) {
    const findings = isFact ? [] : [invalidUtf8(path, input.content as Uint8Array)];
    return { path, text: '', lines: new Lines(''), documents: [], findings };
  }
  const lines = new Lines(text);
  if (!isFact) return { path, text, lines, ...readDocuments(path, text, lines) };
  let documents: readonly ReadDocument[] | undefined;
  return {
    path,
    text,
    lines,
    findings: [],
    get documents() {
      return (documents ??= readDocuments(path, text, lines).documents);
    },
  };
}

function readDocuments(path: string, text: string, lines: Lines): Pick<ReadFile, 'documents' | 'findings'> {
  const documents: ReadDocument[] = [];
  const findings: Finding[] = [];
  for (const [index, slice] of splitStream(text).entries()) {
    const source = text.slice(slice.start, slice.end);
    const mayHoldWorkload = mayHoldKind(source, WORKLOAD_DOCUMENT);
    if (!mayHoldWorkload && !describesFolder(path) && !mayHoldKind(source, FACT_DOCUMENT)) continue;
    const at = (offset: number): Position => lines.position(slice.start + offset);
    const report = (id: string, severity: Finding['severity'], message: string, offset: number): void => {
      if (mayHoldWorkload) findings.push({ id, severity, message, path, ...at(offset) });
    };
    const parsed = parseYaml(source);
    const template = templateOffset(source, parsed);
    if (template !== undefined) {
      report(
        'skipped-template',
        'info',
        'not a manifest yet but a template of one: render it first, for a Helm chart with kharden as its post-renderer',
        template,
      );
    } else if (!isParsed(parsed)) {
      report('invalid-yaml', 'error', `${parsed.message}: mend the YAML here and run again`, parsed.offset);
    } else if (stringAt(parsed.value, 'sops', 'mac') !== undefined || member(parsed.value, 'sops') !== undefined) {
      report(
        'skipped-encrypted',
        'info',
        'encrypted with SOPS, and any change would break its signature: harden the decrypted file',
        0,
      );
    } else {
      documents.push({ index, slice, parsed, mayHoldWorkload });
    }
  }
  return { documents, findings };
}

const UTF_8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function decode(bytes: Uint8Array): string | undefined {
  try {
    return UTF_8.decode(bytes);
  } catch {
    return undefined;
  }
}

function invalidUtf8(path: string, bytes: Uint8Array): Finding {
  const valid = validPrefix(bytes);
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(0, valid));
  return {
    id: 'invalid-utf-8',
    severity: 'error',
    message: 'not UTF-8: convert the file and run again',
    path,
    ...position(text, text.length),
  };
}

/** How many bytes at the start are valid UTF-8. */
function validPrefix(bytes: Uint8Array): number {
  let low = 0;
  let high = bytes.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (decodesUpTo(bytes, middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** `stream` tolerates a character that is cut off at the end. */
function decodesUpTo(bytes: Uint8Array, length: number): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, length), { stream: true });
    return true;
  } catch {
    return false;
  }
}
