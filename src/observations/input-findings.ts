/** What is reported about inputs, images, and how the author opts out. */
import type { FindingKind } from './finding-kind.ts';

export const INPUT_FINDINGS = {
  'invalid-utf-8': { title: 'Not UTF-8', severity: 'error', advice: 'convert the file to UTF-8 and run kharden again' },
  'invalid-yaml': { title: 'Not YAML', severity: 'error', advice: 'correct the YAML here and run kharden again' },
  'duplicate-key': {
    title: 'Key that is there twice',
    severity: 'warning',
    advice: 'only the last one counts in Kubernetes; remove the others',
  },
  'skipped-template': {
    title: 'Template',
    severity: 'info',
    advice: 'render it first; for a Helm chart, use kharden as the post-renderer',
  },
  'skipped-chart': {
    title: 'Helm chart',
    severity: 'info',
    advice: "harden what its templates render, with helm's --post-renderer kharden",
  },
  'skipped-encrypted': {
    title: 'Encrypted file',
    severity: 'info',
    advice: 'any change would break the signature of SOPS; harden the decrypted file',
  },
  'skipped-patch': { title: 'Patch', severity: 'info', advice: 'harden the manifest that it changes' },
  'patched-elsewhere': {
    title: 'Hardening that a kustomize patch stands against',
    severity: 'warning',
    advice: 'write the fields there by hand, or move what is changed there into this manifest and run kharden again',
  },
  'skipped-foreign': {
    title: 'Kind of another API group',
    severity: 'info',
    advice: 'no version of Kubernetes serves this kind in its API group; correct apiVersion if it is meant to be a workload',
  },
  'unsupported-kind': {
    title: 'Kind with containers that kharden does not know',
    severity: 'info',
    advice: 'nothing in it is hardened; name the kind and where its pod spec is under `workloads` in the configuration',
  },
  'immutable-in-cluster': {
    title: 'Object that cannot be changed in a cluster',
    severity: 'info',
    advice:
      'delete it and apply the hardened one, or let your tool replace it (kubectl replace --force, the sync option Replace=true of Argo CD)',
  },
  'removed-api-version': {
    title: 'API version that is no longer served',
    severity: 'warning',
    advice: 'use the version that replaces it, or give --kube-version the version of your cluster',
  },
  'skipped-malformed': {
    title: 'Object that the API server does not accept',
    severity: 'error',
    advice: 'correct it and run kharden again',
  },
  'skipped-hook': {
    title: 'Helm hook',
    severity: 'info',
    advice: 'the configuration leaves hooks alone; remove `hooks: skip` to harden them',
  },
  'no-pod-spec': {
    title: 'Object without a pod spec',
    severity: 'warning',
    advice: 'check the pointer in podSpec, under `workloads` in the configuration',
  },
  'skipped-on-request': {
    title: 'Opt-out',
    severity: 'info',
    advice: 'remove the annotation or the exception of the configuration when its reason no longer holds',
  },
  'unused-skip': {
    title: 'Opt-out without an effect',
    severity: 'warning',
    advice: 'the transform would change nothing here; remove it from the annotation',
  },
  'unknown-transform': {
    title: 'Opt-out of an unknown transform',
    severity: 'warning',
    advice: 'correct the name; `kharden --help` and docs/transforms.md list the transforms',
  },
  'unknown-container': {
    title: 'Opt-out for an unknown container',
    severity: 'warning',
    advice: 'correct the name of the container in the key of the annotation',
  },
  'unusable-annotation': {
    title: 'Annotation that cannot be read',
    severity: 'warning',
    advice: 'write names separated by commas, or absolute paths for `kharden.dev/writable`',
  },
  'unused-accept': {
    title: 'Accepted finding that is none',
    severity: 'warning',
    advice: 'correct its id, or remove it',
  },
  'unknown-annotation': {
    title: 'Unknown annotation of kharden',
    severity: 'warning',
    advice: 'it does nothing; the annotations are skip, accept, writable and reason',
  },
  'invalid-image': {
    title: 'Invalid image name',
    severity: 'warning',
    advice: 'correct its name',
  },
  'build-time-image': {
    title: 'Image that is decided at build time',
    severity: 'info',
    advice: 'harden the manifest after that step, or name the image that it becomes under images in the configuration',
  },
  'unknown-image': {
    title: 'Unknown image',
    severity: 'info',
    advice: 'try it before production, and describe it under images in the configuration',
  },
  'latest-image': {
    title: 'Image without a version',
    severity: 'info',
    advice: 'name a version or a digest, so that what was tried is what runs',
  },
  'internal-error': {
    title: 'Fault of kharden',
    severity: 'error',
    advice: 'nothing was written; please report this with the file',
  },
} as const satisfies Readonly<Record<string, FindingKind>>;
