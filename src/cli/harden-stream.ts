/** A stream from stdin to stdout: a post-renderer, a filter in a pipe, or a KRM function when the stream is a ResourceList. */
import { fstatSync } from 'node:fs';
import type { Config } from '../config/index.ts';
import { harden } from '../index.ts';
import { outputForEmptyInput } from '../hosts/helm.ts';
import { readFunctionInput, withResults, type FunctionInput } from '../hosts/krm.ts';
import { loadConfigFor } from './files/load.ts';
import { exitCode, mergeOptions } from './options.ts';
import type { Output } from './output.ts';
import type { CliOptions } from './program.ts';
import { reasonOf } from './files/reason.ts';

const NAME = 'stdin';

/** Hardens stdin; gives the exit code. After an error nothing goes to stdout, so that no half output is applied. */
export async function hardenStream(options: CliOptions, output: Output): Promise<number> {
  let content: Buffer;
  try {
    content = await readStdin();
  } catch (error) {
    output.pathProblems([{ path: NAME, message: reasonOf(error) }]);
    return 2;
  }
  if (content.length === 0) {
    output.remark('stdin was empty: nothing to harden');
    if (!options.check) output.document(outputForEmptyInput(process.env));
    return 0;
  }
  const input = content.includes('ResourceList') ? readFunctionInput(content.toString('utf8')) : undefined;
  return input ? runFunction(input, content, options, output) : runFilter(content, options, output);
}

/** Node takes a folder, or whatever else it cannot read, for an empty stream. */
async function readStdin(): Promise<Buffer> {
  if (fstatSync(0).isDirectory()) throw Object.assign(new Error(), { code: 'EISDIR' });
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function runFilter(content: Buffer, options: CliOptions, output: Output): number {
  const config = usable(loadConfigFor(process.cwd(), options.config), output);
  if (!config) return 2;
  const result = harden([{ path: NAME, content }], mergeOptions(config, options));
  const hasError = output.findings(result);
  if (!hasError) {
    for (const file of result.files) {
      if (options.check) output.diff(file);
      else output.document(file.output);
    }
  }
  output.summary(result, options.check ? 'would change' : 'wrote');
  return exitCode(hasError, options, result);
}

/** The KRM contract: 1 for every error. The list then goes out unchanged, with the errors among its results. */
function runFunction(input: FunctionInput, content: Buffer, options: CliOptions, output: Output): number {
  const config = usable(configOf(input, options), output);
  if (!config) return 1;
  const result = harden([{ path: NAME, content }], mergeOptions(config, options));
  const hasError = output.findings(result);
  for (const file of result.files) {
    if (options.check) output.diff(file);
    else output.document(withResults(file, input));
  }
  output.summary(result, options.check ? 'would change' : 'wrote');
  return exitCode(hasError, options, result) === 0 ? 0 : 1;
}

/** The `functionConfig` takes the place of a `.kharden.yaml`, and `--config` the place of both. */
function configOf({ config, problem }: FunctionInput, options: CliOptions): ReturnType<typeof loadConfigFor> {
  if (problem !== undefined) return { config: undefined, problems: [{ path: NAME, message: problem }], configErrors: [] };
  if (!config || options.config !== undefined) return loadConfigFor(process.cwd(), options.config);
  return 'config' in config
    ? { ...config, problems: [], configErrors: [] }
    : { config: undefined, problems: [], configErrors: config.errors };
}

/** The configuration, unless something is wrong with it; that is said. */
function usable({ config, problems, configErrors }: ReturnType<typeof loadConfigFor>, output: Output): Config | undefined {
  const hasPathError = output.pathProblems(problems);
  return output.configErrors(configErrors) || hasPathError ? undefined : config;
}
