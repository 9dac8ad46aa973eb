/** The texts in which the options of a container's program may stand: arguments, variables and the files of ConfigMaps. */
import type { OptionText } from '../../evidence/amounts/memory-asks.ts';
import type { Container } from '../../kubernetes/object.ts';
import { itemsAt, member, objectAt, path, stringAt, type JsonObject } from '../../util/json.ts';
import type { Facts } from '../../workspace/facts.ts';
import { mountedFiles } from '../basis/mounted-files.ts';

export interface Options {
  readonly texts: readonly OptionText[];
  /** The environment; undefined for a value that the inputs do not show. */
  readonly variables: ReadonlyMap<string, string | undefined>;
}

/** What a container is told, as far as its manifest and the ConfigMaps of the inputs show it. */
export function optionsOf(container: Container, facts: Facts): Options {
  const variables = environmentOf(container, facts);
  return {
    variables,
    texts: [
      ...argumentsOf(container.value),
      ...[...variables].flatMap(([variable, text]) => (text === undefined ? [] : [{ text, place: variable, variable }])),
      ...filesOf(container, facts),
    ],
  };
}

/** `command` and `args` are one command line. */
function argumentsOf(container: JsonObject): OptionText[] {
  const words = ['command', 'args'].flatMap((field) => itemsAt(container, field).filter((word) => typeof word === 'string'));
  return words.length === 0 ? [] : [{ text: words.join(' '), place: 'its arguments' }];
}

/**
 * The environment in the order of the kubelet: `envFrom` first, then `env`. A variable that follows the container's own limit
 * (`resourceFieldRef`) asks for nothing.
 */
function environmentOf(container: Container, facts: Facts): Map<string, string | undefined> {
  const { value } = container;
  const variables = new Map<string, string | undefined>();
  for (const source of itemsAt(value, 'envFrom')) {
    const name = stringAt(source, 'configMapRef', 'name');
    const prefix = stringAt(source, 'prefix') ?? '';
    for (const [key, text] of Object.entries(name === undefined ? {} : dataOf(name, container, facts)))
      variables.set(prefix + key, text);
  }
  for (const variable of itemsAt(value, 'env')) {
    const name = stringAt(variable, 'name');
    if (name === undefined || path(variable, 'valueFrom', 'resourceFieldRef') !== undefined) continue;
    variables.set(name, stringAt(variable, 'value') ?? valueFrom(variable, container, facts));
  }
  return variables;
}

function valueFrom(variable: Parameters<typeof path>[0], container: Container, facts: Facts): string | undefined {
  const source = path(variable, 'valueFrom');
  if (source === undefined) return typeof member(variable, 'value') === 'number' ? String(member(variable, 'value')) : '';
  const name = stringAt(source, 'configMapKeyRef', 'name');
  return name === undefined ? undefined : dataOf(name, container, facts)[stringAt(source, 'configMapKeyRef', 'key') ?? ''];
}

/** The texts of a ConfigMap by their keys; empty when the inputs do not hold it. */
function dataOf(name: string, { pod }: Container, facts: Facts): Record<string, string> {
  const data = objectAt(facts.object('ConfigMap', pod.object.namespace, name)?.value, 'data');
  return Object.fromEntries(Object.entries(data).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

/** The files of ConfigMaps and Secrets that it sees. */
function filesOf(container: Container, facts: Facts): OptionText[] {
  return mountedFiles(container, facts).map(({ path: at, text }) => ({ text, place: at, isFile: true }));
}
