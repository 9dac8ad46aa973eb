/** Small manifests that show what a transform does. */
import { harden } from '../../index.ts';
import { fileDiff } from '../diff.ts';
import { listOptions } from '../../transform/options.ts';
import type { Transform } from '../../transform/transform.ts';
import { isArray } from '../../util/json.ts';

/** The manifests by their paths. */
export const SAMPLES: Readonly<Record<string, string>> = {
  'web.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers:
      - name: nginx
        image: nginx:1.27
        ports:
        - containerPort: 80
`,
  'agent.yaml': `apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: agent
spec:
  selector:
    matchLabels: {app: agent}
  template:
    metadata:
      labels: {app: agent}
    spec:
      hostPID: true
      containers:
      - name: agent
        image: registry.example/agent:2.1
        ports:
        - containerPort: 9100
          hostPort: 9100
        securityContext:
          privileged: true
`,
  'namespace.yaml': `apiVersion: v1
kind: Namespace
metadata:
  name: shop
---
apiVersion: v1
kind: Pod
metadata:
  name: cart
  namespace: shop
spec:
  containers:
  - name: cart
    image: registry.example/cart:1.4
`,
};

/**
 * What a transform changes in the first sample that it changes, as a diff; one that is needed by another shows its own changes
 * with those of that one.
 */
export function exampleOf({ id, options: declaration, neededBy }: Transform['meta']): string {
  const options = Object.fromEntries(
    listOptions(declaration).flatMap(({ keys, schema }) =>
      isArray(schema['examples']) ? [[keys.join('.'), schema['examples'][0] ?? null]] : [],
    ),
  );
  const only = neededBy === undefined ? [id] : [id, neededBy];
  for (const [path, content] of Object.entries(SAMPLES)) {
    const [file] = harden([{ path, content }], { only, options: { [id]: options } }).files;
    if (file?.changes.some(({ transform }) => transform === id)) return fileDiff(file);
  }
  return '';
}
