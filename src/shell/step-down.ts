/** Entrypoints that start as root and become another user, as their commands show it. */
import { argumentsOf, commandName, type Command } from './command.ts';
import { readArguments } from './options.ts';

/** Asks who it is before it does what only root can: `[ "$(id -u)" = 0 ]`. `id -u app` asks for another user. */
const ASKS_FOR_USER = /\bid\s+-un?\b(?!\s+[$A-Za-z_"'])|\$\{?E?UID\b|\bwhoami\b/;

/** The user that a command becomes, as it is written; undefined for a command that does not change its user. */
export function userAfter(command: Command): string | undefined {
  const name = commandName(command);
  const words = argumentsOf(command);
  // `set -- gosu app "$@"` is what `exec "$@"` runs later.
  const [first, program = '', ...rest] = words;
  return name === 'set' && first === '--' ? targetOf(program.slice(program.lastIndexOf('/') + 1), rest) : targetOf(name, words);
}

function targetOf(name: string, words: readonly string[]): string | undefined {
  switch (name) {
    case 'gosu':
    case 'su-exec':
    case 'setuidgid':
    case 's6-setuidgid':
      return words.find((word) => !word.startsWith('-'));
    case 'chpst':
      return valueOf(words, 'u', []);
    case 'setpriv':
      return valueOf(words, '', ['--reuid', '--ruid']);
    case 'runuser':
    case 'su':
      return valueOf(words, 'u', ['--user']) ?? userOfSu(words);
    default:
      return undefined;
  }
}

function valueOf(words: readonly string[], short: string, long: readonly string[]): string | undefined {
  return readArguments(words, { short, long }).values[0]?.value;
}

/** `su - app -c …`, `su -s /bin/sh app` (su(1)). */
function userOfSu(words: readonly string[]): string | undefined {
  const { operands } = readArguments(words, { short: 'csgGwu', long: ['--command', '--shell', '--group'] });
  return operands.find((word) => word !== '-');
}

/** True when scripts do what only root can only where they are root. */
export function asksForUser(scripts: Iterable<string>): boolean {
  return [...scripts].some((text) => ASKS_FOR_USER.test(text));
}
