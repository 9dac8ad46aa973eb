/** How much memory the options of a program ask for, from the texts of a manifest: arguments, variables and files. */
import {
  MEMORY_OPTIONS,
  NO_MEMORY,
  OVERHEADS,
  PART_OF_NAME,
  type MemoryKind,
  type MemoryOption,
  type Overhead,
} from './memory-options.ts';
import { MIB, parseSize } from './sizes.ts';

/** A text in which options may stand. */
export interface OptionText {
  readonly text: string;
  /** Where it stands, for people: `args`, `ES_JAVA_OPTS`, `my.cnf in the ConfigMap db`. */
  readonly place: string;
  /** The name of the variable whose value it is. */
  readonly variable?: string;
  /** True for a file, in which only names that one program has are looked for. */
  readonly isFile?: boolean;
}

/** What the options of a container ask for. */
export interface MemoryAsks {
  /** Bytes that the container needs with what comes on top; zero when no option says anything. */
  readonly need: number;
  /** Why, as a clause; empty when `need` is zero. */
  readonly why: string;
  /** Bytes that a JVM takes at its start (`-Xms`). */
  readonly initial: number;
  /** An option whose value the inputs do not show. */
  readonly hidden: string | undefined;
}

interface Ask extends Overhead {
  readonly kind: MemoryKind | 'initial heap';
  /** Bytes; undefined when the inputs do not show them. */
  readonly size: number | undefined;
  /** `-Xmx3g in ES_JAVA_OPTS`. */
  readonly quote: string;
}

const NOTHING_ASKED: MemoryAsks = { need: 0, why: '', initial: 0, hidden: undefined };

/** Variables that options stand in: one whose value the inputs do not show may ask for anything. */
const OPTION_VARIABLE = /(?:^|_)(?:JAVA|JVM|JDK|CATALINA|NODE|HEAP)_(?:TOOL_)?(?:OPTS|OPTIONS|ARGS|SIZE)$|_HEAP$|^GOMEMLIMIT$/;
/** Programs that keep as much outside their heap as in it. */
const SEARCH = /elasticsearch|opensearch/;

/**
 * @param texts those of one container
 * @param variables its environment as far as the inputs show it: undefined for a value that they do not
 * @param program the name of its image, by which options of one letter are understood
 */
export function memoryAsks(
  texts: readonly OptionText[],
  variables: ReadonlyMap<string, string | undefined>,
  program: string,
): MemoryAsks {
  const asks = texts.flatMap((text) => (mayAsk(text) ? asksIn(text, variables, program) : []));
  if (asks.length === 0 && variables.size === 0) return NOTHING_ASKED;
  const sized = asks.filter((ask): ask is Ask & { size: number } => ask.size !== undefined);
  const largest = [...new Set(sized.map(({ kind }) => kind))]
    .filter((kind) => kind !== 'initial heap')
    .map((kind) => sized.filter((ask) => ask.kind === kind).reduce((most, ask) => (ask.size > most.size ? ask : most)));
  const hiddenVariable = [...variables].find(([name, value]) => value === undefined && OPTION_VARIABLE.test(name));
  return {
    need: largest.reduce((sum, { size, factor, plus }) => sum + Math.ceil(size * factor + plus), 0),
    why: largest.map(({ quote, why }) => `${quote}: ${why}`).join('; '),
    initial: Math.max(0, ...sized.filter(({ kind }) => kind === 'initial heap').map(({ size }) => size)),
    hidden: asks.find(({ size }) => size === undefined)?.quote ?? hiddenVariable?.[0],
  };
}

/** A size, or what stands in its place. */
const SIZE_OR_HIDDEN = /[\d${<]/;

/** False for a text in which no option can stand: it has no part of a name, or no value. */
function mayAsk({ text, variable = '' }: OptionText): boolean {
  return SIZE_OR_HIDDEN.test(text) && (PART_OF_NAME.test(text) || PART_OF_NAME.test(variable));
}

function asksIn(source: OptionText, variables: ReadonlyMap<string, string | undefined>, program: string): Ask[] {
  const { text, variable, place, isFile = false } = source;
  const tokens = (isFile || text.includes('\n') ? withoutComments(text) : text)
    .split(/[\s"'`,;[\]]+/)
    .filter((token) => !/^[=:]?$/.test(token));
  const isProgram = (name: string): boolean => program.includes(name) || tokens.some((token) => token.endsWith(name));
  const settings = tokens.flatMap((token, index) => settingsOf(token, tokens[index + 1]));
  const named = variable === undefined ? settings : [{ name: variable, value: text.trim(), quote: variable }, ...settings];
  const isSearch = SEARCH.test(program) || /^(?:ES|OPENSEARCH)_/.test(variable ?? '');
  return named.flatMap(({ name, value, quote }) => {
    const found = askOf(name, expand(value, variables), { isFile, isSearch, isProgram });
    return found ? [{ ...found, quote: quote === place ? `${quote}=${value}` : `${quote} in ${place}` }] : [];
  });
}

function withoutComments(text: string): string {
  return text.replace(/^\s*(?:[#;!]|\/\/|--\s).*$/gm, '').replace(/\s#.*$/gm, '');
}

interface Setting {
  readonly name: string;
  readonly value: string;
  readonly quote: string;
}

/** What a word sets: itself (`-Xmx3g`, `--name=value`), or together with the next word (`--maxmemory 2gb`, `maxmemory 2gb`). */
function settingsOf(token: string, next: string | undefined): Setting[] {
  const [, letter, size] = /^-Xm([xs])(.+)$/.exec(token) ?? [];
  if (letter !== undefined && size !== undefined) return [{ name: `Xm${letter}`, value: size, quote: token }];
  const [, name, value] = /^([^=]+)=(.+)$/.exec(token) ?? [];
  if (name !== undefined && value !== undefined) return [{ name, value, quote: token }, ...settingsOf(value, next)];
  const [, short, number] = /^-([a-z])(\d+)$/.exec(token) ?? [];
  if (short !== undefined && number !== undefined) return [{ name: short, value: number, quote: token }];
  if (next === undefined || next.startsWith('-')) return [];
  return [{ name: token.replace(/[=:]$/, ''), value: next.replace(/^=/, ''), quote: `${token} ${next}` }];
}

interface Reading {
  readonly isFile: boolean;
  readonly isSearch: boolean;
  isProgram(name: string): boolean;
}

function askOf(name: string, value: string, reading: Reading): Omit<Ask, 'quote'> | undefined {
  if (name === 'Xmx') return sized(reading.isSearch ? 'search heap' : 'heap', value, 1);
  if (name === 'Xms' || name === '-XX:InitialHeapSize') return initialHeap(value);
  if (name === '-XX:MaxRAMPercentage') return shareOfLimit(value);
  const normal = name.toLowerCase().replace(/^-+/, '').replace(/[-_]+/g, '-');
  if (NO_MEMORY.test(normal)) return undefined;
  const row = MEMORY_OPTIONS.find((one) => fits(one, normal, reading));
  return row && sized(row.kind === 'heap' && reading.isSearch ? 'search heap' : row.kind, value, bareUnit(row, value));
}

function fits({ name, program, isGeneral = false }: MemoryOption, normal: string, { isFile, isProgram }: Reading): boolean {
  return name.test(normal) && !(isFile && isGeneral) && (program === undefined || isProgram(program));
}

/** A bare number of megabytes that would be more than a terabyte is a number of bytes. */
function bareUnit({ bare }: MemoryOption, value: string): number | undefined {
  return bare === MIB && Number(value) > 2 ** 20 ? 1 : bare;
}

function sized(kind: MemoryKind, value: string, bare: number | undefined): Omit<Ask, 'quote'> | undefined {
  const size = parseSize(value, bare);
  if (size === undefined && !isHidden(value)) return undefined;
  return size === 0 ? undefined : { kind, size, ...OVERHEADS[kind] };
}

function initialHeap(value: string): Omit<Ask, 'quote'> | undefined {
  const size = parseSize(value, 1);
  return size === undefined ? undefined : { kind: 'initial heap', size, factor: 1, plus: 0, why: '' };
}

/** What a JVM needs beside its heap must fit into the rest of the limit. */
function shareOfLimit(value: string): Omit<Ask, 'quote'> | undefined {
  const share = Number(value) / 100;
  if (!(share > 0) && !isHidden(value)) return undefined;
  const beside = 256 * MIB;
  const size = share < 0.95 ? Math.round(beside / (1 - share)) : undefined;
  return {
    kind: 'heap',
    size,
    factor: 1,
    plus: 0,
    why: 'a JVM needs about 256Mi beside its heap (code cache, metaspace, threads)',
  };
}

function isHidden(value: string): boolean {
  return /[${<]/.test(value);
}

/** A value with its variables: `$(NAME)` as the kubelet expands it, `${NAME}`, `$NAME` and `${NAME:-default}` as a shell does. */
function expand(value: string, variables: ReadonlyMap<string, string | undefined>): string {
  return value.replace(
    /\$\((\w+)\)|\$\{(\w+)(?::?-([^}]*))?\}|\$([A-Za-z_]\w*)/g,
    (written, inBrackets?: string, inBraces?: string, byDefault?: string, plain?: string) =>
      variables.get(inBrackets ?? inBraces ?? plain ?? '') ?? byDefault ?? written,
  );
}
