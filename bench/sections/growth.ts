/** How the cost grows with the input: time per MB from one size to eight times that, in each dimension. */
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository, temporaryFolder } from '../inputs/folders.ts';
import { deployment } from '../inputs/streams.ts';
import { measure } from '../measure.ts';
import { KHARDEN, quoted } from '../programs.ts';
import { ratio, table } from '../table.ts';

const ROUNDS = 3;
const SIZES = [1, 2, 4, 8];

const DIMENSIONS: Readonly<Record<string, (size: number) => string>> = {
  'files, from 500': (size) => repository(500 * size),
  'workloads of a stream, from 500': (size) => file(500 * size, deployment),
  'accounts, from 250': (size) => file(250 * size, withAccount),
  'documents with odd names, from 250': (size) => file(250 * size, withOddName),
};

export async function growth(): Promise<string> {
  const empty = (await measure(ROUNDS, { version: { shell: `${KHARDEN} --version` } })).version.cpu;
  const rows: string[][] = [];
  for (const [name, inputOf] of Object.entries(DIMENSIONS)) {
    const inputs = SIZES.map(inputOf);
    const commands = inputs.map((path, index) => [`${index}`, { shell: `${KHARDEN} --check ${quoted(path)}` }] as const);
    const costs = await measure(ROUNDS, Object.fromEntries(commands));
    const perByte = inputs.map((path, index) => ((costs[`${index}`]?.cpu ?? Number.NaN) - empty) / bytesIn(path));
    rows.push([name, ...perByte.map((cost) => ratio(cost, perByte[0] ?? Number.NaN))]);
  }
  return table('CPU per MB, without the start, as the input grows', [['', ...SIZES.map((size) => `${size} ×`)], ...rows]);
}

function file(count: number, document: (index: number) => string): string {
  const path = join(temporaryFolder(), 'all.yaml');
  writeFileSync(path, Array.from({ length: count }, (_, index) => document(index)).join(''));
  return path;
}

/** A workload with an account that a binding gives rights. */
function withAccount(index: number): string {
  const workload = deployment(index).replace('    spec:\n', `    spec:\n      serviceAccountName: web-${index}\n`);
  const account = `---\napiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: web-${index}\n`;
  const subjects = `subjects:\n- kind: ServiceAccount\n  name: web-${index}\n`;
  const role = `roleRef:\n  apiGroup: rbac.authorization.k8s.io\n  kind: Role\n  name: web-${index}\n`;
  const head = 'apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\n';
  return `${workload}${account}---\n${head}metadata:\n  name: web-${index}\n${role}${subjects}`;
}

/** A workload whose name the text hides: with an escape, or behind an alias. */
function withOddName(index: number): string {
  const name = index % 2 === 0 ? `"web\\u002d${index}"` : `&name web-${index}`;
  return deployment(index).replace(`name: web-${index}`, `name: ${name}`);
}

function bytesIn(path: string): number {
  if (!statSync(path).isDirectory()) return statSync(path).size;
  const names = readdirSync(path, { recursive: true, encoding: 'utf8' });
  return names.reduce((sum, name) => sum + (statSync(join(path, name)).isFile() ? statSync(join(path, name)).size : 0), 0);
}
