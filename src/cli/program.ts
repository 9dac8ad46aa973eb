/** The command line: its options, their help, and what they say. */
import { Argument, Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { printable } from '../report/text.ts';
import { parseKubeVersion, type KubeVersion } from '../decisions/settings.ts';
import { VERSION } from '../util/version.ts';
import { SHELLS, type Shell } from './shells.ts';

/** The options as the user gave them. */
export interface CliOptions {
  readonly write?: boolean;
  readonly check?: boolean;
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  readonly override?: boolean;
  readonly safeOnly?: boolean;
  readonly platform?: 'kubernetes' | 'openshift';
  readonly kubeVersion?: KubeVersion;
  readonly config?: string;
  readonly reportFile?: string;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly color?: boolean;
}

const HELP = `
Without --write or --check a unified diff of what would change goes to stdout. Without paths, or with -, a stream is read
from stdin and goes hardened to stdout, as a post-renderer needs it.

Exit codes: 0 fine, 1 --check found something to change, 2 an error in the usage or in an input.`;

/** What the program can be asked to do. */
export interface Actions {
  harden(paths: readonly string[], options: CliOptions): Promise<void>;
  init(): Promise<void>;
  completion(shell: Shell): void | Promise<void>;
}

/** The program with its options; one of `actions` gets what the user asked for, and `note` each error in the usage. */
export function createProgram(actions: Actions, note: (message: string) => void): Command {
  const program = new Command('kharden')
    .description('Hardens Kubernetes manifests in place and leaves every other byte as it was.')
    .version(VERSION)
    .argument('[paths...]', 'files, folders and globs; - for stdin')
    .option('-w, --write', 'change the files in place')
    .option('-c, --check', 'exit 1 if anything would change')
    .option('--only <ids>', 'run only these transforms', idList)
    .option('--skip <ids>', 'leave these transforms out', idList)
    .option('--override', 'replace explicit values that are less safe, instead of reporting them')
    .option('--safe-only', 'leave out whatever may break a workload')
    .addOption(new Option('--platform <name>', 'what the manifests are for').choices(['kubernetes', 'openshift']))
    .option('--kube-version <version>', 'write no field that this version of Kubernetes does not have', kubeVersion)
    .option('--config <path>', 'read this configuration instead of the .kharden.yaml above the files')
    .addOption(new Option('--report-file <path>', 'append the summary and every finding to this file').env('KHARDEN_REPORT_FILE'))
    .option('-q, --quiet', 'no summary; errors are still shown')
    .option('-v, --verbose', 'show everything that was left alone')
    .option('--color', 'colour even when the output is no terminal')
    .option('--no-color', 'no colour')
    .addHelpText('after', HELP)
    .exitOverride()
    .configureOutput({
      outputError(text, write) {
        const message = errorLine(text);
        note(message);
        write(`${message}\n`);
      },
    })
    .action((paths: readonly string[], options: CliOptions) => actions.harden(paths, options));
  program
    .command('init')
    .description('write a commented .kharden.yaml into this folder')
    .action(() => actions.init());
  program
    .command('completion')
    .description('print the completion for a shell')
    .addArgument(new Argument('<shell>', 'the shell').choices(SHELLS))
    .action((shell: Shell) => actions.completion(shell));
  return program;
}

/** The errors of commander, which may have a second line with a suggestion, as one line. */
function errorLine(text: string): string {
  const lines = text
    .replace(/^error: /, '')
    .trimEnd()
    .split(/\n(?=\()/);
  return `kharden: ${lines.map(printable).join(' ')}`;
}

function kubeVersion(text: string): KubeVersion {
  const version = parseKubeVersion(text);
  if (!version) throw new InvalidArgumentError('Write it as 1.30.');
  return version;
}

/** Reads a list of ids separated by commas; adds to what an earlier use of the option gave. */
function idList(text: string, before: readonly string[] = []): readonly string[] {
  return [
    ...before,
    ...text
      .split(',')
      .map((id) => id.trim())
      .filter((id) => id !== ''),
  ];
}

/** The exit code of an error that commander threw: 0 for help and version, 2 for wrong usage; undefined for other errors. */
export function usageExitCode(error: unknown): number | undefined {
  if (!(error instanceof CommanderError)) return undefined;
  return error.exitCode === 0 ? 0 : 2;
}
