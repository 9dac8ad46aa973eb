import * as Type from 'typebox/type';
import { SELINUX_TYPES } from '../src/kubernetes/pod-security/index.ts';
import { options } from '../src/transform/options.ts';
import { defineTransform } from '../src/transform/transform.ts';
import { isObject, path } from '../src/util/json.ts';

function label(title: string, description: string, examples: readonly string[] = []) {
  return Type.Union([Type.String({ minLength: 1 }), Type.Null()], {
    title: `${title}, or null for none`,
    default: null,
    description,
    ...(examples.length > 0 && { examples }),
  });
}

const OPTIONS = options('The SELinux label of pods; at least one part of it must be set when the transform is enabled.', {
  user: label('an SELinux user such as system_u', 'The user of the label; the Pod Security Standards forbid to set one.'),
  role: label('an SELinux role such as system_r', 'The role of the label; the Pod Security Standards forbid to set one.'),
  type: label(
    'an SELinux type such as container_t',
    `The type of the label; the Pod Security Standards allow ${SELINUX_TYPES.join(', ')}.`,
    ['container_t'],
  ),
  level: label('an SELinux level such as s0:c123,c456', 'The level of the label: containers of one level can share files.'),
});

/** `seLinuxOptions` of the pod, from the configuration. */
export const selinuxOptions = defineTransform(
  {
    id: 'selinux-options',
    title: 'Set the SELinux label',
    description: 'Sets `seLinuxOptions` of the pod to those of the configuration, where the pod and its containers set none.',
    rationale: 'A label of its own keeps the pod from files of its node and of other pods, whatever their modes allow.',
    breaks: 'Files of volumes that carry another label cannot be read or written; nodes without SELinux ignore the label.',
    target: 'pod',
    fields: { seLinuxOptions: '1.1' },
    references: { pss: ['baseline/seLinuxOptions'], nsa: ['mandatory-access-control'], kubescape: ['C-0055'] },
    safety: 'may-break',
    profiles: [],
    needsOptions: true,
    since: '0.1.0',
    options: OPTIONS,
    messages: {
      label: 'the pod is confined by the SELinux label {label}',
      'forbidden-label':
        'the label has {part}, which the Pod Security Standards forbid: a cluster that enforces baseline refuses the pod',
    },
  },
  function* (pod, context) {
    const wanted = Object.fromEntries(Object.entries(context.options).filter(([, value]) => value !== null));
    const contexts = [pod.spec, ...pod.containers.map(({ value }) => value)];
    const isSet = contexts.some((one) => isObject(path(one, 'securityContext', 'seLinuxOptions')));
    if (pod.isWindows || isSet || Object.keys(wanted).length === 0) return;
    const part = forbiddenPart(context.options);
    if (part !== undefined) yield { message: 'forbidden-label', data: { part }, at: '/spec', isOncePerRun: true };
    yield {
      message: 'label',
      data: { label: Object.values(wanted).join(':') },
      ops: [{ op: 'add', path: '/spec/securityContext/seLinuxOptions', value: wanted }],
    };
  },
);

/** What the control SELinux of the Pod Security Standards does not allow. */
function forbiddenPart({ user, role, type }: { readonly [part in 'user' | 'role' | 'type']: string | null }): string | undefined {
  if (user !== null) return `the user ${user}`;
  if (role !== null) return `the role ${role}`;
  return type === null || SELINUX_TYPES.includes(type) ? undefined : `the type ${type}`;
}
