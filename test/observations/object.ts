/** Objects and pods for tests of what is observed in them. */
import { parseDocument } from 'yaml';
import { kindsOf, type CustomWorkload } from '../../src/kubernetes/kinds.ts';
import type { KubernetesObject, Pod } from '../../src/kubernetes/object.ts';
import type { JsonObject } from '../../src/util/json.ts';
import { readObjects } from '../objects.ts';

/** Reads the text of one object; `custom` are kinds with pods besides the built-in ones. */
export function objectOf(text: string, custom: readonly CustomWorkload[] = []): KubernetesObject {
  const [object] = readObjects(parseDocument(text).toJS() as JsonObject, { kinds: kindsOf(custom) });
  if (!object) throw new Error(`no object in ${text}`);
  return object;
}

/** A Pod with fields of its spec besides one container `web`, and with fields of that container. */
export function podOf(spec: string, container = '', metadata = 'name: a'): Pod {
  const fields = container === '' ? '' : `, ${container}`;
  const rest = spec === '' ? '' : `, ${spec}`;
  const text = `{apiVersion: v1, kind: Pod, metadata: {${metadata}}, spec: {containers: [{name: web, image: a${fields}}]${rest}}}`;
  const [pod] = objectOf(text).pods;
  if (!pod) throw new Error(`no pod in ${text}`);
  return pod;
}
