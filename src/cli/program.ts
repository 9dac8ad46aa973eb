/** The command line: its options, their help, and what they say. */
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { transforms } from '../../transforms/index.ts';
import { VERSION } from '../version.ts';

/** The options as the user gave them. */
export interface CliOptions {
  readonly write?: boolean;
  readonly check?: boolean;
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  readonly override?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly color?: boolean;
}

const HELP = `
Without --write or --check a unified diff of what would change goes to stdout. Without paths, or with -, a stream is read
from stdin and goes hardened to stdout, as a post-renderer needs it.

Exit codes: 0 fine, 1 --check found something to change, 2 an error in the usage or in an input.`;

/** The program with its options; `action` gets what the user asked for. */
export function createProgram(action: (paths: readonly string[], options: CliOptions) => Promise<void>): Command {
  return new Command('kharden')
    .description('Hardens Kubernetes manifests in place and leaves every other byte as it was.')
    .version(VERSION)
    .argument('[paths...]', 'files, folders and globs; - for stdin')
    .option('-w, --write', 'change the files in place')
    .option('-c, --check', 'exit 1 if anything would change')
    .option('--only <ids>', 'run only these transforms', transformIds)
    .option('--skip <ids>', 'leave these transforms out', transformIds)
    .option('--override', 'replace explicit values that are less safe, instead of reporting them')
    .option('-q, --quiet', 'no summary; errors are still shown')
    .option('-v, --verbose', 'show everything that was left alone')
    .option('--color', 'colour even when the output is no terminal')
    .option('--no-color', 'no colour')
    .addHelpText('after', HELP)
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(`kharden: ${text.replace(/^error: /, '')}`) })
    .action(action);
}

/** Reads a list of transform ids separated by commas; adds to what an earlier use of the option gave. */
function transformIds(text: string, before: readonly string[] = []): readonly string[] {
  const known = transforms.map(({ meta }) => meta.id);
  const ids = text.split(',').map((id) => id.trim()).filter((id) => id !== '');
  for (const id of ids) {
    if (!known.includes(id)) throw new InvalidArgumentError(`There is no transform ${id}. There are: ${known.join(', ')}.`);
  }
  return [...before, ...ids];
}

/** The exit code of an error that commander threw: 0 for help and version, 2 for wrong usage; undefined for other errors. */
export function usageExitCode(error: unknown): number | undefined {
  if (!(error instanceof CommanderError)) return undefined;
  return error.exitCode === 0 ? 0 : 2;
}
