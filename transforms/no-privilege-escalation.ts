import { shared } from '../src/transform/messages.ts';
import { path } from '../src/util/json.ts';
import { NO_OPTIONS } from '../src/transform/options.ts';
import { defineTransform } from '../src/transform/transform.ts';

/** `allowPrivilegeEscalation: false`: no process gains more privileges than its parent (the kernel's `no_new_privs`). */
export const noPrivilegeEscalation = defineTransform(
  {
    id: 'no-privilege-escalation',
    title: 'Forbid privilege escalation',
    description: 'Sets `allowPrivilegeEscalation: false` on every container.',
    rationale:
      'A process cannot use a setuid binary or a file capability to gain more privileges than the container started with.',
    target: 'container',
    fields: { allowPrivilegeEscalation: '1.8' },
    references: {
      pss: ['restricted/allowPrivilegeEscalation'],
      cis: ['5.2.6'],
      nsa: ['non-root'],
      kubesec: ['AllowPrivilegeEscalation'],
      kubeLinter: ['privilege-escalation-container'],
      checkov: ['CKV_K8S_20'],
      trivy: ['KSV-0001'],
      kubescape: ['C-0016'],
    },
    safety: 'safe',
    profiles: ['restricted', 'strict'],
    since: '0.1.0',
    options: NO_OPTIONS,
    messages: {
      forbid: 'no process can gain more privileges than its parent has',
      ...shared('privileged-container', 'gains-privileges', 'explicit-value'),
    },
  },
  function* (container, context) {
    const { privileged, safety, knowledge, escalation } = context.decide(container);
    if (container.pod.isWindows) return;
    if (privileged) return yield { message: 'privileged-container', data: { why: privileged.why }, at: privileged.at };
    const current = path(container.value, 'securityContext', 'allowPrivilegeEscalation');
    const at = '/securityContext/allowPrivilegeEscalation';
    if (current === true && context.settings.override)
      yield { message: 'forbid', safety, ops: [{ op: 'replace', path: at, was: true, value: false }] };
    else if (current === true)
      yield { message: 'explicit-value', data: { field: 'allowPrivilegeEscalation: true' }, at: `${container.pointer}${at}` };
    else if (current !== undefined && current !== null) return;
    else if (knowledge?.needs.includes('privilege-escalation'))
      yield { message: 'gains-privileges', at: `${container.pointer}/image` };
    else if (escalation !== undefined) yield { message: 'gains-privileges', at: escalation };
    else yield { message: 'forbid', safety, ops: [{ op: 'add', path: at, value: false }] };
  },
);
