/** What the rest of a repository costs a run on one file of it, as a hook has it. */
import { join } from 'node:path';
import { writeFileSync } from 'node:fs';
import { application } from '../inputs/application.ts';
import { repository, temporaryFolder } from '../inputs/folders.ts';
import { measure } from '../measure.ts';
import { KHARDEN, quoted } from '../programs.ts';
import { ratio, seconds, table } from '../table.ts';

const ROUNDS = 5;
const FILES = 5000;
const FILE = 'team-2/app-42/web.yaml';

export async function oneFile(): Promise<string> {
  const inRepository = repository(FILES);
  writeFileSync(join(inRepository, '.kharden.yaml'), '{}\n');
  const alone = join(temporaryFolder(), 'web.yaml');
  writeFileSync(alone, application(42)[FILE] ?? '');
  const costs = await measure(ROUNDS, {
    alone: { shell: `${KHARDEN} --check ${quoted(alone)}` },
    reading: { shell: `find ${quoted(inRepository)} -name '*.yaml' -exec cat {} +` },
    inRepository: { shell: `${KHARDEN} --check ${quoted(join(inRepository, FILE))}` },
  });
  const base = costs.alone.cpu + costs.reading.cpu;
  return table(`One file of ${FILES}, the others read for facts`, [
    ['', 's of CPU', '÷ alone and reading'],
    ['the file alone', seconds(costs.alone.cpu), ''],
    ['reading all bytes', seconds(costs.reading.cpu), ''],
    ['the file in its repository', seconds(costs.inRepository.cpu), ratio(costs.inRepository.cpu, base)],
  ]);
}
