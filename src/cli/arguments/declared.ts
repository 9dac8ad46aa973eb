/** The options of the command line, by which `program.ts` and `usual.ts` read it. */
import { parseKubeVersion } from '../../decisions/basis/settings.ts';
import type { Formats } from '../../report/formats/index.ts';
import { DEFAULT_PROFILE, PROFILES } from '../../transform/profiles.ts';

/** One option. */
export interface DeclaredOption {
  /** As commander has them: `-l, --long <value>`. */
  readonly flags: string;
  readonly description: string;
  /** All values that it may have. */
  readonly choices?: readonly string[];
  /** The value that a text stands for, after that of earlier uses; undefined for a text that is wrong. Without it, it is the text. */
  readonly read?: (text: string, before: unknown) => unknown;
  /** What to write instead of a text that is wrong. */
  readonly hint?: string;
  /** The environment variable that stands for it. */
  readonly variable?: string;
}

/** All options, in the order of the help. */
export function declaredOptions(formats: Formats): DeclaredOption[] {
  const formatIds = formats.map(({ id }) => id);
  return [
    { flags: '-w, --write', description: 'change the files in place' },
    { flags: '-c, --check', description: 'exit 1 if anything would change' },
    {
      flags: '--fail-on <findings>',
      description: 'with --check or audit, fail on these findings too: ids, or warning or info for all of them',
      read: idList,
    },
    { flags: '--diff', description: 'show the diff with --write or --check, which only name the files' },
    { flags: '--stat', description: 'show how many lines of each file change, instead of the diff' },
    { flags: '-l, --list-different', description: 'show the path of each file that changes, instead of the diff' },
    { flags: '--format <id>', description: `how to print what would change, ${formats[0].id} by default`, choices: formatIds },
    { flags: '--out <path>', description: `the folder that ${folderIds(formats)} is written into` },
    {
      flags: '--profile <name>',
      description: `which transforms to run, ${DEFAULT_PROFILE} by default`,
      choices: Object.keys(PROFILES),
    },
    { flags: '--only <ids>', description: 'run only these transforms', read: idList },
    { flags: '--enable <ids>', description: 'run these transforms too', read: idList },
    { flags: '--skip <ids>', description: 'do not run these transforms', read: idList },
    { flags: '--override', description: 'replace explicit values that are less safe, instead of reporting them' },
    { flags: '--safe-only', description: 'leave out changes that may break a workload' },
    {
      flags: '--unknown-images <how>',
      description: 'what to do with images that nothing is known about: report, by default, or harden and try them',
      choices: ['report', 'harden'],
    },
    { flags: '--platform <name>', description: 'the platform that runs the manifests', choices: ['kubernetes', 'openshift'] },
    {
      flags: '--kube-version <version>',
      description: 'write only fields that this version of Kubernetes has',
      read: parseKubeVersion,
      hint: 'Write it as 1.30.',
    },
    { flags: '--config <path>', description: 'read this configuration instead of the .kharden.yaml above the files' },
    { flags: '--baseline <path>', description: 'leave out the findings of this file instead of .kharden-baseline.yaml' },
    {
      flags: '--exclude <globs>',
      description: 'do not change these files, besides those of .gitignore and .kharden-ignore',
      read: idList,
    },
    {
      flags: '--changed [commit]',
      description: 'change only what differs from a commit, HEAD by default; facts come from all files',
    },
    {
      flags: '--usage <path>',
      description:
        'take requests and limits from what containers used: kubectl top pod --containers, VerticalPodAutoscalers, Prometheus',
      read: another,
    },
    { flags: '--stdin-filename <path>', description: 'the path that the manifests on stdin have, for configuration and facts' },
    {
      flags: '--report-file <path>',
      description: 'append the summary and every finding to this file',
      variable: 'KHARDEN_REPORT_FILE',
    },
    { flags: '-q, --quiet', description: 'print only errors, without the summary' },
    { flags: '-v, --verbose', description: 'print every finding, and the reason of each change beside it in the diff' },
    { flags: '--color', description: 'use colour even when the output is not a terminal' },
    { flags: '--no-color', description: 'do not use colour' },
  ];
}

/** The formats that are written into a folder, as they are chosen. */
function folderIds(formats: Formats): string {
  return formats.flatMap((format) => ('loadFolder' in format ? `--format ${format.id}` : [])).join(' or ');
}

/** Adds to what earlier uses of the option gave. */
function another(text: string, before: unknown): readonly string[] {
  return [...listed(before), text];
}

/** Reads a list of ids separated by commas; adds to what an earlier use of the option gave. */
function idList(text: string, before: unknown): readonly string[] {
  const ids = text.split(',').map((id) => id.trim());
  return [...listed(before), ...ids.filter((id) => id !== '')];
}

function listed(before: unknown): readonly string[] {
  return (before ?? []) as readonly string[];
}
