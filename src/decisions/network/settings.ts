/** What the settings of a pod name: the hosts in its variables, arguments and configuration, and what is hidden. */
import { hostsIn, type NamedHost, type Setting } from '../../evidence/hosts.ts';
import { dataFilesOf } from '../../kubernetes/data-files.ts';
import type { Container, Pod } from '../../kubernetes/object.ts';
import { itemsAt, path, stringAt, type Json } from '../../util/json.ts';
import type { Facts } from '../../workspace/facts.ts';

export interface NamedHosts {
  readonly hosts: readonly NamedHost[];
  /** A ConfigMap or Secret that is not among the files and may hold addresses, as `Secret database`. */
  readonly hidden: string | undefined;
}

/** Names of variables that hold an address, or a text with one. */
const HOLDS_ADDRESS = /(?:host|server|addr(?:ess)?|ur[il]s?|endpoints?|dsn|brokers?|connection(?:_?string)?|bootstrap)(?:$|_)/i;
/** Volumes of certificates and keys. */
const HOLDS_KEYS =
  /(?:^|[-_./])(?:tls|certs?|certificates?|ssl|ca|pki|keys?|token|password|credentials?|kube-root-ca)(?:$|[-_./])/i;

/** One source of settings: its text, or where it is missing. */
type Found = Setting | { readonly missing: string };

/** The hosts that the settings of a pod name. */
export function namedHosts(pod: Pod, facts: Facts): NamedHosts {
  const found = [...pod.containers.flatMap((one) => ofContainer(one, facts)), ...ofVolumes(pod, facts)];
  const missing = found.find((one) => 'missing' in one);
  return {
    hosts: found.flatMap((one) => ('missing' in one ? [] : hostsIn(one))),
    hidden: missing && 'missing' in missing ? missing.missing : undefined,
  };
}

function ofContainer({ value, pod }: Container, facts: Facts): Found[] {
  const words = [...itemsAt(value, 'command'), ...itemsAt(value, 'args')].filter((word) => typeof word === 'string');
  const env = withPorts(itemsAt(value, 'env').flatMap((variable) => ofVariable(variable, pod, facts)));
  const envFrom = itemsAt(value, 'envFrom').flatMap((source) => [
    ...ofData('ConfigMap', path(source, 'configMapRef'), pod, facts),
    ...ofData('Secret', path(source, 'secretRef'), pod, facts),
  ]);
  return [{ text: words.join(' ') }, ...env, ...envFrom];
}

const HOST_VARIABLE = /^(.*?)_?(?:HOST|HOSTNAME|SERVER|ADDR|ADDRESS)$/i;

/** Many programs take the port of a host from a variable of its own: `DB_HOST` and `DB_PORT`. */
function withPorts(found: readonly Found[]): Found[] {
  const portOf = (prefix: string): string | undefined => {
    const port = found.find((one) => 'text' in one && one.name?.toUpperCase() === `${prefix}_PORT`.toUpperCase());
    return port && 'text' in port && /^\d+$/.test(port.text) ? port.text : undefined;
  };
  return found.map((one) => {
    const [, prefix] = ('text' in one && HOST_VARIABLE.exec(one.name ?? '')) || [];
    const port = prefix ? portOf(prefix) : undefined;
    return port !== undefined && 'text' in one && /^[\w.-]+$/.test(one.text) ? { ...one, text: `${one.text}:${port}` } : one;
  });
}

function ofVariable(variable: Json, pod: Pod, facts: Facts): Found[] {
  const name = stringAt(variable, 'name') ?? '';
  const text = stringAt(variable, 'value');
  if (text !== undefined) return [{ text, name }];
  const references = [
    ['ConfigMap', path(variable, 'valueFrom', 'configMapKeyRef')],
    ['Secret', path(variable, 'valueFrom', 'secretKeyRef')],
  ] as const;
  return references.flatMap(([kind, reference]): Found[] => {
    if (reference === undefined) return [];
    const value = dataOf(kind, reference, pod, facts)?.get(stringAt(reference, 'key') ?? '');
    if (value !== undefined) return [{ text: value, name }];
    return HOLDS_ADDRESS.test(name) ? [{ missing: labelOf(kind, reference) }] : [];
  });
}

/** All keys of a ConfigMap or a Secret as variables. */
function ofData(kind: 'ConfigMap' | 'Secret', reference: Json | undefined, pod: Pod, facts: Facts): Found[] {
  if (reference === undefined) return [];
  const data = dataOf(kind, reference, pod, facts);
  if (!data) return [{ missing: labelOf(kind, reference) }];
  return [...data].map(([name, text]) => (text.includes('\n') ? { text, isFile: true } : { text, name }));
}

function ofVolumes({ spec, object, containers }: Pod, facts: Facts): Found[] {
  const pod = { object };
  return itemsAt(spec, 'volumes').flatMap((volume): Found[] => {
    const sources = [volume, ...itemsAt(volume, 'projected', 'sources')];
    const name = stringAt(volume, 'name') ?? '';
    const places = containers.flatMap(({ value }) =>
      itemsAt(value, 'volumeMounts').flatMap((mount) =>
        stringAt(mount, 'name') === name ? (stringAt(mount, 'mountPath') ?? []) : [],
      ),
    );
    return sources.flatMap((source) =>
      (['ConfigMap', 'Secret'] as const).flatMap((kind): Found[] => {
        const reference = path(source, kind === 'Secret' ? 'secret' : 'configMap');
        if (reference === undefined) return [];
        const data = dataOf(kind, reference, pod, facts);
        if (data) return [...data.values()].map((text) => ({ text, isFile: true }));
        const holdsKeys = [name, nameOf(reference), ...places].some((one) => HOLDS_KEYS.test(one));
        return holdsKeys ? [] : [{ missing: labelOf(kind, reference) }];
      }),
    );
  });
}

function dataOf(
  kind: 'ConfigMap' | 'Secret',
  reference: Json,
  { object }: Pick<Pod, 'object'>,
  facts: Facts,
): ReadonlyMap<string, string> | undefined {
  const found = facts.object(kind, object.namespace, nameOf(reference));
  return found && dataFilesOf(found.value);
}

function nameOf(reference: Json): string {
  return stringAt(reference, 'name') ?? stringAt(reference, 'secretName') ?? '';
}

function labelOf(kind: string, reference: Json): string {
  return `${kind} ${nameOf(reference)}`;
}
