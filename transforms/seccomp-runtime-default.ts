import { confinePod } from '../src/transform/profile-field.ts';
import { shared } from '../src/transform/messages.ts';
import { NO_OPTIONS } from '../src/transform/options.ts';
import { defineTransform } from '../src/transform/transform.ts';

/** `seccompProfile.type: RuntimeDefault` (KEP-135), and the annotations that set it before Kubernetes 1.19. */
export const seccompRuntimeDefault = defineTransform(
  {
    id: 'seccomp-runtime-default',
    title: 'Use the default seccomp profile of the container runtime',
    description:
      'Sets `seccompProfile.type: RuntimeDefault` on the pod and replaces the legacy seccomp annotations by fields; before Kubernetes 1.19 it sets the annotation.',
    rationale: 'The profile blocks system calls that containers do not need and that kernel exploits often use.',
    target: 'pod',
    fields: { seccompProfile: '1.19', annotations: '1.0' },
    references: {
      pss: ['restricted/seccompProfile'],
      cis: ['5.7.2'],
      nsa: ['seccomp'],
      kubesec: ['SeccompAny', 'SeccompUnconfined'],
      kubeScore: ['container-seccomp-profile'],
      checkov: ['CKV_K8S_31'],
      trivy: ['KSV-0030', 'KSV-0104'],
      kubescape: ['C-0210'],
    },
    safety: 'safe',
    profiles: ['restricted', 'strict'],
    since: '0.1.0',
    options: NO_OPTIONS,
    messages: {
      confine: 'system calls that containers do not need are blocked',
      migrate: 'the annotation {annotations} has no effect since Kubernetes 1.27, so the field replaces it',
      ...shared('explicit-value'),
    },
  },
  function* (pod, context) {
    if (!pod.isWindows) yield* confinePod(pod, 'seccompProfile', context);
  },
);
