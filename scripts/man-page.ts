/** The man page of the program, written from its commander description. */
import type { Command } from 'commander';

/** The page `kharden.1` in roff. */
export function manPage(program: Command, version: string): string {
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
${text('Without --write or --check a unified diff of what would change goes to stdout. Without paths, or with -, a stream is')}
${text('read from stdin and goes hardened to stdout, as a post-renderer needs it. A stream that is a ResourceList is answered')}
${text('as a KRM function answers.')}
.SH ARGUMENTS
.TP
.I paths
${text(sentence(argument?.description ?? ''))}
.SH OPTIONS
${options.join('\n')}
.SH COMMANDS
${commands.join('\n')}
.SH EXIT STATUS
.TP
.B 0
Fine.
.TP
.B 1
${text('With --check something would change; a KRM function failed.')}
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
