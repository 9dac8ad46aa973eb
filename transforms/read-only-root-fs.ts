import { variablesFor } from '../src/decisions/container/environment.ts';
import { shared } from '../src/transform/messages.ts';
import { planMounts } from '../src/decisions/pod/mounts.ts';
import { envOps, mountOps } from '../src/transform/operations.ts';
import { path, type JsonObject } from '../src/util/json.ts';
import { takesField, type Container } from '../src/kubernetes/object.ts';
import { quantity } from '../src/transform/quantity-schema.ts';
import { options, type OptionsOf } from '../src/transform/options.ts';
import { defineTransform, type Op } from '../src/transform/transform.ts';

const OPTIONS = options('How the paths that stay writable are mounted.', {
  sizeLimit: quantity({ default: null, description: 'The `sizeLimit` of each new emptyDir volume.' }),
});

/** `readOnlyRootFilesystem: true`, with an emptyDir for each path that must stay writable. */
export const readOnlyRootFs = defineTransform(
  {
    id: 'read-only-root-fs',
    title: 'Make the root file system read-only',
    description:
      'Sets `readOnlyRootFilesystem: true` and mounts an emptyDir at `/tmp` and wherever else the image is known to write.',
    rationale: 'An intruder can neither change the program nor leave tools behind.',
    breaks:
      'A program that writes to a path without a volume fails: name the path in `writablePaths` or in the annotation `kharden.dev/writable.<container>`.',
    target: 'pod',
    fields: { readOnlyRootFilesystem: '1.2', volumeMounts: '1.0', volumes: '1.0', env: '1.0' },
    references: {
      cis: ['5.7.3'],
      nsa: ['immutable-root-filesystem'],
      kubesec: ['ReadOnlyRootFilesystem'],
      kubeScore: ['container-security-context-readonlyrootfilesystem'],
      kubeLinter: ['no-read-only-root-fs'],
      checkov: ['CKV_K8S_22'],
      trivy: ['KSV-0014'],
      kubescape: ['C-0017'],
    },
    safety: 'safe',
    profiles: ['restricted', 'strict'],
    since: '0.1.0',
    options: OPTIONS,
    messages: {
      'read-only': 'only volumes can be written to',
      'read-only-with': 'only volumes can be written to; {paths} stays writable',
      'needs-writable-root':
        '{why}, so its root file system stays writable: do that when the image is built, or mount a volume there',
      ...shared('privileged-container', 'left-alone', 'explicit-value'),
    },
  },
  function* (pod, context) {
    if (pod.isWindows) return;
    const mounts = planMounts(pod, context.decide);
    for (const container of pod.containers) {
      if (!takesField(pod, `${container.pointer}/securityContext/readOnlyRootFilesystem`)) continue;
      const decision = context.decide(container);
      const { privileged, readOnlyRoot, isMadeNonRoot } = decision;
      const current = path(container.value, 'securityContext', 'readOnlyRootFilesystem') ?? undefined;
      if (privileged) yield { message: 'privileged-container', data: { why: privileged.why }, container, at: privileged.at };
      else if (current === true) continue;
      else if (current === false && !context.settings.override) {
        yield {
          message: 'explicit-value',
          data: { field: 'readOnlyRootFilesystem: false' },
          container,
          at: `${container.pointer}/securityContext/readOnlyRootFilesystem`,
        };
      } else if (readOnlyRoot.leftAlone)
        yield { message: 'left-alone', data: { why: readOnlyRoot.leftAlone.why }, container, at: readOnlyRoot.leftAlone.at };
      else if (readOnlyRoot.refused)
        yield { message: 'needs-writable-root', data: { why: readOnlyRoot.refused.why }, container, at: readOnlyRoot.refused.at };
      else {
        const planned = mounts.get(container) ?? [];
        const nonRootEnv = isMadeNonRoot ? variablesFor(container, decision, 'non-root').map(({ name }) => name) : [];
        const env = variablesFor(container, decision, 'read-only-root').filter(({ name }) => !nonRootEnv.includes(name));
        yield {
          message: planned.length > 0 ? 'read-only-with' : 'read-only',
          data: { paths: planned.map(({ mountPath }) => mountPath).join(', ') },
          container,
          safety: readOnlyRoot.safety,
          ops: [rootFsOp(container), ...mountOps(container, planned, emptyDir(context.options)), ...envOps(container, env)],
        };
      }
    }
  },
);

function emptyDir({ sizeLimit }: OptionsOf<typeof OPTIONS>): JsonObject {
  return sizeLimit === null ? {} : { sizeLimit };
}

function rootFsOp(container: Container): Op {
  const at = `${container.pointer}/securityContext/readOnlyRootFilesystem` as `/${string}`;
  const was = path(container.value, 'securityContext', 'readOnlyRootFilesystem') ?? undefined;
  return was === undefined ? { op: 'add', path: at, value: true } : { op: 'replace', path: at, was, value: true };
}
