/** The same manifest in other forms: each must get the same edit. */
import { stringify, type ToStringOptions } from 'yaml';
import type { HardenOptions } from '../../src/index.ts';
import { isArray, isObject, itemsAt, member, path, type Json, type JsonObject } from '../../src/util/json.ts';
import { isAtLeast } from '../../src/decisions/basis/settings.ts';
import { KINDS, podSpecKeys } from '../objects.ts';

/** One form of a manifest, and how to find the manifest's value in the hardened form. */
export interface Form {
  readonly name: string;
  readonly options: HardenOptions;
  /** The manifest in this form. */
  write(): string;
  /** The workload in the documents of the output. */
  workload(documents: readonly Json[]): Json | undefined;
}

const OTHER = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: other\ndata:\n  note: no workload\n';
const PLAIN = { version: '1.1', lineWidth: 0, blockQuote: false, aliasDuplicateObjects: false } as const;

/** All forms of a document with this text and value; forms without room for a new account leave that transform out. */
export function formsOf(text: string, value: JsonObject, options: HardenOptions): Form[] {
  const alone = { ...options, skip: [...(options.skip ?? []), 'dedicated-service-account'] };
  const isSame = (one: Json): boolean =>
    member(one, 'kind') === value['kind'] && path(one, 'metadata', 'name') === path(value, 'metadata', 'name');
  const find = (documents: readonly Json[]): Json | undefined => documents.find(isSame);
  const written = (name: string, write: () => string, given = options): Form => ({ name, options: given, write, workload: find });
  const printed = (name: string, style: ToStringOptions, given = options): Form =>
    written(name, () => stringify(value, { ...PLAIN, ...style }), given);
  return [
    written('CRLF', () => text.replace(/\r?\n/g, '\r\n')),
    written('byte order mark', () => `\uFEFF${text.replace(/^\uFEFF/, '')}`),
    written('no final newline', () => text.replace(/(?:\r?\n)+$/, '')),
    written('behind another document', () => `${OTHER}---\n${text.replace(/^\uFEFF/, '').replace(/^---.*\n/, '')}`),
    printed('flush lists', { indentSeq: false }),
    printed('indented lists', { indentSeq: true }),
    printed('four spaces', { indent: 4 }),
    written('trailing comments', () => stringify(value, PLAIN).replace(/\n/g, ' # note\n')),
    written('JSON', () => `${JSON.stringify(value, null, 2)}\n`, alone),
    written('compact JSON', () => JSON.stringify(value), alone),
    printed('flow', { collectionStyle: 'flow' }, alone),
    {
      name: 'in a List',
      options,
      write: () => stringify({ apiVersion: 'v1', kind: 'List', items: [value] }, PLAIN),
      workload: (documents) => itemsAt(documents[0], 'items').find(isSame),
    },
    ...inCronJob(value, alone),
  ];
}

/**
 * The pod of a built-in workload without annotations in a CronJob: compared by its spec, in the place that the workload had. Before
 * Kubernetes 1.19 hardening writes annotations too, which are no part of the spec.
 */
function inCronJob(value: JsonObject, options: HardenOptions): Form[] {
  const keys = podSpecKeys(String(value['kind']))?.slice(0, -1);
  const template = keys && path(value, ...keys);
  const isAnnotated =
    path(value, 'metadata', 'annotations') !== undefined || path(template, 'metadata', 'annotations') !== undefined;
  const isBuiltIn = KINDS.workloadOf(String(value['apiVersion']), String(value['kind']))?.isBuiltIn;
  const { kubeVersion } = options.settings ?? {};
  if (!isBuiltIn || (kubeVersion && !isAtLeast(kubeVersion, '1.19'))) return [];
  if (!keys || !isObject(template) || isAnnotated || member(path(value, 'spec'), 'volumeClaimTemplates') !== undefined) return [];
  const job = {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: value['metadata'] ?? {},
    spec: { jobTemplate: { spec: { template: { spec: template['spec'] ?? {} } } } },
  };
  return [
    {
      name: 'in a CronJob',
      options,
      write: () => stringify(job, PLAIN),
      workload: (documents) => withSpec(value, keys, path(documents[0], 'spec', 'jobTemplate', 'spec', 'template', 'spec')),
    },
  ];
}

function withSpec(value: Json, keys: readonly string[], spec: Json | undefined): Json {
  const [key, ...rest] = keys;
  if (!isObject(value) || isArray(value)) return value;
  if (key === undefined) return { ...value, spec: spec ?? null };
  return { ...value, [key]: withSpec(value[key] ?? null, rest, spec) };
}
