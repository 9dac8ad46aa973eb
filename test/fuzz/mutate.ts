/** Ways to break a manifest. Texts hold one byte per character, so that any byte can come and go. */
import type { Random } from './random.ts';

/** Changes a text; `other` is another manifest to take parts from. */
type Mutation = (text: string, random: Random, other: string) => string;

const bytesOf = (text: string): string => Buffer.from(text).toString('latin1');

/** What YAML, terminals and decoders give a meaning to. */
const SPECIAL: readonly string[] = [
  ...[
    '\t',
    '#',
    ' # ',
    ':',
    ': ',
    '- ',
    '-',
    '&a ',
    '*a',
    ' *a',
    '<<: *a\n',
    '<<: {a: b}\n',
    '"',
    "'",
    '\\',
    '\r',
    '\r\n',
    '\n',
    '\n\n',
  ],
  ...[
    '|',
    '|+\n',
    '>-\n',
    '|2\n',
    '!',
    '!!str ',
    '!!binary ',
    '!!js/function ',
    '%',
    '@',
    '`',
    '?',
    '? ',
    ',',
    '{',
    '}',
    '[',
    ']',
    '{}',
    '[]',
  ],
  ...[
    '---',
    '---\n',
    '\n---\n',
    '...\n',
    '--- # x\n',
    '--- a\n',
    '%YAML 1.1\n---\n',
    'null',
    '~',
    'true',
    'yes',
    '0',
    '010',
    '0x1F',
    '1e3',
    '12:30',
  ],
  ...[
    '{{ x }}',
    '{% x %}',
    '${X}',
    'kind: Pod\n',
    'kind: List\nitems:\n',
    'securityContext:\n',
    'securityContext: {}\n',
    '__proto__: 1\n',
  ],
  ...['\0', '\x07', '\x1b[31m', '\x7f', ' ', '  ', '    '],
  ...['\uFEFF', '\u0085', '\u00A0', '\u2028', '\u202E', 'é', '漢', '🔒', '\u{10FFFF}'].map(bytesOf),
  ...['\x80', '\xff', '\xc3', '\xed\xa0\x80', '\xf4\x90\x80\x80', '\xc0\xaf', '\xfe\xff'],
];

/** The lines of a text with their line breaks. */
export function linesOf(text: string): string[] {
  return text.split(/(?<=\n)/);
}

/** A part of a list, most often a short one: where it begins, and where it ends. */
function someOf(length: number, random: Random): readonly [start: number, end: number] {
  const start = random.below(length);
  const longest = random.below(4) === 0 ? length - start : Math.min(4, length - start);
  return [start, start + 1 + random.below(longest)];
}

const onLines = (change: (lines: string[], start: number, end: number, random: Random) => string[]): Mutation => {
  return (text, random) => {
    const lines = linesOf(text);
    return change(lines, ...someOf(lines.length, random), random).join('');
  };
};

const onBytes = (change: (text: string, start: number, end: number, random: Random) => string): Mutation => {
  return (text, random) => (text === '' ? text : change(text, ...someOf(text.length, random), random));
};

function reindent(line: string, by: number): string {
  return by < 0 ? line.slice(Math.min(-by, line.length - line.trimStart().length)) : ' '.repeat(by) + line;
}

const MUTATIONS: readonly Mutation[] = [
  onLines((lines, start, end) => lines.toSpliced(start, end - start)),
  onLines((lines, start, end) => lines.toSpliced(end, 0, ...lines.slice(start, end))),
  onLines((lines, start, end, random) => lines.toSpliced(random.below(lines.length), 0, ...lines.slice(start, end))),
  onLines((lines, start, _end, random) => {
    const other = random.below(lines.length);
    return lines.with(start, lines[other] as string).with(other, lines[start] as string);
  }),
  onLines((lines, start) => lines.slice(0, start)),
  onLines((lines, start, end, random) => {
    const by = random.pick([-4, -2, -1, 1, 2, 3, 4, 8]);
    return lines.map((line, index) => (index >= start && index < end ? reindent(line, by) : line));
  }),
  onLines((lines, start, _end, random) => {
    const line = lines[start] as string;
    return lines.with(start, `${line.slice(0, random.below(line.length + 1))}\n`);
  }),
  onLines((lines, start, _end, random) => {
    const special = random.pick(SPECIAL);
    const line = lines[start] as string;
    const indent = line.length - line.trimStart().length;
    const value = line.indexOf(':') + 1;
    const at = random.pick([0, indent, value, value + 1, line.trimEnd().length]);
    return lines.with(start, line.slice(0, at) + special + line.slice(at));
  }),
  onLines((lines, start, end) =>
    lines.map((line, index) => (index >= start && index < end ? line.replace(/\r?\n$/, '\r\n') : line)),
  ),
  onLines((lines, start, _end, random) => {
    const line = lines[start] as string;
    const value = random.pick([
      '',
      ' {}',
      ' []',
      ' ~',
      ' ""',
      ' 1',
      ' x',
      ' *a',
      ' &a',
      ' !!str',
      ' |',
      ' {a: b}',
      ' [a]',
      ' # x',
    ]);
    return lines.with(start, line.replace(/:.*/, `:${value}`));
  }),
  onBytes((text, start, end) => text.slice(0, start) + text.slice(end)),
  onBytes((text, start, end) => text.slice(0, end) + text.slice(start)),
  onBytes((text, start, end, random) => {
    const swapped = [...text.slice(start, end)].reverse().join('');
    return text.slice(0, start) + (end - start > 1 ? swapped : String.fromCharCode(random.below(256))) + text.slice(end);
  }),
  onBytes((text, start) => text.slice(0, start)),
  onBytes((text, start, _end, random) => text.slice(0, start) + random.pick(SPECIAL) + text.slice(start)),
  onBytes((text, start, end, random) => text.slice(0, start) + random.pick(SPECIAL) + text.slice(end)),
  (text, random, other) => {
    const [lines, others] = [linesOf(text), linesOf(other)];
    return [...lines.slice(0, random.below(lines.length + 1)), ...others.slice(random.below(others.length))].join('');
  },
  (text, random, other) => {
    const [lines, others] = [linesOf(text), linesOf(other)];
    return lines.toSpliced(random.below(lines.length), 0, ...others.slice(...someOf(others.length, random))).join('');
  },
  (text, _random, other) => `${text}---\n${other}`,
];

/** Breaks a text in one to four ways. */
export function mutate(text: string, random: Random, other: string): string {
  let mutant = text;
  for (let count = 1 + random.below(4); count > 0; count--) mutant = random.pick(MUTATIONS)(mutant, random, other);
  return mutant;
}
