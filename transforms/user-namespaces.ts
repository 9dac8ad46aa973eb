import { keepsAccess, type HostField } from '../src/decisions/container/context.ts';
import type { Pod } from '../src/kubernetes/object.ts';
import { shared } from '../src/transform/messages.ts';
import { NO_OPTIONS } from '../src/transform/options.ts';
import { defineTransform, type Context } from '../src/transform/transform.ts';
import { itemsAt, member, path } from '../src/util/json.ts';

const NAMESPACES = ['hostNetwork', 'hostPID', 'hostIPC'] as const satisfies readonly HostField[];

/** `hostUsers: false` (KEP-127): on by default since Kubernetes 1.33, an API server before that drops the field. */
export const userNamespaces = defineTransform(
  {
    id: 'user-namespaces',
    title: 'Give the pod users of its own',
    description: 'Sets `hostUsers: false`, where the pod uses no namespace, no block device and no share of its node.',
    rationale:
      'Root in the pod is then an ordinary user on the node: a process that breaks out of its container has no rights there.',
    breaks:
      'The nodes need Linux 6.3 and a container runtime with user namespaces, and the file systems of all volumes id-mapped mounts; else the pod does not start.',
    target: 'pod',
    fields: { hostUsers: '1.33' },
    references: { nsa: ['sandbox'], kubesec: ['HostUsers'], checkov: ['CKV_K8S_40'] },
    safety: 'may-break',
    profiles: ['strict'],
    since: '0.1.0',
    options: NO_OPTIONS,
    messages: {
      map: 'root in the pod is an ordinary user on its node',
      'needs-host-users': '{why}, which works only with the users of the node, so the pod gets none of its own',
      ...shared('explicit-value'),
    },
  },
  function* (pod, context) {
    const at = '/spec/hostUsers';
    const given = path(pod.spec, 'hostUsers') ?? undefined;
    if (pod.isWindows || given === false || !context.supports('hostUsers')) return;
    const reason = whyImpossible(pod, context);
    if (reason) yield { message: 'needs-host-users', data: { why: reason.why }, at: reason.at };
    else if (given === undefined) yield { message: 'map', ops: [{ op: 'add', path: at, value: false }] };
    else if (context.settings.override) yield { message: 'map', ops: [{ op: 'replace', path: at, was: given, value: false }] };
    else yield { message: 'explicit-value', data: { field: 'hostUsers: true' }, at };
  },
);

/** What the API server refuses beside `hostUsers: false` (`validateHostUsers`), and volumes without id-mapped mounts (KEP-127). */
function whyImpossible(pod: Pod, context: Context<unknown>): { why: string; at: string } | undefined {
  const namespace = NAMESPACES.find((field) => path(pod.spec, field) === true && keepsAccess(field, context));
  if (namespace) return { why: `uses ${namespace}`, at: `/spec/${namespace}` };
  const device = pod.containers.find(({ value }) => itemsAt(value, 'volumeDevices').length > 0);
  if (device) return { why: 'has a raw block device', at: `${device.pointer}/volumeDevices` };
  const share = itemsAt(pod.spec, 'volumes').findIndex((volume) => member(volume, 'nfs') !== undefined);
  return share === -1 ? undefined : { why: 'has an NFS volume', at: `/spec/volumes/${share}` };
}
