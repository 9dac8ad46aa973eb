import { argumentsOf, commandName, type Command } from '../shell/command.ts';

/** A command in short: its name, and its sub-commands and arguments up to the first one that decides: `ip route add`. */
export function quote(command: Command, decides: (argument: string) => boolean): string {
  const words = argumentsOf(command);
  const end = words.findIndex(decides);
  const before = words.slice(0, Math.max(end, 0)).filter((word) => /^[a-z]+$/.test(word));
  return [commandName(command), ...before, ...words.slice(end, end + 1)].join(' ');
}
