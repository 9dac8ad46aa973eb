/** Folders to measure on. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Input } from '../src/index.ts';

const temporary: string[] = [];
process.on('exit', () => temporary.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** An empty folder that is gone when the process ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'kharden-bench-'));
  temporary.push(folder);
  return folder;
}

/** Copies folders several times into a new one. */
export function copies(count: number, sources: readonly string[]): string {
  const folder = temporaryFolder();
  for (let number = 0; number < count; number++) {
    for (const [index, source] of sources.entries()) cpSync(source, join(folder, `${number}-${index}`), { recursive: true });
  }
  return folder;
}

/** The manifests below a folder. */
export function manifestsIn(folder: string): string[] {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return paths
    .filter((path) => /\.(?:ya?ml|json)$/.test(path))
    .sort()
    .map((path) => join(folder, path));
}

/** Reads files as inputs. */
export function readInputs(paths: readonly string[]): Input[] {
  return paths.map((path) => ({ path, content: readFileSync(path) }));
}

/**
 * A folder without a workload, but full of their words: custom resource definitions that describe pods, and config maps that
 * carry manifests.
 */
export function folderWithoutWorkloads(): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'crds'));
  mkdirSync(join(folder, 'config'));
  for (let number = 0; number < 40; number++) {
    writeFileSync(join(folder, 'crds', `${number}.yaml`), definition(number));
    writeFileSync(join(folder, 'config', `${number}.yaml`), configMap(number));
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
