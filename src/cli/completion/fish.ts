/** The completion for fish. */
import type { Argument, Flag, Subcommand } from './words.ts';

/** The completion script for fish. */
export function fish(flags: readonly Flag[], commands: readonly Subcommand[]): string {
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
