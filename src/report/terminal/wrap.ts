/** Text in lines that fit the width of a terminal. */

/** The width that text is wrapped at where nobody says how wide the terminal is. */
export const USUAL_WIDTH = 80;

/** Characters that take two columns: scripts of East Asia, and emoji. */
const WIDE =
  /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\u{1F300}-\u{1FAFF}\u{20000}-\u{3FFFD}]/gu;

/** How many columns a text takes. */
export function columnsOf(text: string): number {
  if (/^[ -~]*$/.test(text)) return text.length;
  return [...text].length + (text.match(WIDE)?.length ?? 0);
}

/** The words of a text in lines of at most `width` columns, each with `indent` before it; a longer word has a line of its own. */
export function wrap(text: string, width: number, indent = ''): string[] {
  const lines: string[] = [];
  const start = columnsOf(indent);
  let line = '';
  let columns = start;
  for (const word of text.split(' ')) {
    const ofWord = columnsOf(word);
    if (line !== '' && columns + 1 + ofWord > width) {
      lines.push(indent + line);
      line = word;
      columns = start + ofWord;
    } else {
      columns += line === '' ? ofWord : ofWord + 1;
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, indent + line];
}
