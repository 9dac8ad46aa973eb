/** The program's entry: runs it and turns the outcome into an exit code. No stack trace reaches a user. */
import { printable } from '../report/text.ts';
import { failureOf, reasonOf } from './files/reason.ts';
import { isAllWritten, usePlainStreams } from './output/plain-streams.ts';
import { run } from './run.ts';

usePlainStreams();

let hasFailed = false;

function fail(message: string): void {
  hasFailed = true;
  process.exitCode = 2;
  process.stderr.write(`kharden: ${printable(message)}\n`);
}

function failUnexpectedly(error: unknown): void {
  fail(failureOf(error));
  if (process.env['KHARDEN_DEBUG'] && error instanceof Error) process.stderr.write(`${error.stack}\n`);
}

// Whoever closes a pipe early (`| head -1`) wants no more output; the exit code still says what was found.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE' && !hasFailed) fail(`cannot write to stdout: ${reasonOf(error)}`);
});
process.stderr.on('error', () => {});
process.on('uncaughtException', failUnexpectedly);

/** Ends the process at once where it may: Node takes everything apart first otherwise. */
function end(): void {
  if (isAllWritten()) process.exit();
}

run(process.argv.slice(2))
  .then((code) => {
    if (!hasFailed) process.exitCode = code;
  }, failUnexpectedly)
  .then(end);
