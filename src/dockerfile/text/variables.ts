/** Variables in the words of a Dockerfile ("Environment replacement" in docs.docker.com/reference/dockerfile). */

/** The value of a variable; undefined where nobody can know it. */
export type ValueOf = (name: string) => string | undefined;

/** A quoted text, a variable, an escaped character, or anything else. */
const PART = /'([^']*)'|\$(?:(\w+)|\{(\w+)(?:(:?[-+])((?:[^{}]|\{[^{}]*\})*))?\})|\\([^])|([^])/g;
const MOST_LEVELS = 5;
/** A variable that holds itself twice, again and again, grows without end. */
const LONGEST = 32_768;

/** A word without its quotes and with the values of its variables; undefined when one of them is not known. */
export function expand(word: string, valueOf: ValueOf, level = 0): string | undefined {
  if (level > MOST_LEVELS) return undefined;
  let text = '';
  for (const [, quoted, plain, braced, operator, other = '', escaped, character] of word.matchAll(PART)) {
    if (quoted !== undefined) text += quoted;
    else if (escaped !== undefined) text += escaped;
    else if (character === '$') return undefined;
    else if (character !== undefined) text += character === '"' ? '' : character;
    else {
      const value = valueOf(plain ?? braced ?? '');
      const isGiven = operator?.startsWith(':') ? value !== undefined && value !== '' : value !== undefined;
      const result =
        operator === undefined || (operator.endsWith('-') && isGiven)
          ? value
          : operator.endsWith('-')
            ? expand(other, valueOf, level + 1)
            : undefined;
      if (result === undefined) return undefined;
      text += result;
      if (text.length > LONGEST) return undefined;
    }
  }
  return text;
}
