/** The usual command lines, read without commander: loading it and telling it the options takes as long as a third of Node's start. */
import type { Formats } from '../../report/formats/index.ts';
import { VERSION } from '../../util/version.ts';
import { declaredOptions, type DeclaredOption } from './declared.ts';
import type { Request } from './request.ts';

/** The first words that are no paths. */
const COMMANDS: ReadonlySet<string> = new Set(['audit', 'completion', 'explain', 'help', 'init', 'learn', 'list']);

/**
 * What commander reads in arguments that only name paths and spell options out, or ask for the version alone; undefined for all others,
 * right or wrong.
 */
export function usualRequest(
  args: readonly string[],
  formats: Formats,
  environment: Readonly<Record<string, string | undefined>>,
): Request | undefined {
  if (args.length === 1 && VERSION_OPTIONS.has(args[0] ?? ''))
    return { task: { name: 'version', version: VERSION }, options: {} };
  const declared = declaredOptions(formats);
  if (declared.some(({ variable }) => variable !== undefined && environment[variable] !== undefined)) return undefined;
  const paths: string[] = [];
  const options: Record<string, unknown> = {};
  for (let index = 0; index < args.length; index++) {
    const arg = args[index] ?? '';
    if (arg === '-' || !arg.startsWith('-')) {
      if (paths.length === 0 && COMMANDS.has(arg)) return undefined;
      paths.push(arg);
      continue;
    }
    const option = declared.map(spelled).find(({ names }) => names.includes(arg));
    if (!option || option.value === 'may') return undefined;
    const { key, value } = option;
    if (value === 'none') options[key] = !option.isNegation;
    else {
      const given = valueOf(option.declared, args[++index], options[key]);
      if (given === undefined) return undefined;
      options[key] = given;
    }
  }
  return { task: { name: 'harden', paths }, options };
}

const VERSION_OPTIONS: ReadonlySet<string> = new Set(['-V', '--version']);

/** How an option is written, and where it is kept. */
interface Spelled {
  readonly declared: DeclaredOption;
  readonly names: readonly string[];
  readonly key: string;
  readonly isNegation: boolean;
  readonly value: 'none' | 'may' | 'must';
}

function spelled(declared: DeclaredOption): Spelled {
  const words = declared.flags.split(/,? /);
  const names = words.filter((word) => word.startsWith('-'));
  const [, no, name = ''] = /^--(no-)?(.*)/.exec(names.at(-1) ?? '') ?? [];
  return {
    declared,
    names,
    key: name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase()),
    isNegation: no !== undefined,
    value: words.length === names.length ? 'none' : words.at(-1)?.startsWith('[') ? 'may' : 'must',
  };
}

function valueOf({ choices, read }: DeclaredOption, text: string | undefined, before: unknown): unknown {
  if (text === undefined || text.startsWith('-') || (choices && !choices.includes(text))) return undefined;
  return read ? read(text, before) : text;
}
