/** What a shell can complete, read from the commander program. */
import type { Command, Option } from 'commander';

/** What follows an option: the names of files, one of some words, words separated by commas, or free text. */
export type Argument =
  | { readonly kind: 'files' | 'text' }
  | { readonly kind: 'word' | 'list'; readonly words: readonly string[] };

export interface Flag {
  readonly short: string | undefined;
  readonly long: string;
  readonly description: string;
  readonly argument: Argument | undefined;
}

export interface Subcommand {
  readonly name: string;
  readonly description: string;
  /** The words that its argument may be. */
  readonly choices: readonly string[];
}

/** The options of the program; `ids` are the transforms that options such as `--only` take. */
export function flagsOf(program: Command, ids: readonly string[]): Flag[] {
  return program
    .createHelp()
    .visibleOptions(program)
    .map((option) => ({
      short: option.short,
      long: option.long ?? '',
      description: option.description,
      argument: argumentOf(option, ids),
    }));
}

function argumentOf(option: Option, ids: readonly string[]): Argument | undefined {
  if (!option.required) return undefined;
  if (option.argChoices) return { kind: 'word', words: option.argChoices };
  if (/<ids>/.test(option.flags)) return { kind: 'list', words: ids };
  return { kind: /<path>/.test(option.flags) ? 'files' : 'text' };
}

/** The subcommands of the program; `ids` are the transforms that an argument such as that of `explain` takes. */
export function commandsOf(program: Command, ids: readonly string[]): Subcommand[] {
  const commands = program
    .createHelp()
    .visibleCommands(program)
    .filter((command) => command.name() !== 'help');
  return commands.map((command) => ({
    name: command.name(),
    description: command.description(),
    choices: command.registeredArguments.flatMap((argument) => argument.argChoices ?? (argument.name() === 'id' ? ids : [])),
  }));
}
