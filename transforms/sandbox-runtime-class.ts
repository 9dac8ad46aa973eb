import * as Type from 'typebox/type';
import { keepsAccess, type HostField } from '../src/decisions/container/context.ts';
import { options } from '../src/transform/options.ts';
import { defineTransform } from '../src/transform/transform.ts';
import { path } from '../src/util/json.ts';

const OPTIONS = options('The sandbox.', {
  runtimeClassName: Type.Union([Type.String({ pattern: '^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$' }), Type.Null()], {
    title: 'the name of a RuntimeClass such as gvisor, or null for none',
    default: null,
    examples: ['gvisor'],
    description: 'The RuntimeClass of the sandbox, such as gvisor or kata; it must be set when the transform is enabled.',
  }),
});

const NAMESPACES = ['hostNetwork', 'hostPID', 'hostIPC'] as const satisfies readonly HostField[];

/** `runtimeClassName`: a kernel between the containers and that of the node (gVisor, Kata Containers). */
export const sandboxRuntimeClass = defineTransform(
  {
    id: 'sandbox-runtime-class',
    title: 'Run pods in a sandbox',
    description: 'Sets `runtimeClassName` to the RuntimeClass that the configuration names.',
    rationale: 'System calls reach the kernel of a sandbox (gVisor, Kata Containers), and not that of the node.',
    breaks: 'The cluster must have the RuntimeClass; a sandbox lacks some system calls and devices, and costs time and memory.',
    target: 'pod',
    fields: { runtimeClassName: '1.12' },
    references: { nsa: ['sandbox'] },
    safety: 'may-break',
    profiles: [],
    needsOptions: true,
    since: '0.1.0',
    options: OPTIONS,
    messages: {
      sandbox: 'system calls reach the kernel of the sandbox {runtimeClassName} first',
      'needs-node-kernel': '{why}, which a sandbox does not give to the pod, so it runs without one',
    },
  },
  function* (pod, context) {
    const { runtimeClassName } = context.options;
    if (runtimeClassName === null || pod.isWindows || (path(pod.spec, 'runtimeClassName') ?? undefined) !== undefined) return;
    const field = NAMESPACES.find((one) => path(pod.spec, one) === true && keepsAccess(one, context));
    const privileged = pod.containers.find((container) => context.decide(container).privileged);
    if (field) yield { message: 'needs-node-kernel', data: { why: `uses ${field}` }, at: `/spec/${field}` };
    else if (privileged)
      yield { message: 'needs-node-kernel', data: { why: 'has a privileged container' }, at: privileged.pointer };
    else
      yield {
        message: 'sandbox',
        data: { runtimeClassName },
        ops: [{ op: 'add', path: '/spec/runtimeClassName', value: runtimeClassName }],
      };
  },
);
