/**
 * The instructions of a Dockerfile (docs.docker.com/reference/dockerfile): continued lines are joined, comments between them are
 * left out, here-documents belong to the instruction before them. architecture.md says why the reader is our own.
 */

/** A here-document of RUN, COPY or ADD. */
export interface HereDocument {
  readonly name: string;
  readonly text: string;
}

export interface Instruction {
  /** In capital letters: `FROM`. */
  readonly keyword: string;
  /** `--chown=app` and the like, by name; the value is empty where there is none. */
  readonly flags: ReadonlyMap<string, string>;
  /** What follows keyword and flags, on one line. */
  readonly text: string;
  readonly documents: readonly HereDocument[];
  /** The line on which it begins, from 1. */
  readonly line: number;
}

const ESCAPE_DIRECTIVE = /^#\s*escape\s*=\s*([`\\])\s*$/i;
const DIRECTIVE = /^#\s*\w+\s*=/;
const COMMENT = /^\s*#/;
const KEYWORD = /^\s*([A-Za-z]+)(?:\s+([^]*))?$/;
const FLAG = /^--([a-z][a-z-]*)(?:=(\S*))?(?:\s+|$)/;
const HERE_DOCUMENT = /(?<!<)<<(-?)(["']?)([A-Za-z_][\w.]*)\2(?=[\s;|&)]|$)/g;
const WITH_DOCUMENTS = new Set(['RUN', 'COPY', 'ADD']);

/** Reads a Dockerfile. Text that is no instruction gives one whose keyword nobody knows; nothing is refused. */
export function readInstructions(source: string): readonly Instruction[] {
  const lines = source.replace(/^\uFEFF/, '').split(/\r?\n/);
  const continued = continuation(lines);
  const lastLines = new Map(lines.map((line, index) => [line.replace(/^\t+/, ''), index] as const));
  const found: Instruction[] = [];
  for (let index = 0; index < lines.length; ) {
    const start = index;
    const first = lines[index++] ?? '';
    if (COMMENT.test(first) || first.trim() === '') continue;
    const parts = [first.replace(continued, '')];
    let isOpen = continued.test(first);
    while (isOpen && index < lines.length) {
      const line = lines[index++] ?? '';
      if (COMMENT.test(line) || line.trim() === '') continue;
      parts.push(line.replace(continued, ''));
      isOpen = continued.test(line);
    }
    const instruction = parse(parts.join(''), start + 1);
    const documents = WITH_DOCUMENTS.has(instruction.keyword) ? [...instruction.text.matchAll(HERE_DOCUMENT)] : [];
    const texts: HereDocument[] = [];
    for (const [, dash, , name = ''] of documents) {
      if ((lastLines.get(name) ?? -1) < index) break;
      const stripped = (line: string): string => (dash === '-' ? line.replace(/^\t+/, '') : line);
      const body: string[] = [];
      while (index < lines.length && stripped(lines[index] ?? '') !== name) body.push(stripped(lines[index++] ?? ''));
      index++;
      texts.push({ name, text: body.map((line) => `${line}\n`).join('') });
    }
    found.push({ ...instruction, documents: texts });
  }
  return found;
}

/** What joins a line to the next: a backslash, or what the directive `escape` names before anything else. */
function continuation(lines: readonly string[]): RegExp {
  for (const line of lines) {
    const [, mark] = ESCAPE_DIRECTIVE.exec(line) ?? [];
    if (mark !== undefined) return mark === '`' ? /`[ \t]*$/ : /\\[ \t]*$/;
    if (!DIRECTIVE.test(line)) break;
  }
  return /\\[ \t]*$/;
}

function parse(line: string, number: number): Omit<Instruction, 'documents'> {
  const [, keyword = '', rest = ''] = KEYWORD.exec(line) ?? [];
  const flags = new Map<string, string>();
  let text = rest.trim();
  for (let match = FLAG.exec(text); match; match = FLAG.exec(text)) {
    flags.set(match[1] ?? '', match[2] ?? '');
    text = text.slice(match[0].length);
  }
  return { keyword: keyword.toUpperCase(), flags, text, line: number };
}

/** The words of an instruction with their quotes: `a="b c"` is one. */
export function wordsIn(text: string): readonly string[] {
  return text.match(/(?:\\[^]|"(?:\\[^]|[^"\\])*"|'[^']*'|[^\s"'\\]|["'\\])+/g) ?? [];
}

/** The words of the exec form, a list in JSON; undefined for the shell form. */
export function execForm(text: string): readonly string[] | undefined {
  if (!text.startsWith('[')) return undefined;
  try {
    const words: unknown = JSON.parse(text);
    return Array.isArray(words) && words.every((word) => typeof word === 'string') ? words : undefined;
  } catch {
    return undefined;
  }
}
