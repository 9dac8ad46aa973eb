/** The completion for zsh. */
import type { Argument, Flag, Subcommand } from './words.ts';

/** The completion script for zsh. */
export function zsh(flags: readonly Flag[], commands: readonly Subcommand[]): string {
  const quote = (text: string): string => text.replaceAll("'", "'\\''").replace(/[[\]:]/g, '\\$&');
  const behind = (argument: Argument): string => {
    if (argument.kind === 'word') return `:name:(${argument.words.join(' ')})`;
    if (argument.kind === 'list') return `:ids:_values -s , id ${argument.words.join(' ')}`;
    return argument.kind === 'files' ? ':path:_files' : ':text: ';
  };
  const specs = flags.map(({ short, long, description, argument }) => {
    const names = short === undefined ? '' : `'(${short} ${long})'{${short},${long}}`;
    const value = argument ? behind(argument) : '';
    return `    ${names}'${names === '' ? long : ''}${argument ? '=' : ''}[${quote(description)}]${value}' \\\n`;
  });
  const choices = commands
    .filter((command) => command.choices.length > 0)
    .map((command) => `    ${command.name}) _values word ${command.choices.join(' ')} ;;\n`);
  return `#compdef kharden
_kharden_paths() {
  local -a commands=(${commands.map(({ name, description }) => `'${name}:${quote(description)}'`).join(' ')})
  ((CURRENT == 2)) && _describe command commands
  case $words[2] in
${choices.join('')}    *) _files ;;
  esac
}
_kharden() {
  _arguments -s \\
${specs.join('')}    '*:path:_kharden_paths'
}
if [[ $funcstack[1] == _kharden ]]; then _kharden "$@"; else compdef _kharden kharden; fi
`;
}
