/** One run of the program, from its arguments to its exit code. What hardens is loaded only when it is needed. */
import { FORMATS, type Formats } from '../report/formats/index.ts';
import { failureOf, isMistake, reasonOf } from './files/reason.ts';
import type { CliOptions } from './arguments/options.ts';
import { NOTHING, remark, text, type Outcome } from './output/outcome.ts';
import { printOutcome, reportLines } from './output/print.ts';
import { usualRequest } from './arguments/usual.ts';
import { appendLines } from './output/report-file.ts';
import { mistakeIn, type Request } from './arguments/request.ts';

/** Runs the program with the arguments after its name; gives the exit code. */
export async function run(args: readonly string[], formats: Formats = FORMATS): Promise<number> {
  const request = usualRequest(args, formats, process.env) ?? (await readByCommander(args, formats));
  const { options } = request;
  // Whether the report can be written must be known before any file is changed.
  const unusable = append(NOTHING, options.reportFile);
  if (unusable) return finish(unusable, options);
  const outcome = await outcomeOf(request, formats).catch((error: unknown) => {
    const failure = remark(2, failureOf(error));
    if (isMistake(error)) return failure;
    append(failure, options.reportFile);
    throw error;
  });
  const code = finish(outcome, options);
  const lost = append(outcome, options.reportFile);
  return lost ? finish(lost, options) : code;
}

async function readByCommander(args: readonly string[], formats: Formats): Promise<Request> {
  const { readRequest } = await import('./arguments/program.ts');
  return readRequest(args, formats);
}

function finish(outcome: Outcome, options: CliOptions): number {
  printOutcome(outcome, options);
  return outcome.exitCode;
}

async function outcomeOf(request: Request, formats: Formats): Promise<Outcome> {
  const mistake = mistakeIn(request, formats);
  if (mistake !== undefined) return remark(2, mistake);
  if (!request.task) return NOTHING;
  if (request.task.name === 'version') return text(`${request.task.version}\n`);
  const { perform } = await import('./commands/index.ts');
  return perform(request.task, request.options, formats);
}

/** Appends an outcome to the report, if there is one; gives what to print when that fails. */
function append(outcome: Outcome, path: string | undefined): Outcome | undefined {
  try {
    if (path) appendLines(path, reportLines(outcome));
    return undefined;
  } catch (error) {
    return remark(2, `--report-file ${path}: ${reasonOf(error)}`);
  }
}
