/** ServiceAccount documents: the token goes when no workload that uses the account needs it. */
import { apiReason, namedAccount } from '../decisions/account.ts';
import { member, stringAt, type JsonObject } from '../json.ts';
import { isWorkload, readWorkload } from '../kubernetes/workload.ts';
import { createDecide, fillMessage, type Outcome, type RunContext } from './run-transforms.ts';

const TRANSFORM = 'no-service-account-token';

/** What to write into a ServiceAccount document of `file`; undefined when it must stay as it is, or when nobody uses it here. */
export function accountOutcome(object: JsonObject, pointer: string, file: string, run: RunContext): Outcome | undefined {
  const transform = run.transforms.find(({ meta }) => meta.id === TRANSFORM);
  const name = stringAt(object, 'metadata', 'name');
  if (!transform || stringAt(object, 'kind') !== 'ServiceAccount' || stringAt(object, 'apiVersion') !== 'v1' || name === undefined) return undefined;
  if ((member(object, 'automountServiceAccountToken') ?? undefined) !== undefined) return undefined;
  const facts = run.factsFor(file);
  const namespace = stringAt(object, 'metadata', 'namespace');
  if (name === 'default' || facts.binding(namespace, name)) return undefined;
  const users = facts.workloads().flatMap((sourced) => {
    const workload = readWorkload(sourced.object, '', 'document', sourced.file, () => false);
    const isUser = workload && isWorkload(workload) && namedAccount(workload.pod) === name && workload.namespace === namespace;
    return isUser ? [workload] : [];
  });
  const decide = createDecide(run, { options: run.options, writable: () => [], applies: () => true });
  if (users.length === 0 || users.some(({ pod }) => apiReason(pod, decide) || member(pod.spec, 'automountServiceAccountToken') === true)) return undefined;
  return {
    transform: TRANSFORM,
    id: 'unmount-account',
    message: fillMessage(transform.meta.messages['unmount-account'] ?? '', {}),
    safety: 'safe',
    at: pointer,
    container: undefined,
    ops: [{ op: 'add', path: `${pointer}/automountServiceAccountToken` as `/${string}`, value: false }],
    newObjects: [],
  };
}
