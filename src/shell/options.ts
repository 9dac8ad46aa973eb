/** Options on a command line, in the forms that getopt(3) and getopt_long(3) read. */

/** The options of a command that take a value. */
export interface ValueOptions {
  /** Letters of short options; in `-xzf` the first of them ends the letters. */
  readonly short?: string;
  /** Other options as they are written: `--user`, `-keystore`, and `of` for `of=/dev/sda`. */
  readonly long?: readonly string[];
}

export interface OptionValue {
  /** `-o`, `--output`. */
  readonly name: string;
  /** Undefined when the value is the next word. */
  readonly value: string | undefined;
}

export interface Arguments {
  /** The words that are neither options nor the values of options; `-` is one. */
  readonly operands: readonly string[];
  /** The options that have a value. */
  readonly values: readonly { readonly name: string; readonly value: string }[];
}

/** The option with a value in a word: `-u` and `1000` in `-nu1000`; undefined when the word has none. */
export function valueOption(word: string, { short = '', long = [] }: ValueOptions): OptionValue | undefined {
  const name = long.find((option) => word === option || word.startsWith(`${option}=`));
  if (name !== undefined) return { name, value: word === name ? undefined : word.slice(name.length + 1) };
  if (!/^-[^-]/.test(word)) return undefined;
  const index = [...word].findIndex((letter, at) => at > 0 && short.includes(letter));
  return index === -1 ? undefined : { name: `-${word[index]}`, value: word.slice(index + 1) || undefined };
}

/** True when the value of an option is the next word: `-u` and `-nu`, but neither `-u1000` nor `--user=1000`. */
export function takesNextWord(word: string, options: ValueOptions): boolean {
  const found = valueOption(word, options);
  return found !== undefined && found.value === undefined;
}

/** Sorts the words behind the name of a command. */
export function readArguments(words: readonly string[], options: ValueOptions): Arguments {
  const operands: string[] = [];
  const values: { name: string; value: string }[] = [];
  let waiting: string | undefined;
  for (const word of words) {
    const found = waiting === undefined ? valueOption(word, options) : { name: waiting, value: word };
    waiting = undefined;
    if (found?.value !== undefined) values.push({ name: found.name, value: found.value });
    else if (found) waiting = found.name;
    else if (word === '-' || !word.startsWith('-')) operands.push(word);
  }
  return { operands, values };
}
