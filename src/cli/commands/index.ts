/** What the program can do: everything that it loads only when it is asked for. */
import type { Print, TextFormat } from '../../report/format.ts';
import { folderFormat, type Formats } from '../../report/formats/index.ts';
import type { Shell } from '../completion/shells.ts';
import { hardenFiles } from './harden-files.ts';
import { hardenStream } from './harden-stream.ts';
import { writeInitialConfig } from './init.ts';
import type { CliOptions, RunOptions } from '../arguments/options.ts';
import { refused, remark, text, type Outcome } from '../output/outcome.ts';
import { isStream, type Task } from '../arguments/request.ts';
import { unknownTransform } from '../arguments/transform-ids.ts';

/** Does what the user asked for, once the arguments are known to be right. */
export async function perform(task: Exclude<Task, { name: 'version' }>, options: CliOptions, formats: Formats): Promise<Outcome> {
  switch (task.name) {
    case 'harden':
      return harden(task.paths, options, formats);
    case 'audit': {
      const ready = await prepared(options);
      return 'exitCode' in ready ? ready : (await import('./audit.ts')).audit(task, ready, formats);
    }
    case 'init':
      return writeInitialConfig();
    case 'explain':
      return (await import('./explain.ts')).explain(task.id);
    case 'list':
      return (await import('./explain.ts')).list();
    case 'learn': {
      // What reads images is needed for nothing else.
      const { learn } = await import('../learn/learn.ts');
      return learn(task.words, task.learning, options);
    }
    case 'completion':
      return text(await completion(task.shell, formats));
  }
}

async function completion(shell: Shell, formats: Formats): Promise<string> {
  const { completionFor } = await import('../completion/index.ts');
  const { createProgram } = await import('../arguments/program.ts');
  const program = createProgram(formats, () => {});
  return completionFor(shell, program);
}

async function harden(paths: readonly string[], given: CliOptions, formats: Formats): Promise<Outcome> {
  const options = await prepared(given);
  if ('exitCode' in options) return options;
  const folder = folderFormat(formats, options.format);
  if (folder && options.out !== undefined)
    return (await import('./harden-folder.ts')).hardenIntoFolder(paths, options, options.out, folder);
  const print = await printerFor(options, formats);
  return isStream(paths) ? hardenStream(options, print) : hardenFiles(paths, options, print);
}

/** The options with what the files of `--usage` say, or the outcome of a mistake in them. */
async function prepared(options: CliOptions): Promise<RunOptions | Outcome> {
  const mistake = unknownTransform(options) ?? (await unknownFinding(options));
  if (mistake !== undefined) return remark(2, mistake);
  if (options.usage === undefined) return options;
  // What reads usage is needed for nothing else.
  const { usage, problems } = (await import('./load-usage.ts')).loadUsage(options.usage);
  return problems.length > 0 ? refused(2, problems) : { ...options, containerUsage: usage };
}

/** What shows on stdout what changes; undefined when nothing does: `--write` and `--check` tell it in their summary. */
async function printerFor(options: CliOptions, formats: Formats): Promise<Print | undefined> {
  const { format, diff, stat, listDifferent: isList, write, check, verbose } = options;
  if (isList) return (await import('../../report/terminal/stat.ts')).listDifferent;
  if (stat) return (await import('../../report/terminal/stat.ts')).statLines;
  if (format === undefined && !diff && (write || check)) return undefined;
  const chosen = formats.find((one): one is TextFormat => one.id === format && 'load' in one) ?? formats[0];
  if (verbose && chosen === formats[0]) return (await import('../../report/terminal/explained-diff.ts')).explainedDiff;
  return chosen.load();
}

/** What is wrong with the ids of `--fail-on`; undefined when all are known. */
async function unknownFinding({ failOn }: CliOptions): Promise<string | undefined> {
  if (failOn === undefined) return undefined;
  const { isFinding, nearestId } = await import('../../report/explain/ids.ts');
  const unknown = failOn.find((id) => !SEVERITIES.includes(id) && !isFinding(id));
  if (failOn.length > 0 && unknown === undefined) return undefined;
  if (unknown === undefined) return '--fail-on names no finding: kharden list shows them';
  const nearest = nearestId(unknown);
  return `--fail-on: unknown finding ${unknown}: ${nearest === undefined ? 'kharden list shows them' : `did you mean ${nearest}?`}`;
}

const SEVERITIES: readonly string[] = ['warning', 'info'];
