/** Creates objects as `kubectl create` does: the server reads the very text, takes no field that it does not know, and may warn. */
import { parse } from 'yaml';
import { ask, get, type Json } from './api.ts';

/** What the API server said: the objects that it refused, and its warnings. */
export interface Said {
  readonly failures: readonly string[];
  readonly warnings: readonly string[];
}

/**
 * Creates the objects of a text in their order.
 *
 * @param text documents of YAML
 * @param namespace where the objects are that name no namespace of their own
 * @param query what is asked for besides, such as `dryRun=All`
 */
export async function createObjects(text: string, namespace: string, query = ''): Promise<Said> {
  const said = { failures: [] as string[], warnings: [] as string[] };
  for (const document of text.split(/^---.*$/m)) {
    const object = parse(document) as Json | null;
    if (object?.['kind'] === undefined) continue;
    const path = await pathOf(object, namespace);
    if (path === undefined) {
      said.failures.push(`the server knows no ${object['kind']} of ${object['apiVersion']}`);
      continue;
    }
    const answer = await ask('POST', `${path}?fieldValidation=Strict&${query}`, document, 'application/yaml');
    said.warnings.push(...answer.warnings);
    if (answer.status !== 201) said.failures.push(`${object['kind']} ${object['metadata']?.name}: ${answer.body}`);
  }
  return said;
}

const resources = new Map<string, readonly Json[]>();

/** Where objects of this kind are created; undefined when the server knows none. */
async function pathOf({ apiVersion, kind, metadata }: Json, namespace: string): Promise<string | undefined> {
  const group = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  const isOne = ({ name, kind: other }: Json): boolean => other === kind && !name.includes('/');
  let found = resources.get(group)?.find(isOne);
  if (found === undefined) {
    resources.set(group, ((await get(group))?.['resources'] ?? []) as Json[]);
    found = resources.get(group)?.find(isOne);
  }
  if (found === undefined) return undefined;
  return found['namespaced']
    ? `${group}/namespaces/${metadata?.namespace ?? namespace}/${found['name']}`
    : `${group}/${found['name']}`;
}
