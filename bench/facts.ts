/**
 * What the rest of a repository costs a run on one file, as a ratio: `node --import tsx bench/facts.ts`. A run on one of 5,000
 * manifests, with all others read for facts, against a run on that file alone plus reading the files.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { harden, type Input } from '../src/index.ts';

const FILES = 5000;
const RUNS = 9;
const LIMIT = 3;

/** An application of ten files: half of them with a kustomization, half plain. */
function application(number: number): Record<string, string> {
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

/** The median of several runs, in milliseconds. */
function median(run: () => void): number {
  const times = Array.from({ length: RUNS }, () => {
    const start = performance.now();
    run();
    return performance.now() - start;
  });
  return times.sort((left, right) => left - right)[Math.floor(RUNS / 2)] ?? Number.NaN;
}

const folder = mkdtempSync(join(tmpdir(), 'kharden-bench-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
for (let number = 0; number < FILES / 10; number++) {
  for (const [path, text] of Object.entries(application(number))) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

function read(): Input[] {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.yaml'));
  return paths.map((path) => ({ path: path.replaceAll('\\', '/'), content: readFileSync(join(folder, path)), role: 'facts' }));
}

const reading = median(read);
let failed = false;
for (const path of [
  'team-2/app-42/web.yaml',
  'team-3/app-43/web.yaml',
  'team-2/app-42/account.yaml',
  'team-3/app-43/account.yaml',
]) {
  const file = (inputs: readonly Input[]): Input => ({
    path,
    content: inputs.find((input) => input.path === path)?.content ?? '',
  });
  const inputs = read();
  const alone = median(() => void harden([file(inputs)]));
  const inRepository = median(() => {
    const all = read();
    harden([file(all), ...all.filter((input) => input.path !== path)]);
  });
  const ratio = inRepository / (alone + reading);
  failed ||= ratio >= LIMIT;
  const milliseconds = [alone, reading, inRepository].map((time) => time.toFixed(1));
  console.log(
    `${path}: ${ratio.toFixed(2)} times (alone ${milliseconds[0]} ms, reading ${milliseconds[1]} ms, in ${FILES} files ${milliseconds[2]} ms)`,
  );
}
console.log(failed ? `FAILED: a run on one file takes ${LIMIT} times as long or longer` : `below ${LIMIT} times`);
process.exitCode = failed ? 1 : 0;
