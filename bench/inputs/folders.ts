/** Folders to measure on. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { application } from './application.ts';

const temporary: string[] = [];
process.on('exit', () => temporary.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** An empty folder that is gone when the process ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'kharden-bench-'));
  temporary.push(folder);
  return folder;
}

/**
 * A folder with the mix of a real repository: of a hundred files 96 are of applications, 28 of them workloads; four are large and
 * full of the words that workloads are made of, custom resource definitions that describe pods and config maps with manifests.
 */
export function repository(files: number): string {
  const folder = temporaryFolder();
  const others = Math.round(files * 0.02);
  const paths: [string, string][] = [];
  for (let number = 0; number < others; number++) {
    paths.push([`crds/${number}.yaml`, definition(number)], [`config/${number}.yaml`, configMap(number)]);
  }
  for (let number = 0; paths.length < files; number++) paths.push(...Object.entries(application(number)));
  for (const [path, text] of paths) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

function definition(number: number): string {
  const field = (index: number): string => `                  field${index}:
                    description: Says how many replicas of the Deployment, StatefulSet or Pod run. The kind is Deployment.
                    type: ${index % 2 === 0 ? 'string' : 'integer'}
                    properties:
                      kind:
                        enum: [Pod, Deployment, CronJob]
`;
  return `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: things${number}.example.com
spec:
  group: example.com
  names: {kind: Thing${number}, plural: things${number}}
  scope: Namespaced
  versions:
    - name: v1
      schema:
        openAPIV3Schema:
          properties:
            spec:
              properties:
                containers:
                  properties:
${Array.from({ length: 100 }, (_, index) => field(index)).join('')}`;
}

function configMap(number: number): string {
  const manifest = (index: number): string => `  manifest-${index}.yaml: |
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web-${index}
    spec:
      template:
        spec:
          containers:
            - name: web
              image: nginx
`;
  const manifests = Array.from({ length: 80 }, (_, index) => manifest(index)).join('');
  return `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: manifests-${number}\ndata:\n${manifests}`;
}
