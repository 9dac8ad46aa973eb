/** The command line: its options, their help, and how it is read. */
import { Argument, Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { parseKubeVersion, type KubeVersion } from '../../decisions/basis/settings.ts';
import type { Formats } from '../../report/formats/index.ts';
import { DEFAULT_PROFILE, PROFILES } from '../../transform/profiles.ts';
import { VERSION } from '../../util/version.ts';
import { SHELLS, type Shell } from '../completion/shells.ts';
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
  for (const option of optionsOf(formats)) program.addOption(option);
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

function optionsOf(formats: Formats): Option[] {
  const formatIds = formats.map(({ id }) => id);
  return [
    new Option('-w, --write', 'change the files in place'),
    new Option('-c, --check', 'exit 1 if anything would change'),
    new Option(
      '--fail-on <findings>',
      'with --check or audit, fail on these findings too: ids, or warning or info for all of them',
    ).argParser(idList),
    new Option('--diff', 'show the diff with --write or --check, which only name the files'),
    new Option('--stat', 'show how many lines of each file change, instead of the diff'),
    new Option('-l, --list-different', 'show the path of each file that changes, instead of the diff'),
    new Option('--format <id>', `how to print what would change, ${formats[0].id} by default`).choices(formatIds),
    new Option('--out <path>', `the folder that ${folderIds(formats)} is written into`),
    new Option('--profile <name>', `which transforms to run, ${DEFAULT_PROFILE} by default`).choices(Object.keys(PROFILES)),
    new Option('--only <ids>', 'run only these transforms').argParser(idList),
    new Option('--enable <ids>', 'run these transforms too').argParser(idList),
    new Option('--skip <ids>', 'do not run these transforms').argParser(idList),
    new Option('--override', 'replace explicit values that are less safe, instead of reporting them'),
    new Option('--safe-only', 'leave out changes that may break a workload'),
    new Option('--platform <name>', 'the platform that runs the manifests').choices(['kubernetes', 'openshift']),
    new Option('--kube-version <version>', 'write only fields that this version of Kubernetes has').argParser(kubeVersion),
    new Option('--config <path>', 'read this configuration instead of the .kharden.yaml above the files'),
    new Option('--baseline <path>', 'leave out the findings of this file instead of .kharden-baseline.yaml'),
    new Option('--exclude <globs>', 'do not change these files, besides those of .gitignore and .kharden-ignore').argParser(
      idList,
    ),
    new Option('--changed [commit]', 'change only what differs from a commit, HEAD by default; facts come from all files'),
    new Option(
      '--usage <path>',
      'take requests and limits from what containers used: kubectl top pod --containers, VerticalPodAutoscalers, Prometheus',
    ).argParser(another),
    new Option('--stdin-filename <path>', 'the path that the manifests on stdin have, for configuration and facts'),
    new Option('--report-file <path>', 'append the summary and every finding to this file').env('KHARDEN_REPORT_FILE'),
    new Option('-q, --quiet', 'print only errors, without the summary'),
    new Option('-v, --verbose', 'print every finding, and the reason of each change beside it in the diff'),
    new Option('--color', 'use colour even when the output is not a terminal'),
    new Option('--no-color', 'do not use colour'),
  ];
}

/** The formats that are written into a folder, as they are chosen. */
function folderIds(formats: Formats): string {
  return formats.flatMap((format) => ('loadFolder' in format ? `--format ${format.id}` : [])).join(' or ');
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

function kubeVersion(text: string): KubeVersion {
  const version = parseKubeVersion(text);
  if (!version) throw new InvalidArgumentError('Write it as 1.30.');
  return version;
}

/** Adds to what earlier uses of the option gave. */
function another(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text];
}

/** Reads a list of ids separated by commas; adds to what an earlier use of the option gave. */
function idList(text: string, before: readonly string[] = []): readonly string[] {
  const ids = text.split(',').map((id) => id.trim());
  return [...before, ...ids.filter((id) => id !== '')];
}
