/** Shell completion, written from the commander program. */
import type { Command, Option } from 'commander';
import { transforms } from '../../transforms/index.ts';
import type { Shell } from './shells.ts';

/** What goes behind an option: the names of files, one of some words, words separated by commas, or a text of the user's. */
type Argument = { readonly kind: 'files' | 'text' } | { readonly kind: 'word' | 'list'; readonly words: readonly string[] };

interface Flag {
  readonly short: string | undefined;
  readonly long: string;
  readonly description: string;
  readonly argument: Argument | undefined;
}

/** The completion script of a shell. */
export function completionFor(shell: Shell, program: Command): string {
  const ids = transforms.map(({ meta }) => meta.id);
  return { bash, zsh, fish }[shell](flagsOf(program, ids), commandsOf(program));
}

function flagsOf(program: Command, ids: readonly string[]): Flag[] {
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

interface Subcommand {
  readonly name: string;
  readonly description: string;
  /** The words that its argument may be. */
  readonly choices: readonly string[];
}

function commandsOf(program: Command): Subcommand[] {
  const commands = program
    .createHelp()
    .visibleCommands(program)
    .filter((command) => command.name() !== 'help');
  return commands.map((command) => ({
    name: command.name(),
    description: command.description(),
    choices: command.registeredArguments.flatMap((argument) => argument.argChoices ?? []),
  }));
}

function bash(flags: readonly Flag[], commands: readonly Subcommand[]): string {
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

function zsh(flags: readonly Flag[], commands: readonly Subcommand[]): string {
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

function fish(flags: readonly Flag[], commands: readonly Subcommand[]): string {
  const quote = (text: string): string => `'${text.replace(/['\\]/g, '\\$&')}'`;
  const behind = (argument: Argument): string => {
    if (argument.kind === 'word') return ` -x -a ${quote(argument.words.join(' '))}`;
    if (argument.kind === 'list') return ` -x -a ${quote(`(__fish_append , ${argument.words.join(' ')})`)}`;
    return argument.kind === 'files' ? ' -r -F' : ' -x';
  };
  const lines = flags.map(({ short, long, description, argument }) => {
    const names = `${short === undefined ? '' : `-s ${short.slice(1)} `}-l ${long.slice(2)}`;
    return `complete -c kharden ${names}${argument ? behind(argument) : ''} -d ${quote(description)}\n`;
  });
  const words = commands.flatMap(({ name, description, choices }) => [
    `complete -c kharden -n __fish_use_subcommand -a ${name} -d ${quote(description)}\n`,
    ...(choices.length > 0
      ? [`complete -c kharden -n '__fish_seen_subcommand_from ${name}' -x -a ${quote(choices.join(' '))}\n`]
      : []),
  ]);
  return `# fish completion for kharden\n${[...lines, ...words].join('')}`;
}
