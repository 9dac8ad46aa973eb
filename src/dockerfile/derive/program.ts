/** What an image that a Dockerfile builds runs, as far as the repository shows it. */
import type { Container } from '../../kubernetes/object.ts';
import { loneContainer } from '../../kubernetes/lone-container.ts';
import { commandName, SHELLS, type Command } from '../../shell/command.ts';
import { readCommands } from '../../shell/read-commands.ts';
import { withVariables } from '../../shell/variables.ts';
import { commandPath, fileText, type TextOf } from '../build/files.ts';
import type { Stage } from '../build/stage.ts';

export interface Program {
  /** The container that runs the image as it is, as a manifest would write it. */
  readonly container: Container;
  readonly commands: readonly Command[];
  readonly scripts: readonly string[];
  /** True when it is the program of the known image that this one is built on. */
  readonly isInherited: boolean;
  /** The script or program that is started and that the inputs do not show; undefined where all is shown, or is a usual program. */
  readonly hidden: string | undefined;
}

const ROOT = /^(?:0|root)(?::|$)/;

/** Reads what the image of a stage runs. */
export function readProgram(stage: Stage, textOf: TextOf): Program {
  const entrypoint = stage.entrypoint?.value ?? [];
  const command = stage.command?.value ?? [];
  const env = [...stage.env].map(([name, value]) => ({ name, value }));
  const scripts = new Map<string, string>();
  const home = startsAsRoot(stage) ? '/root' : undefined;
  const read = (words: readonly string[]): readonly Command[] => {
    const [first = '', ...rest] = words;
    const line = words.length === 0 ? [] : [commandPath(first, stage, textOf), ...rest];
    return readCommands({ command: line, workingDir: stage.workdir }, (path) => {
      const text = fileText(path, stage, textOf);
      if (text === undefined) return undefined;
      scripts.set(path, text);
      return withVariables(text, stage.env, home);
    });
  };
  const commands = [...read([...entrypoint, ...command])];
  // An entrypoint hands the command on with `exec "$@"`.
  if (entrypoint.length > 0 && scripts.size > 0) commands.push(...read(command));
  return {
    container: loneContainer({
      name: 'image',
      image: 'image',
      command: [...entrypoint, ...command],
      env,
      workingDir: stage.workdir,
    }),
    commands,
    scripts: [...scripts.values()],
    isInherited: isInherited(stage),
    hidden: hiddenScript(commands),
  };
}

function startsAsRoot({ user, base }: Stage): boolean {
  if (user) return ROOT.test(user.value ?? '');
  return base.kind === 'empty' || (base.kind === 'known' && ROOT.test(base.knowledge.user.default ?? ''));
}

/** A program stays that of the base when nothing names another one: options, or a command with the name of the image. */
function isInherited({ base, entrypoint, command }: Stage): boolean {
  if (base.kind !== 'known' || base.isRuntime || entrypoint) return false;
  const [, option, text = ''] = command?.value ?? [];
  const first =
    option === '-c'
      ? text
          .trim()
          .split(/\s+/)
          .find((word) => word !== 'exec')
      : command?.value[0];
  const name = base.name.slice(base.name.lastIndexOf('/') + 1);
  return first === undefined || first.startsWith('-') || first.slice(first.lastIndexOf('/') + 1).startsWith(name);
}

/** A script is called like one, and runs what nobody sees here. */
function hiddenScript(commands: readonly Command[]): string | undefined {
  const [first] = commands;
  if (!first) return undefined;
  const file = SHELLS.has(commandName(first)) ? first.words.slice(1).find(({ text }) => !text.startsWith('-')) : first.words[0];
  const isScript = /\.(?:sh|bash)$|entrypoint$/.test(file?.text ?? '');
  return isScript && !first.runsKnownScript ? file?.text : undefined;
}
