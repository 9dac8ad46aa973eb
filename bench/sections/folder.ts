/** A repository of 5,000 files, against programs that only look at it. */
import { cpSync, existsSync, rmSync } from 'node:fs';
import { repository, temporaryFolder } from '../inputs/folders.ts';
import { measure, type Command } from '../measure.ts';
import { KHARDEN, quoted, tool } from '../programs.ts';
import { ratio, seconds, table } from '../table.ts';

const ROUNDS = 3;
const FILES = 5000;

/** @param schemas a folder of schemas for kubeconform; without it kubeconform is left out */
export async function folder(schemas: string | undefined): Promise<string> {
  const manifests = repository(FILES);
  const fresh = temporaryFolder();
  const prepare = (): void => {
    rmSync(fresh, { recursive: true, force: true });
    cpSync(manifests, fresh, { recursive: true });
  };
  const kubeconform = `${tool('kubeconform')} -schema-location ${quoted(`${schemas}/{{ .ResourceKind }}{{ .KindSuffix }}.json`)}`;
  const files = `find ${quoted(manifests)} -name '*.yaml'`;
  const commands: Record<string, Command> = {
    'reading the bytes': { shell: `${files} -exec cat {} +` },
    ...(schemas === undefined ? {} : { kubeconform: { shell: `${kubeconform} -ignore-missing-schemas ${quoted(manifests)}` } }),
    'kube-score': { shell: `${files} -exec ${tool('kube-score')} score {} +` },
    'kube-linter': { shell: `${tool('kube-linter')} lint ${quoted(manifests)}` },
    '`kharden --check`': { shell: `${KHARDEN} --check ${quoted(manifests)}` },
    '`kharden --write`, each file synced to the disk': {
      prepare,
      shell: `${KHARDEN} --quiet --write ${quoted(fresh)}`,
    },
  };
  const able = Object.fromEntries(
    Object.entries(commands).filter(([name]) => !name.startsWith('kube') || existsSync(tool(name))),
  );
  const costs = Object.entries(await measure(ROUNDS, able));
  const base = costs[0]?.[1];
  const rows = costs.map(([name, { cpu, wall, memory }]) => [
    name,
    seconds(cpu),
    seconds(wall),
    memory.toFixed(0),
    ratio(cpu, base?.cpu ?? Number.NaN),
  ]);
  return table(`A repository of ${FILES} files`, [['', 's of CPU', 's', 'MB', 'CPU ÷ reading'], ...rows]);
}
