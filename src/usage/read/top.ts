/** What `kubectl top pod --containers` prints, with and without its header, of one namespace and of all (`-A`). */
import { parseQuantity } from '../../kubernetes/quantity.ts';
import type { MeasuredUsage } from '../usage.ts';
import { UsageProblem } from './problem.ts';

/** The headings that kubectl prints (k8s.io/kubectl, `metricsutil`, "PodColumns"), and what stands below. */
const COLUMNS = new Map([
  ['NAMESPACE', 'namespace'],
  ['POD', 'pod'],
  ['NAME', 'container'],
  ['CPU(cores)', 'cpu'],
  ['MEMORY(bytes)', 'memory'],
]);
const OF_ONE = ['pod', 'container', 'cpu', 'memory'];
const OF_ALL = ['namespace', ...OF_ONE];
const WITHOUT_CONTAINERS = 'the containers are missing: use kubectl top pod --containers';

interface Word {
  readonly text: string;
  readonly offset: number;
}

/** True for a text whose first line is one of `kubectl top`. */
export function isTop(text: string): boolean {
  const [first] = linesOf(text);
  const last = first?.at(-1)?.text ?? '';
  return first !== undefined && first.length > 2 && (last.endsWith('(bytes)') || parseQuantity(last) !== undefined);
}

/**
 * Reads the lines; several outputs may follow each other.
 *
 * @throws UsageProblem for a line of another kind
 */
export function readTop(text: string, origin: Pick<MeasuredUsage, 'source' | 'date'>): MeasuredUsage[] {
  const found: MeasuredUsage[] = [];
  let columns: readonly (string | undefined)[] | undefined;
  for (const words of linesOf(text)) {
    const [first] = words;
    // Below the line that --sum draws stands the total.
    if (first === undefined || /^_+$/.test(first.text)) break;
    if (words.some((word) => word.text === 'CPU(cores)')) {
      columns = words.map((word) => COLUMNS.get(word.text));
      if (!columns.includes('pod')) throw new UsageProblem(first.offset, WITHOUT_CONTAINERS);
    } else found.push(measured(words, columns ?? (words.length === OF_ALL.length ? OF_ALL : OF_ONE), origin));
  }
  return found;
}

function measured(
  words: readonly Word[],
  columns: readonly (string | undefined)[],
  origin: Pick<MeasuredUsage, 'source' | 'date'>,
): MeasuredUsage {
  const [first] = words;
  if (words.length === OF_ONE.length - 1 && columns === OF_ONE) throw new UsageProblem(first?.offset ?? 0, WITHOUT_CONTAINERS);
  if (words.length !== columns.length)
    throw new UsageProblem(first?.offset ?? 0, `${words.length} columns instead of ${columns.length}: ${EXPECTED}`);
  const word = (column: string): Word | undefined => words[columns.indexOf(column)];
  const namespace = word('namespace')?.text;
  const [cpu, memory] = [
    amount(word('cpu'), 'an amount of CPU such as 43m'),
    amount(word('memory'), 'an amount of memory such as 117Mi'),
  ];
  return {
    ...(namespace !== undefined && { namespace }),
    pod: word('pod')?.text ?? '',
    container: word('container')?.text ?? '',
    used: { ...(cpu !== undefined && { cpu }), ...(memory !== undefined && { memory }) },
    span: 'moment',
    ...origin,
  };
}

const EXPECTED = 'give what kubectl top pod --containers prints, as it is';

function amount(word: Word | undefined, wanted: string): string | undefined {
  if (word === undefined || word.text === '<unknown>') return undefined;
  if (!/^\d/.test(word.text) || !parseQuantity(word.text))
    throw new UsageProblem(word.offset, `${word.text} is not ${wanted}: ${EXPECTED}`);
  return word.text;
}

/** The words of each line that has some. */
function linesOf(text: string): Word[][] {
  return Array.from(text.matchAll(/[^\r\n]+/g), ({ 0: line, index }) =>
    Array.from(line.matchAll(/\S+/g), (word) => ({ text: word[0], offset: index + word.index })),
  ).filter((words) => words.length > 0);
}
