/** The completion for bash. */
import type { Argument, Flag, Subcommand } from './words.ts';

/** The completion script for bash. */
export function bash(flags: readonly Flag[], commands: readonly Subcommand[]): string {
  const reply = (options: string): string => `COMPREPLY=($(compgen ${options})); return ;;`;
  const words = (list: readonly string[]): string => reply(`-W '${list.join(' ')}' -- "$word"`);
  const behind = (argument: Argument): string => {
    if (argument.kind === 'word') return words(argument.words);
    if (argument.kind === 'list') return reply(`-W '${argument.words.join(' ')}' -P "$before" -- "\${word##*,}"`);
    return argument.kind === 'files' ? reply('-f -- "$word"') : 'COMPREPLY=(); return ;;';
  };
  const cases = [
    ...flags.flatMap(({ long, argument }) => (argument ? [`    ${long}) ${behind(argument)}`] : [])),
    ...commands.flatMap(({ name, choices }) => (choices.length > 0 ? [`    ${name}) ${words(choices)}`] : [])),
  ];
  const names = flags.flatMap(({ short, long }) => [short, long].filter((name) => name !== undefined));
  return `# bash completion for kharden
_kharden() {
  local word=\${COMP_WORDS[COMP_CWORD]} before=''
  [[ $word == *,* ]] && before=\${word%,*},
  case \${COMP_WORDS[COMP_CWORD-1]} in
${cases.join('\n')}
  esac
  if [[ $word == -* ]]; then
    COMPREPLY=($(compgen -W '${names.join(' ')}' -- "$word"))
  else
    COMPREPLY=($(compgen -f -- "$word"))
    ((COMP_CWORD > 1)) || COMPREPLY+=($(compgen -W '${commands.map(({ name }) => name).join(' ')}' -- "$word"))
  fi
}
complete -o filenames -F _kharden kharden
`;
}
