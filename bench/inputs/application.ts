/** An application as teams keep it. */

/** An application of ten files by path, with three workloads; every second has a kustomization. */
export function application(number: number): Record<string, string> {
  const name = `app-${number}`;
  const isPlain = number % 2 === 0;
  const inNamespace = isPlain ? `\n  namespace: team-${number % 20}` : '';
  const workload = (kind: string, suffix: string, account: string): string => `apiVersion: apps/v1
kind: ${kind}
metadata:
  name: ${name}${suffix}${inNamespace}
  labels:
    app.kubernetes.io/name: ${name}
spec:
  selector:
    matchLabels:
      app.kubernetes.io/name: ${name}
  template:
    metadata:
      labels:
        app.kubernetes.io/name: ${name}
    spec:${account}
      containers:
        - name: main
          image: registry.example.com/team/${name}:1.0.${number}
          args: ["--listen=:8080", "--log-level=info"]
          ports:
            - name: http
              containerPort: 8080
          env:
            - name: DATABASE_URL
              valueFrom:
                secretKeyRef:
                  name: ${name}
                  key: url
          livenessProbe:
            httpGet:
              path: /healthz
              port: http
`;
  const other = (kind: string, body: string): string =>
    `apiVersion: v1\nkind: ${kind}\nmetadata:\n  name: ${name}${inNamespace}\n${body}`;
  const binding = `apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: ${name}${inNamespace}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: ${name}
subjects:
  - kind: ServiceAccount
    name: ${name}-worker
`;
  const files = {
    'web.yaml': workload('Deployment', '', ''),
    'worker.yaml': workload('Deployment', '-worker', `\n      serviceAccountName: ${name}-worker`),
    'cache.yaml': workload('StatefulSet', '-cache', ''),
    'service.yaml': other(
      'Service',
      `spec:\n  selector:\n    app.kubernetes.io/name: ${name}\n  ports:\n    - port: 80\n      targetPort: http\n`,
    ),
    'config.yaml': other(
      'ConfigMap',
      `data:\n${Array.from({ length: 40 }, (_, line) => `  option-${line}: "value ${line * number}"`).join('\n')}\n`,
    ),
    'ingress.yaml': other('Ingress', `spec:\n  rules:\n    - host: ${name}.example.com\n`).replace('v1', 'networking.k8s.io/v1'),
    'account.yaml': other('ServiceAccount', '').replace(`name: ${name}`, `name: ${name}-worker`),
    'binding.yaml': binding,
    'budget.yaml': other('PodDisruptionBudget', 'spec:\n  minAvailable: 1\n').replace('v1', 'policy/v1'),
  };
  const names = Object.keys(files)
    .map((file) => `  - ${file}\n`)
    .join('');
  const tenth = isPlain
    ? {
        'monitor.yaml': other('ServiceMonitor', 'spec:\n  endpoints:\n    - port: http\n').replace(
          'v1',
          'monitoring.coreos.com/v1',
        ),
      }
    : {
        'kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nnamespace: team-${number % 20}\nresources:\n${names}`,
      };
  return Object.fromEntries(
    Object.entries({ ...files, ...tenth }).map(([file, text]) => [`team-${number % 20}/${name}/${file}`, text]),
  );
}
