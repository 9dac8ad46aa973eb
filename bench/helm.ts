/**
 * What the post-renderer adds to `helm template`, as a ratio: `node --import tsx bench/helm.ts`. A chart of 500 documents, half
 * of them workloads, with kharden and without it, in turn; Helm 3 from .tools/bin, the built program.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { measure } from './measure.ts';

const DOCUMENTS = 500;
const ROUNDS = 5;

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'kharden-bench-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

const chart = join(folder, 'many');
mkdirSync(join(chart, 'templates'), { recursive: true });
writeFileSync(join(chart, 'Chart.yaml'), 'apiVersion: v2\nname: many\nversion: 1.0.0\n');
writeFileSync(
  join(chart, 'templates/all.yaml'),
  `{{- range $i := until ${DOCUMENTS / 2} }}
---
# Number {{ $i }}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: app-{{ $i }}
  labels: {app: app-{{ $i }}}
spec:
  selector: {matchLabels: {app: app-{{ $i }}}}
  template:
    metadata: {labels: {app: app-{{ $i }}}}
    spec:
      containers:
        - name: main
          image: nginx:1.27
          ports:
            - containerPort: 80
---
apiVersion: v1
kind: Service
metadata:
  name: app-{{ $i }}
spec:
  selector: {app: app-{{ $i }}}
  ports:
    - port: 80
{{- end }}
`,
);
symlinkSync(join(root, 'bin/kharden.js'), join(folder, 'kharden'));

const env = {
  ...process.env,
  PATH: `${folder}:${process.env['PATH']}`,
  HELM_DATA_HOME: folder,
  HELM_CACHE_HOME: folder,
  HELM_CONFIG_HOME: folder,
};

const template = (...args: readonly string[]): void => {
  execFileSync(join(root, '.tools/bin/helm3'), ['template', 'bench', chart, ...args], { env, stdio: 'ignore' });
};
const times = measure(ROUNDS, {
  plain: { run: () => template() },
  hardened: { run: () => template('--post-renderer', 'kharden', '--post-renderer-args', '--quiet') },
});
const ratio = (times.hardened / times.plain).toFixed(1);
const [plain, hardened] = [times.plain.toFixed(0), times.hardened.toFixed(0)];
console.log(`helm template of ${DOCUMENTS} documents: ${plain} ms, with kharden ${hardened} ms: ${ratio} times`);
