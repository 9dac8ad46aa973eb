import { confinePod } from '../src/transform/profile-field.ts';
import { shared } from '../src/transform/messages.ts';
import { NO_OPTIONS } from '../src/transform/options.ts';
import { defineTransform } from '../src/transform/transform.ts';

/** `appArmorProfile.type: RuntimeDefault` (KEP-24), or the annotations that set it before Kubernetes 1.30. */
export const apparmorRuntimeDefault = defineTransform(
  {
    id: 'apparmor-runtime-default',
    title: 'Use the default AppArmor profile of the container runtime',
    description:
      'Sets `appArmorProfile.type: RuntimeDefault` on the pod and replaces the AppArmor annotations by fields; before Kubernetes 1.30 it sets the annotation of each container.',
    rationale:
      'The profile keeps a container from files of the kernel and from mounts. Nodes with AppArmor use it anyway; written down, a node without it does not take the pod.',
    breaks: 'A node without AppArmor (one that uses SELinux, for example) does not start the pod.',
    target: 'pod',
    fields: { appArmorProfile: '1.30', annotations: '1.4' },
    references: {
      pss: ['baseline/appArmorProfile'],
      nsa: ['mandatory-access-control'],
      kubesec: ['ApparmorAny', 'ApparmorUnconfined'],
      trivy: ['KSV-0002'],
      kubescape: ['C-0055'],
    },
    safety: 'may-break',
    profiles: ['strict'],
    since: '0.1.0',
    options: NO_OPTIONS,
    messages: {
      confine: 'the container runtime confines the containers by its AppArmor profile',
      migrate: 'the annotation {annotations} is deprecated since Kubernetes 1.30, so the field replaces it',
      ...shared('explicit-value'),
    },
  },
  function* (pod, context) {
    if (!pod.isWindows) yield* confinePod(pod, 'appArmorProfile', context);
  },
);
