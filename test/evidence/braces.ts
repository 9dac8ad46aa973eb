/** Command lines in short: separated by semicolons, in braces the words that may stand there. */

/** Every way to read the braces: `{a,b} c` is `a c` and `b c`. */
function variantsOf(text: string): string[] {
  const [, before, choices, after] = /^(.*?)\{([^{}]*)\}(.*)$/.exec(text) ?? [];
  return choices === undefined ? [text] : choices.split(',').flatMap((choice) => variantsOf(`${before}${choice}${after}`));
}

/** The command lines, one by one. */
export function linesIn(text: string): string[] {
  return text.split('; ').flatMap(variantsOf);
}
