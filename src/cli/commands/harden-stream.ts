/** A stream from stdin to stdout: a post-renderer, a filter in a pipe, or a KRM function when the stream is a ResourceList. */
import { fstatSync } from 'node:fs';
import { resolve } from 'node:path';
import { hardenWith } from '../../hardening.ts';
import type { Config } from '../../config/index.ts';
import type { FileResult } from '../../index.ts';
import { outputForEmptyInput } from '../../hosts/helm.ts';
import { readFunctionInput, withResults, type FunctionInput } from '../../hosts/krm.ts';
import type { Print } from '../../report/format.ts';
import { errorsOf, type Problem, type RunResult } from '../../report/result.ts';
import { printableLines } from '../../report/text.ts';
import { load } from '../files/load.ts';
import { loadConfigFor, type LoadedConfig } from '../files/load-config.ts';
import { invalidConfig, unusablePath } from '../files/problem.ts';
import { reasonOf } from '../files/reason.ts';
import { isLeftOut } from '../files/walk.ts';
import { expectWork } from './compiler.ts';
import { hardenGroup, unusedInAll, usageProblems } from './harden-files.ts';
import { exitCode, mergeOptions, type RunOptions } from '../arguments/options.ts';
import { NOTHING, refused, remark, type Outcome } from '../output/outcome.ts';

const NAME = 'stdin';

/**
 * Hardens stdin. With `--check`, `print` shows what would change, else the hardened stream goes to stdout; after an error, nothing.
 * Files at the paths `absent` count as if they were not there.
 */
export async function hardenStream(
  options: RunOptions,
  print: Print | undefined,
  absent: readonly string[] = [],
): Promise<Outcome> {
  let content: Buffer;
  try {
    content = await readStdin();
  } catch (error) {
    return refused(2, [unusablePath(NAME, reasonOf(error))]);
  }
  if (content.length === 0) {
    const output = options.check ? '' : outputForEmptyInput(process.env);
    return { ...remark(0, 'stdin was empty: nothing to harden'), stdout: () => [output] };
  }
  await expectWork(content.length);
  const input = content.includes('ResourceList') ? readFunctionInput(content.toString('utf8')) : undefined;
  return input ? runFunction(input, content, options, print) : runFilter(content, options, print, absent);
}

/** Reads stdin. Node reads a folder as an empty stream, which would hide the mistake. */
async function readStdin(): Promise<Buffer> {
  if (fstatSync(0).isDirectory()) throw Object.assign(new Error(), { code: 'EISDIR' });
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

async function runFilter(
  content: Buffer,
  options: RunOptions,
  print: Print | undefined,
  absent: readonly string[],
): Promise<Outcome> {
  const { stdinFilename: path } = options;
  const result = path === undefined ? unnamed(content, options) : await named({ path, content, absent }, options);
  if ('exitCode' in result) return result;
  const hasError = errorsOf(result).length > 0;
  const printer = options.check ? (print ?? printNothing) : streamPrinter((file) => file.output);
  return outcomeOf(result, exitCode(result, options), options, hasError ? printNothing : printer);
}

/** Hardens a stream by itself, with the configuration of the folder that kharden runs in. */
function unnamed(content: Buffer, options: RunOptions): RunResult | Outcome {
  const { config, problems } = loadConfigFor(process.cwd(), options.config);
  if (!config) return refused(2, problems);
  return hardened(content, config, problems, options);
}

/** A stream with the path that it stands for. */
interface NamedStream {
  readonly path: string;
  readonly content: Buffer;
  readonly absent: readonly string[];
}

/** Hardens a stream as if it were a file: with its configuration and the facts of its root. One that is left out stays as it is. */
async function named({ path, content, absent }: NamedStream, options: RunOptions): Promise<RunResult | Outcome> {
  const file = { path, real: resolve(path), bytes: content };
  const { groups, problems } = load(isLeftOut(path, false) ? [] : [file], {
    configPath: options.config,
    baselinePath: options.baseline,
    exclude: options.exclude ?? [],
    absent,
  });
  if (problems.some(({ severity }) => severity === 'error')) return refused(2, problems);
  const done = await Promise.all(groups.map((group) => hardenGroup(group, options)));
  const files = done.flatMap(({ hardened }) => hardened.map(({ result }) => result));
  return files.length > 0
    ? { problems: [...problems, ...unusedInAll(done, options)], files }
    : { ...NOTHING, stdout: () => [options.check ? '' : content.toString('utf8')] };
}

/**
 * The KRM contract: 1 for every error. The list then goes out unchanged, with the errors among its results.
 *
 * @see https://github.com/kubernetes-sigs/kustomize/blob/master/cmd/config/docs/api-conventions/functions-spec.md
 */
function runFunction(input: FunctionInput, content: Buffer, options: RunOptions, print: Print | undefined): Outcome {
  const { config, problems } = functionConfig(input, options);
  if (!config) return refused(1, problems);
  const result = hardened(content, config, problems, options);
  const code = exitCode(result, options);
  const printer = options.check ? (print ?? printNothing) : streamPrinter((file) => withResults(file, input));
  return outcomeOf(result, code === 0 ? 0 : 1, options, printer);
}

/** The `functionConfig` replaces a `.kharden.yaml`, and `--config` replaces both. */
function functionConfig({ config, problem }: FunctionInput, options: RunOptions): LoadedConfig {
  if (problem !== undefined) return { config: undefined, problems: [unusablePath(NAME, problem)] };
  if (!config || options.config !== undefined) return loadConfigFor(process.cwd(), options.config);
  return 'config' in config
    ? { config: config.config, problems: [] }
    : { config: undefined, problems: config.errors.map(invalidConfig) };
}

function hardened(content: Buffer, config: Config, problems: readonly Problem[], options: RunOptions): RunResult {
  const { files, unmatched } = hardenWith()([{ path: NAME, content }], mergeOptions(config, options));
  return { problems: [...problems, ...usageProblems(unmatched.usage, options)], files };
}

function outcomeOf(result: RunResult, code: number, { check }: RunOptions, print: Print): Outcome {
  return {
    exitCode: code,
    stdout: (context) => print(result, context),
    result,
    mode: check ? 'would change' : 'wrote',
    namesFiles: false,
    remarks: [],
  };
}

/** Prints the hardened stream; on a terminal without raw control characters. */
function streamPrinter(textOf: (file: FileResult) => string): Print {
  const shown = process.stdout.isTTY ? printableLines : String;
  return ({ files }) => files.map((file) => shown(textOf(file)));
}

const printNothing: Print = () => [];
