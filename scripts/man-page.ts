/** The man page of the program, written from its commander description. */
import type { Command } from 'commander';
import packageJson from '../package.json' with { type: 'json' };
import type { Formats } from '../src/report/formats/index.ts';

const BUGS = `Report them at ${packageJson.bugs}.`;

/** The page `kharden.1` in roff. */
export function manPage(program: Command, formats: Formats, version: string): string {
  const help = program.createHelp();
  const options = help
    .visibleOptions(program)
    .map((option) => `.TP\n${bold(option.flags)}\n${text(sentence(help.optionDescription(option)))}`);
  const commands = help
    .visibleCommands(program)
    .filter((command) => command.name() !== 'help')
    .map((command) => `.TP\n${bold(`kharden ${help.subcommandTerm(command)}`)}\n${text(sentence(command.description()))}`);
  const [argument] = program.registeredArguments;
  return `.TH KHARDEN 1 "" "kharden ${version}" "User Commands"
.SH NAME
kharden \\- harden Kubernetes manifests in place
.SH SYNOPSIS
.B kharden
[\\fIoptions\\fR] [\\fIpaths\\fR...]
.br
\\fIcommand\\fR | \\fBkharden\\fR
.SH DESCRIPTION
${text(program.description())}
.PP
${text('Without --write or --check, kharden prints what would change to stdout; with them it names the files. Without paths, or with -, it reads a stream from')}
${text('stdin and prints the hardened stream to stdout, as a post-renderer needs it. If the stream is a ResourceList, kharden')}
${text('works as a KRM function.')}
.SH ARGUMENTS
.TP
.I paths
${text(sentence(argument?.description ?? ''))}
.SH OPTIONS
${options.join('\n')}
.SH FORMATS
${formats.map(({ id, description }) => `.TP\n${bold(id)}\n${text(sentence(description))}`).join('\n')}
.SH COMMANDS
${commands.join('\n')}
.SH EXIT STATUS
.TP
.B 0
Success.
.TP
.B 1
${text('With --check something would change, or --fail-on names a finding; a KRM function failed.')}
.TP
.B 2
An error in the usage or in an input. A stream prints nothing then.
.SH ENVIRONMENT
.TP
.B KHARDEN_REPORT_FILE
${text('The same as --report-file.')}
.TP
.B NO_COLOR
No colour.
.SH FILES
.TP
.I .kharden.yaml
The configuration, in the folder of the files or above it.
.TP
.I .kharden-baseline.yaml
Findings that are not reported again, beside it.
.SH BUGS
${text(BUGS)}
`;
}

function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}

function bold(words: string): string {
  return `\\fB${text(words)}\\fR`;
}

function text(words: string): string {
  return words
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(/^(['.])/gm, '\\&$1');
}
