import type { SimpleCommand } from './split-commands.ts';

export interface Word {
  readonly text: string;
  /** Where the word is written, relative to the container: `/command/2`. */
  readonly pointer: string;
}

/**
 * A command that a container runs, as far as its manifest shows it. Its folder is absolute, relative to the working directory of
 * the image (`.`), or unknown (`$DIR`).
 */
export interface Command extends Omit<SimpleCommand, 'words'> {
  /** The first one is at command position; empty when a redirection stands alone. */
  readonly words: readonly Word[];
  /** Where the command begins. */
  readonly pointer: string;
  /** True for `args` without `command`: the entrypoint of the image may read the first word as a sub-command of its own. */
  readonly isArgument: boolean;
  /** True when it runs a shell script that is in the inputs, whose commands follow. */
  readonly runsKnownScript: boolean;
}

/** The name by which a command is known: `chown` for `/bin/chown`, `pip` for `pip3.11`; empty without words. */
export function commandName(command: Command): string {
  const text = command.words[0]?.text ?? '';
  return text.slice(text.lastIndexOf('/') + 1).replace(/^(pip|python)[\d.]+$/, '$1');
}

/** The texts of all words after the name. */
export function argumentsOf(command: Command): readonly string[] {
  return command.words.slice(1).map((word) => word.text);
}

/** Shells by their names as commands. */
export const SHELLS: ReadonlySet<string> = new Set(['sh', 'bash', 'ash', 'dash', 'zsh', 'ksh', 'mksh']);

/** Shell built-ins that run the commands of a file. */
export const READS_SCRIPT: ReadonlySet<string> = new Set(['.', 'source']);

/** True for a command of `command` or `args`, not of a probe or a lifecycle hook. */
export function isMain({ pointer }: Command): boolean {
  return /^\/(?:command|args)\//.test(pointer);
}
