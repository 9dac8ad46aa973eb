/** Windows pods: the API server refuses Linux fields on them, and the kubelet of a Windows node ignores or rejects them. */
import { isObject, itemsAt, member, path, stringAt, type Json, type JsonObject } from '../util/json.ts';

const OS_LABELS = ['kubernetes.io/os', 'beta.kubernetes.io/os'];

/**
 * True when the pod says that it runs on Windows: `os.name`, a node selector, a required node affinity, or a HostProcess container,
 * which only Windows has.
 */
export function isWindows(spec: JsonObject): boolean {
  if (stringAt(spec, 'os', 'name') === 'windows' || hasHostProcess(spec)) return true;
  if (OS_LABELS.some((label) => path(spec, 'nodeSelector', label) === 'windows')) return true;
  const terms = itemsAt(spec, 'affinity', 'nodeAffinity', 'requiredDuringSchedulingIgnoredDuringExecution', 'nodeSelectorTerms');
  return terms.length > 0 && terms.every(demandsWindows);
}

function hasHostProcess(spec: JsonObject): boolean {
  const all = [spec, ...itemsAt(spec, 'initContainers'), ...itemsAt(spec, 'containers')];
  return all.some((one) => path(one, 'securityContext', 'windowsOptions', 'hostProcess') === true);
}

/** Terms are alternatives, the expressions of one term all hold. */
function demandsWindows(term: Json): boolean {
  return itemsAt(term, 'matchExpressions').some((expression) => {
    const values = itemsAt(expression, 'values');
    return (
      isObject(expression) &&
      OS_LABELS.includes(String(member(expression, 'key'))) &&
      member(expression, 'operator') === 'In' &&
      values.length > 0 &&
      values.every((value) => value === 'windows')
    );
  });
}
