/** The images that shell commands build: `docker build -t NAME -f FILE CONTEXT` and its relatives. */
import { argumentsOf, commandName } from '../../shell/command.ts';
import { readArguments } from '../../shell/options.ts';
import { readCommands } from '../../shell/read-commands.ts';
import { joinPath } from '../../util/paths.ts';
import { imageName, type GivenBuild } from './build.ts';
import { argumentsIn } from './documents.ts';

const BUILDERS = new Set(['docker', 'podman', 'buildah', 'nerdctl']);
/** `docker build`, `docker buildx build`, `docker image build`, `buildah bud`. */
const BUILD = /^(?:(?:buildx|image|builder) )?(?:build|bud|b)$/;
const MENTIONS_BUILD = /\b(?:docker|podman|buildah|nerdctl)\b[^\n]*\b(?:build|bud)\b/;
const OPTIONS = {
  short: 'tfmcou',
  long: [
    ...['--tag', '--file', '--target', '--build-arg', '--platform', '--cache-from', '--cache-to', '--label', '--output'],
    ...['--progress', '--network', '--secret', '--ssh', '--builder', '--iidfile', '--metadata-file', '--add-host', '--shm-size'],
    ...['--ulimit', '--build-context', '--memory', '--format', '--attest', '--annotation', '--isolation', '--cpuset-cpus'],
  ],
};

/**
 * Those of a script.
 *
 * @param folder where it starts, relative to the root
 */
export function commandBuilds(script: string, folder: string, by: string): GivenBuild[] {
  if (!MENTIONS_BUILD.test(script.replace(/\\\n/g, ' '))) return [];
  const text = script.replace(/\$\{\{[^}]*\}\}/g, '$FILLED_IN');
  return readCommands({ command: ['sh', '-c', text] }).flatMap((command): GivenBuild[] => {
    const words = argumentsOf(command);
    const start = words.findIndex((word) => word === 'build' || word === 'bud' || word === 'b');
    if (!BUILDERS.has(commandName(command)) || !BUILD.test(words.slice(0, start + 1).join(' '))) return [];
    const { operands, values } = readArguments(words.slice(start + 1), OPTIONS);
    const all = (...names: string[]): string[] => values.filter(({ name }) => names.includes(name)).map(({ value }) => value);
    return [
      {
        names: all('-t', '--tag').map(imageName),
        folder: joinPath(folder, command.folder),
        context: operands.at(-1),
        dockerfile: all('-f', '--file').at(-1),
        target: all('--target').at(-1),
        args: argumentsIn(all('--build-arg')),
        by,
        isBesideFolder: true,
      },
    ];
  });
}

/** Those of a Makefile in a folder: each line is a script of its own, variables are written `$(NAME)`. */
export function makeBuilds(text: string, folder: string, by: string): GivenBuild[] {
  const recipes = text.replace(/\\\r?\n/g, ' ').split('\n');
  return recipes
    .filter((line) => line.startsWith('\t') && MENTIONS_BUILD.test(line))
    .flatMap((line) => {
      const shell = line
        .replace(/^\t+[@+-]*/, '')
        .replace(/\$\$/g, '$')
        .replace(/\$\((\w+)[^)]*\)/g, '$${$1}');
      return commandBuilds(shell, folder, by);
    });
}
