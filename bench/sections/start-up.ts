/** How long it takes until something is done, against Node's own start. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../inputs/folders.ts';
import { measure } from '../measure.ts';
import { KHARDEN, NODE_ALONE, PARSE_ALONE, quoted } from '../programs.ts';
import { ratio, seconds, table } from '../table.ts';

const ROUNDS = 21;

export async function startUp(): Promise<string> {
  const one = join(temporaryFolder(), 'pod.yaml');
  const container = '    - name: web\n      image: nginx\n';
  writeFileSync(one, `apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n${container}`);
  const costs = await measure(ROUNDS, {
    '`node -e 0`': { shell: NODE_ALONE },
    '`kharden --version`': { shell: `${KHARDEN} --version` },
    '`kharden` on one Pod': { shell: `${KHARDEN} --quiet ${quoted(one)}` },
    'a program that only parses it with `yaml`': { shell: `${PARSE_ALONE} < ${quoted(one)}` },
  });
  const base = costs['`node -e 0`'];
  const rows = Object.entries(costs).map(([name, { cpu }]) => [name, seconds(cpu), ratio(cpu, base.cpu)]);
  return table('Start-up', [['', 's of CPU', '÷ `node -e 0`'], ...rows]);
}
