/** A stream from stdin to stdout: a post-renderer, a filter in a pipe, or a KRM function when the stream is a ResourceList. */
import { fstatSync } from 'node:fs';
import { harden, type HardenResult } from '../engine/index.ts';
import { readFunctionInput, withResults, type FunctionInput } from '../hosts/krm.ts';
import { loadConfigFor } from './load.ts';
import { mergeOptions } from './options.ts';
import { complain, complainAll, exitCode, painted, printFindings, printSummary, tell } from './print.ts';
import type { CliOptions } from './program.ts';
import { reasonOf } from './walk.ts';

const NAME = 'stdin';

/** Hardens stdin; gives the exit code. After an error nothing goes to stdout, so that no half output is applied. */
export async function hardenStream(options: CliOptions): Promise<number> {
  let content: Buffer;
  try {
    content = await readStdin();
  } catch (error) {
    complain(NAME, reasonOf(error), options);
    return 2;
  }
  if (content.length === 0) tell('kharden: stdin was empty, and so is the output');
  const input = content.includes('ResourceList') ? readFunctionInput(content.toString('utf8')) : undefined;
  return input ? runFunction(input, content, options) : runFilter(content, options);
}

/** Node takes a folder, or whatever else it cannot read, for an empty stream. */
async function readStdin(): Promise<Buffer> {
  if (fstatSync(0).isDirectory()) throw Object.assign(new Error(), { code: 'EISDIR' });
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function runFilter(content: Buffer, options: CliOptions): number {
  const { config, problems, configErrors } = loadConfigFor(process.cwd(), options.config);
  if (complainAll(problems, configErrors, options) || !config) return 2;
  const result = harden([{ path: NAME, content }], mergeOptions(config, options));
  const hasError = printFindings(result, options);
  if (!hasError) print(result, options);
  printSummary(result, options.check ? 'would change' : 'wrote', options);
  return exitCode(hasError, options, result);
}

/** The KRM contract: 1 for every error. The list then goes out unchanged, with the errors among its results. */
function runFunction(input: FunctionInput, content: Buffer, options: CliOptions): number {
  const { config, problems, configErrors } = configOf(input, options);
  if (complainAll(problems, configErrors, options) || !config) return 1;
  const result = harden([{ path: NAME, content }], mergeOptions(config, options));
  const hasError = printFindings(result, options);
  if (options.check) print(result, options);
  else for (const file of result.files) process.stdout.write(withResults(file, input));
  printSummary(result, options.check ? 'would change' : 'wrote', options);
  return exitCode(hasError, options, result) === 0 ? 0 : 1;
}

/** The `functionConfig` takes the place of a `.kharden.yaml`, and `--config` the place of both. */
function configOf({ config, problem }: FunctionInput, options: CliOptions): ReturnType<typeof loadConfigFor> {
  if (problem !== undefined) return { config: undefined, problems: [{ path: NAME, message: problem }], configErrors: [] };
  if (!config || options.config !== undefined) return loadConfigFor(process.cwd(), options.config);
  return 'config' in config ? { ...config, problems: [], configErrors: [] } : { config: undefined, problems: [], configErrors: config.errors };
}

function print(result: HardenResult, options: CliOptions): void {
  for (const file of result.files) process.stdout.write(options.check ? painted(file, options) : file.output);
}
