/** The command line with its commands and their help, and what is wrong with arguments. */
import { Argument, Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import type { Formats } from '../../report/formats/index.ts';
import { VERSION } from '../../util/version.ts';
import { SHELLS, type Shell } from '../completion/shells.ts';
import { declaredOptions, type DeclaredOption } from './declared.ts';
import type { CliOptions } from './options.ts';
import type { LearnOptions, Request } from './request.ts';

/** Reads the arguments after the name of the program. */
export function readRequest(args: readonly string[], formats: Formats): Promise<Request> {
  return new Promise((resolve) => {
    const program = createProgram(formats, resolve);
    try {
      program.parse(args, { from: 'user' });
    } catch (error) {
      resolve(requestAfter(error, program));
    }
  });
}

/** The program with its options; `onRequest` gets what the user asks for. Wrong arguments are thrown as a `CommanderError`, and not printed. */
export function createProgram(formats: Formats, onRequest: (request: Request) => void): Command {
  const program = new Command('kharden')
    .description('Hardens Kubernetes manifests in place and leaves every other byte as it was.')
    .version(VERSION)
    .argument('[paths...]', 'files, folders and globs; - for stdin')
    .addHelpText('after', `\n${help(formats)}`)
    .exitOverride()
    .configureOutput({ outputError: () => {} })
    .action((paths: readonly string[], options: CliOptions) => {
      const isHere = options.changed !== undefined && paths.length === 0;
      onRequest({ task: { name: 'harden', paths: isHere ? ['.'] : paths }, options });
    });
  for (const declared of declaredOptions(formats)) program.addOption(optionFor(declared));
  program
    .command('audit')
    .description('tell how each workload stands before and after hardening, the worst first; changes nothing')
    .argument('[paths...]', 'files, folders and globs; - for stdin')
    .option('--write-baseline [path]', 'write the findings that there are into .kharden-baseline.yaml, or into this file')
    .action((paths: readonly string[], { writeBaseline }: { readonly writeBaseline?: string | true }) => {
      const options = program.opts<CliOptions>();
      const isHere = paths.length === 0 && (writeBaseline ?? options.changed) !== undefined;
      onRequest({ task: { name: 'audit', paths: isHere ? ['.'] : paths, writeBaseline }, options });
    });
  program
    .command('init')
    .description('write a commented .kharden.yaml into this folder')
    .action(() => onRequest({ task: { name: 'init' }, options: program.opts() }));
  program
    .command('explain')
    .description('tell what a transform or a finding is, what may break, and how to opt out')
    .argument('[id]', 'a transform or a finding; all are listed without one')
    .action((id: string | undefined) => onRequest({ task: { name: 'explain', id }, options: program.opts() }));
  program
    .command('list')
    .description('list every transform and every finding')
    .action(() => onRequest({ task: { name: 'list' }, options: program.opts() }));
  program
    .command('learn')
    .description('read images, or those of manifests, and write what they show into kharden.images.yaml')
    .argument('[images-or-paths...]', 'images (docker://, oci:, oci-archive:, docker-archive:), files, folders and globs')
    .option('--output <path>', 'write to this file instead; - for stdout')
    .option('--image-platform <platform>', 'which image of several to read, linux/amd64 by default')
    .option('--as <image>', 'the name that manifests use for the image of a file')
    .option('--live', 'read pods as kubectl prints them from these files, - for stdin, and learn what they run')
    .option('--plain-http', 'ask registries without https')
    .action((words: readonly string[], learning: LearnOptions) =>
      onRequest({ task: { name: 'learn', words, learning }, options: program.opts() }),
    );
  program
    .command('completion')
    .description('print the completion for a shell')
    .addArgument(new Argument('<shell>', 'the shell').choices(SHELLS))
    .action((shell: Shell) => onRequest({ task: { name: 'completion', shell }, options: program.opts() }));
  return program;
}

function optionFor({ flags, description, choices, read, hint = '', variable }: DeclaredOption): Option {
  const option = new Option(flags, description);
  if (variable !== undefined) option.env(variable);
  if (choices) option.choices(choices);
  if (read) {
    option.argParser((text, before) => {
      const value = read(text, before);
      if (value === undefined) throw new InvalidArgumentError(hint);
      return value;
    });
  }
  return option;
}

/** What `--help` prints after the options. */
function help(formats: Formats): string {
  const width = Math.max(...formats.map(({ id }) => id.length));
  return `Without --write or --check, kharden prints what would change to stdout; with them it names the files. Without paths, or with
-, it reads a stream from stdin and prints the hardened stream to stdout, as a post-renderer needs it.

Formats:
${formats.map(({ id, description }) => `  ${id.padEnd(width)}  ${description}`).join('\n')}

Exit codes: 0 success, 1 --check found something to change or --fail-on a finding, 2 an error in the usage or in an input.`;
}

/** The request that an error of commander stands for; other errors are thrown again. */
function requestAfter(error: unknown, program: Command): Request {
  if (!(error instanceof CommanderError)) throw error;
  const options = program.opts<CliOptions>();
  return { options, task: undefined, ...(error.exitCode === 0 ? {} : { mistake: mistakeOf(error) }) };
}

/** The message of commander on one line; a suggestion is on a second line there. */
function mistakeOf({ message }: CommanderError): string {
  return message
    .replace(/^error: /, '')
    .trimEnd()
    .replace(/\n(?=\()/, ' ');
}
