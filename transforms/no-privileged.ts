import { privilegeNeed } from '../src/decisions/container/host.ts';
import { NO_OPTIONS } from '../src/transform/options.ts';
import { defineTransform } from '../src/transform/transform.ts';
import { path } from '../src/util/json.ts';

/** `privileged: false` where it is `true`. */
export const noPrivileged = defineTransform(
  {
    id: 'no-privileged',
    title: 'Take privileged mode away',
    description: 'Sets `privileged: false` on containers that are privileged; then they get the other hardening too.',
    rationale: 'A privileged container has every capability and every device of its node: who breaks into it has the node.',
    breaks:
      'A container that needs devices, kernel modules or mounts of its node fails; most need one capability or one device instead.',
    target: 'container',
    fields: { privileged: '1.0' },
    references: {
      pss: ['baseline/privileged'],
      cis: ['5.2.2'],
      nsa: ['privileged'],
      kubesec: ['Privileged'],
      kubeScore: ['container-security-context-privileged'],
      kubeLinter: ['privileged-container'],
      checkov: ['CKV_K8S_16'],
      trivy: ['KSV-0017'],
      kubescape: ['C-0057'],
    },
    safety: 'may-break',
    profiles: ['baseline'],
    since: '0.1.0',
    options: NO_OPTIONS,
    messages: {
      unprivileged: 'the container no longer has all capabilities and devices of its node',
      'needs-privilege':
        '{why}, which only a privileged container may, so it stays privileged: do that in a container of its own',
    },
  },
  function* (container, context) {
    if (container.pod.isWindows || path(container.value, 'securityContext', 'privileged') !== true) return;
    const need = privilegeNeed(container, context.decide(container).commands);
    if (need) yield { message: 'needs-privilege', data: { why: need.why }, at: need.at };
    else
      yield { message: 'unprivileged', ops: [{ op: 'replace', path: '/securityContext/privileged', was: true, value: false }] };
  },
);
