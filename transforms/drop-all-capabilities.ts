import { shared } from '../src/transform/messages.ts';
import { takesField } from '../src/kubernetes/object.ts';
import { itemsAt, type Json } from '../src/util/json.ts';
import { NO_OPTIONS } from '../src/transform/options.ts';
import { defineTransform, type Op } from '../src/transform/transform.ts';

const CAPABILITIES = '/securityContext/capabilities';

/** `capabilities.drop: [ALL]`, with those added back that the image or its command needs. */
export const dropAllCapabilities = defineTransform(
  {
    id: 'drop-all-capabilities',
    title: 'Drop all capabilities',
    description:
      'Sets `capabilities.drop: [ALL]`, keeps the capabilities that the author adds, and adds those that the image is known to need.',
    rationale:
      'With the default capabilities, root in a container can change the owners of files, spoof packets and more; most programs need none of them.',
    breaks:
      'A program that changes users or owners, or whose binary has a file capability, fails when the capability is dropped: add it under `capabilities.add`.',
    target: 'container',
    fields: { capabilities: '1.1' },
    references: {
      pss: ['restricted/capabilities'],
      cis: ['5.2.8', '5.2.9', '5.2.10'],
      nsa: ['capabilities'],
      kubesec: ['CapDropAny', 'CapDropAll'],
      kubeLinter: ['drop-net-raw-capability'],
      checkov: ['CKV_K8S_28', 'CKV_K8S_37'],
      trivy: ['KSV-0003', 'KSV-0004', 'KSV-0106'],
      kubescape: ['C-0046', 'C-0055'],
    },
    safety: 'safe',
    profiles: ['restricted', 'strict'],
    since: '0.1.0',
    options: NO_OPTIONS,
    messages: {
      drop: 'the container keeps only the capabilities that it adds explicitly',
      add: 'the image or its command needs {added}; all other capabilities are dropped',
      'capability-added':
        '{added} is added because the image or its command needs it, and the restricted standard does not allow that: use an image that works without it',
      'cannot-add':
        'the image or its command needs {added}, which cannot be added in a {kind} of {group}, so its capabilities are kept: use an image that works without it',
      'adds-all-capabilities':
        'it adds ALL capabilities, and if ALL were dropped too, some container runtimes would leave none: name the capabilities that it needs',
      ...shared('privileged-container', 'host-access', 'needs-root', 'left-alone', 'gains-privileges'),
    },
  },
  function* (container, context) {
    if (container.pod.isWindows) return;
    const { privileged, host, root, leftAlone, capabilities, safety, knowledge, escalation } = context.decide(container);
    if (privileged) return yield { message: 'privileged-container', data: { why: privileged.why }, at: privileged.at };
    if (host) return yield { message: 'host-access', data: { why: host.why }, at: host.at };
    const given = itemsAt(container.value, 'securityContext', 'capabilities', 'add').map((name) =>
      String(name).replace(/^CAP_/, ''),
    );
    // containerd subtracts what is dropped from what is added: with ALL in both nothing is left.
    if (given.includes('ALL')) {
      const at = `${container.pointer}${CAPABILITIES}/add`;
      return yield { message: 'adds-all-capabilities', at };
    }
    const dropped = itemsAt(container.value, 'securityContext', 'capabilities', 'drop');
    const dropsAll = dropped.some((name) => String(name).toUpperCase() === 'ALL');
    if (root && !capabilities && !dropsAll) return yield { message: 'needs-root', data: { why: root.why }, at: root.at };
    if (leftAlone && !dropsAll) return yield { message: 'left-alone', data: { why: leftAlone.why }, at: leftAlone.at };
    if (!root && !dropsAll && knowledge?.needs.includes('privilege-escalation'))
      return yield { message: 'gains-privileges', at: `${container.pointer}/image` };
    if (!dropsAll && escalation !== undefined) return yield { message: 'gains-privileges', at: escalation };

    const isSettled = root !== undefined && dropped.includes('ALL');
    const added = isSettled ? [] : (capabilities ?? []).filter((name) => !given.includes(name));
    if (added.length > 0 && !takesField(container.pod, `${container.pointer}${CAPABILITIES}/add`)) {
      const { kind, group } = container.pod.object;
      return yield { message: 'cannot-add', data: { added: added.join(', '), kind, group }, at: root?.at ?? container.pointer };
    }
    const [first, ...rest] = [
      ...dropOps(dropped),
      ...added.map((value): Op => ({ op: 'add', path: `${CAPABILITIES}/add/-`, value })),
    ];
    if (!first) return;
    const ops = [first, ...rest] as const;
    yield added.length > 0
      ? { message: 'add', data: { added: added.join(', ') }, safety, ops }
      : { message: 'drop', safety, ops };
    const excess = added.filter((name) => name !== 'NET_BIND_SERVICE');
    if (excess.length > 0) yield { message: 'capability-added', data: { added: excess.join(', ') } };
  },
);

/** A list that lacks `ALL` becomes `[ALL]` item by item, so that its place and its comments stay. */
function dropOps(list: readonly Json[]): Op[] {
  if (list.includes('ALL')) return [];
  if (list.length === 0) return [{ op: 'add', path: `${CAPABILITIES}/drop/-`, value: 'ALL' }];
  return list.map((was, index): Op => {
    const path = `${CAPABILITIES}/drop/${index}` as const;
    return index === 0 ? { op: 'replace', path, was, value: 'ALL' } : { op: 'remove', path, was };
  });
}
