/** Small changes to regular expressions: anchors, quantifiers, classes and looks around. */

const OPPOSITE: Readonly<Record<string, string>> = {
  '\\d': '\\D',
  '\\D': '\\d',
  '\\s': '\\S',
  '\\S': '\\s',
  '\\w': '\\W',
  '\\W': '\\w',
  '\\b': '',
  '(?=': '(?!',
  '(?!': '(?=',
  '(?<=': '(?<!',
  '(?<!': '(?<=',
  '^': '',
  $: '',
  '*': '+',
  '+': '*',
  '?': '',
  '.': '\\.',
};

const TOKEN = /\\[^]|\(\?(?:<?[=!]|:|<\w+>)?|\[\^?(?:\\[^]|[^\]\\])*\]|\{\d+(?:,\d*)?\}|[^]/g;

/** All patterns that differ from `pattern` in one token and are valid with these flags. */
export function regexVariants(pattern: string, flags: string): string[] {
  const variants = [...pattern.matchAll(TOKEN)].flatMap(({ 0: token, index }) =>
    others(token).map((other) => pattern.slice(0, index) + other + pattern.slice(index + token.length)),
  );
  return variants.filter((variant) => isValid(variant, flags));
}

function isValid(pattern: string, flags: string): boolean {
  try {
    return pattern !== '' && new RegExp(pattern, flags).flags === flags;
  } catch {
    return false;
  }
}

function others(token: string): string[] {
  if (token.startsWith('[') && token.length > 1) return [token[1] === '^' ? `[${token.slice(2)}` : `[^${token.slice(1)}`];
  if (token.startsWith('{') && token.length > 1) return [''];
  const opposite = Object.hasOwn(OPPOSITE, token) ? OPPOSITE[token] : undefined;
  return opposite === undefined ? [] : [opposite];
}
