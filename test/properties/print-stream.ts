/** Puts documents together to a stream: markers, directives, comments between, line ends, a byte order mark, an open end. */
import type { Choices } from './choices.ts';

/** The text of a stream, and the texts of its parts as they stand in it. */
export interface Stream {
  readonly text: string;
  readonly parts: readonly string[];
}

const FIRST = ['', '---\n', '--- #s0. start\n', '# a header #s0.\n', '\n# a header #s0.\n\n---\n', '%YAML 1.1\n---\n'] as const;
const BETWEEN = [
  '---\n',
  '--- #s. next\n',
  '...\n---\n',
  '...\n',
  '---\n#s. above\n',
  '\n---\n',
  '---\n---\n',
  '--- \n',
] as const;
const LAST = ['', '---\n', '...\n', '#s9. end\n', '\n\n'] as const;

/** Each part is the text of one document, without markers, whose last line has a line break. */
export function printStream(parts: readonly string[], choices: Choices): Stream {
  const ends = choices.of('line ends', ['lf', 'crlf', 'lf', 'mixed'] as const);
  let line = 0;
  const ended = (text: string): string =>
    text.replaceAll('\n', () =>
      ends === 'crlf' || (ends === 'mixed' && choices.chance(`line end ${line++}`, 50)) ? '\r\n' : '\n',
    );
  const isMarked = parts.length > 1 || choices.chance('last marker', 50);
  let text = choices.chance('byte order mark', 10) && !parts[0]?.startsWith(' ') ? '\uFEFF' : '';
  const printed: string[] = [];
  for (const [index, part] of parts.entries()) {
    const mark = index === 0 ? choices.of('first', FIRST) : choices.of(`between ${index}`, BETWEEN);
    printed.push(ended(part));
    text += ended(mark.replace('#s.', `#s${index}.`)) + printed.at(-1);
  }
  if (isMarked) text += ended(choices.of('last', LAST));
  return { text: choices.chance('no final line break', 25) ? text.replace(/\r?\n$/, '') : text, parts: printed };
}
