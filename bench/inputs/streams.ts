/** Streams by what they are made of. */

const MEGABYTE = 1_000_000;
const HEAD = 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n';
const POD = `${HEAD}spec:\n  containers:\n  - name: web\n    image: nginx:1.27\n`;

/** A megabyte of each, by name. */
export const MEGABYTES: Readonly<Record<string, string>> = {
  'Deployments of 2 kB, with settings, probes and volumes': filled('', ordinary),
  'Deployments of 320 bytes': filled('', deployment),
  'Pods of 100 bytes, the smallest there are': filled('', (index) => `---\n${POD.replace('web', `web-${index}`)}`),
  'one Pod with variables': filled(`${POD}    env:\n`, (index) => `    - name: V${index}\n      value: v\n`),
  'one Pod with variables, in JSON': json(),
  'one Pod with a script': filled(`${POD}    args:\n    - |\n`, (index) => `      echo ${index} >> /tmp/log\n`),
  'one Pod with containers': filled(`${HEAD}spec:\n  containers:\n`, (index) => `  - name: c${index}\n    image: nginx:1.27\n`),
  'one Pod with aliases': filled(`${POD}  x: &a 1\n`, (index) => `  x${index}: *a\n`),
  'one Pod with merge keys': filled(`${POD}  x: &a {b: 1}\n`, (index) => `  x${index}: {<<: *a}\n`),
  'one key again and again': `${POD}${'  x: 1\n'.repeat(MEGABYTE / 7)}`,
  'open brackets': `${POD}  x: ${'['.repeat(MEGABYTE)}`,
  'open quotes': `${POD}${'"\n'.repeat(MEGABYTE / 2)}`,
  'documents that are no workloads': filled('', (index) => `---\na: ${index}\n`),
};

/** A text of a megabyte: a start, and parts until it is long enough. */
function filled(start: string, part: (index: number) => string): string {
  let text = start;
  for (let index = 0; text.length < MEGABYTE; index++) text += part(index);
  return text;
}

/** A small Deployment as a document of a stream. */
export function deployment(index: number): string {
  const labels = `labels:\n        app: web-${index}\n`;
  return `---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web-${index}
spec:
  replicas: 1
  selector:
    matchLabels:
      app: web-${index}
  template:
    metadata:
      ${labels}    spec:
      containers:
      - name: web
        image: nginx:1.27
        ports:
        - containerPort: 80
`;
}

/** A Deployment with what most have: settings, probes, a volume. */
export function ordinary(index: number): string {
  const settings = Array.from({ length: 25 }, (_, key) => `        - name: SETTING_${key}\n          value: "value ${key}"\n`);
  return `${deployment(index)}        env:
${settings.join('')}        livenessProbe:
          httpGet: {path: /healthz, port: 80}
        readinessProbe:
          httpGet: {path: /ready, port: 80}
        volumeMounts:
        - name: data
          mountPath: /data
      volumes:
      - name: data
        persistentVolumeClaim:
          claimName: data-${index}
`;
}

function json(): string {
  const env = Array.from({ length: MEGABYTE / 29 }, (_, index) => ({ name: `V${index}`, value: 'v' }));
  const containers = [{ name: 'web', image: 'nginx:1.27', env }];
  return JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' }, spec: { containers } });
}
