/** The label of a container: what an expert wants it to be after hardening, and why. Label files are read strictly. */
import { parseDocument } from 'yaml';
import { isArray, isObject, type Json, type JsonObject } from '../../src/util/json.ts';

/** An amount that is wanted: `author`, `none`, `any`, or a comparison such as `>=3Gi`, `<=512Mi`, `=100Mi`. */
export type WantedAmount = string;

/** What is wanted of the requests or limits: one word for CPU and memory, or one for each. */
export type WantedAmounts = WantedAmount | Readonly<Partial<Record<'cpu' | 'memory', WantedAmount>>>;

/** A label; docs/contributing.md explains the keys. A key that is not there is not judged. */
export interface Label {
  readonly file: string;
  readonly workload: string;
  readonly container: string;
  readonly why: string;
  readonly user?: 'own' | 'high' | 'any' | 'assigned' | 'root' | 'author' | 'left';
  readonly uid?: number;
  readonly readOnlyRootFilesystem?: boolean | 'author';
  readonly allowPrivilegeEscalation?: false | 'author';
  readonly mounts?: readonly string[];
  readonly mayMount?: readonly string[];
  readonly unprivilegedPorts?: boolean;
  readonly token?: 'removed' | 'kept' | 'author';
  readonly account?: 'new' | 'kept';
  readonly limits?: WantedAmounts;
  readonly requests?: WantedAmounts;
  readonly capabilities?: readonly string[];
  readonly needsCapabilities?: readonly string[];
}

const AMOUNT = /^(?:author|none|any|(?:[<>]=|=)\d+(?:\.\d+)?(?:m|[KMGT]i?)?)$/;

/** What each key may hold, in words and as a check. */
const KEYS: Readonly<Record<keyof Label, readonly [words: string, holds: (value: Json) => boolean]>> = {
  file: ['a path below the corpus', isText],
  workload: [
    'kind/name or kind/namespace/name, with #n for the n-th document',
    (value) => isText(value) && /^\w+\/./.test(String(value)),
  ],
  container: ['the name of a container', isText],
  why: ['a sentence', isText],
  user: oneOf('own', 'high', 'any', 'assigned', 'root', 'author', 'left'),
  uid: ['a number above 0', (value) => typeof value === 'number' && value > 0],
  readOnlyRootFilesystem: oneOf(true, false, 'author'),
  allowPrivilegeEscalation: oneOf(false, 'author'),
  mounts: ['a list of absolute paths', isPaths],
  mayMount: ['a list of absolute paths', isPaths],
  unprivilegedPorts: oneOf(true, false),
  token: oneOf('removed', 'kept', 'author'),
  account: oneOf('new', 'kept'),
  limits: ['amounts', isAmounts],
  requests: ['amounts', isAmounts],
  capabilities: ['a list of capabilities', isCapabilities],
  needsCapabilities: ['a list of capabilities', isCapabilities],
};

const ALWAYS = ['file', 'workload', 'container', 'why'];

function oneOf(...values: readonly Json[]): [string, (value: Json) => boolean] {
  return [`one of ${values.join(', ')}`, (value) => values.includes(value)];
}

function isText(value: Json): boolean {
  return typeof value === 'string' && value.trim() !== '';
}

function isPaths(value: Json): boolean {
  return isArray(value) && value.every((path) => typeof path === 'string' && /^\/[^|]*(?:\|\/[^|]*)*$/.test(path));
}

function isCapabilities(value: Json): boolean {
  return isArray(value) && value.every((name) => typeof name === 'string' && /^[A-Z_]+$/.test(name));
}

function isAmounts(value: Json): boolean {
  if (!isObject(value)) return typeof value === 'string' && AMOUNT.test(value);
  const entries = Object.entries(value);
  return (
    entries.length > 0 && entries.every(([key, amount]) => /^(?:cpu|memory)$/.test(key) && isAmounts(amount) && isText(amount))
  );
}

/**
 * Reads the labels of a file.
 *
 * @returns the labels, in the order of the file
 * @throws Error with every fault of the file: text that is no YAML, unknown or missing keys, values that a key may not hold
 */
export function readLabels(text: string, path: string): Label[] {
  const document = parseDocument(text);
  const faults = document.errors.map(({ message }) => message);
  const entries = faults.length === 0 ? (document.toJS() as Json) : [];
  if (!isArray(entries)) throw new Error(`${path}: a label file is a list`);
  entries.forEach((entry, index) => faults.push(...faultsOf(entry).map((fault) => `label ${index + 1}: ${fault}`)));
  if (faults.length > 0) throw new Error(faults.map((fault) => `${path}: ${fault}`).join('\n'));
  return entries as unknown as Label[];
}

function faultsOf(entry: Json): string[] {
  if (!isObject(entry)) return ['is no map'];
  const faults = ALWAYS.filter((key) => entry[key] === undefined).map((key) => `${key} is missing`);
  if (Object.keys(entry).every((key) => ALWAYS.includes(key))) faults.push('it judges nothing');
  if ((entry['user'] === 'own') !== (entry['uid'] !== undefined)) faults.push('user: own and uid go together');
  if (entry['mayMount'] !== undefined && entry['mounts'] === undefined) faults.push('mayMount says nothing without mounts');
  return [...faults, ...faultyValues(entry)];
}

function faultyValues(entry: JsonObject): string[] {
  return Object.entries(entry).flatMap(([key, value]) => {
    if (!Object.hasOwn(KEYS, key)) return [`${key} is no key of a label`];
    const [words, holds] = KEYS[key as keyof Label];
    return holds(value) ? [] : [`${key} must be ${words}`];
  });
}
