/** Streams on standard input, against a program that only parses them, and `helm template` with kharden behind it. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../inputs/folders.ts';
import { deployment, MEGABYTES, ordinary } from '../inputs/streams.ts';
import { measure } from '../measure.ts';
import { KHARDEN, PARSE_ALONE, quoted, ROOT, tool } from '../programs.ts';
import { ratio, seconds, table } from '../table.ts';

const ROUNDS = 3;

/** Streams of workloads, and a megabyte of everything. */
export async function streams(): Promise<string> {
  const workloads = {
    '1,000 Deployments of 2 kB': stream(1000, ordinary),
    '2,000 Deployments of 320 bytes': stream(2000, deployment),
    '10,000 Deployments of 320 bytes': stream(10_000, deployment),
  };
  return [
    await besideParsing('Streams of workloads', workloads, [INPUT, INPUT_AND_RESULT]),
    await besideParsing('1 MB of', MEGABYTES, [INPUT]),
  ].join('\n');
}

function stream(count: number, document: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => document(index)).join('');
}

/** What is parsed with the `yaml` package to compare with: the heading, and the texts. */
interface Yardstick {
  readonly heading: string;
  readonly texts: readonly (keyof Paths)[];
}

const INPUT: Yardstick = { heading: '÷ parsing with `yaml`', texts: ['input'] };
const INPUT_AND_RESULT: Yardstick = { heading: '÷ parsing input and result', texts: ['input', 'result'] };

/** Where a stream is, and what becomes of it. */
interface Paths {
  readonly input: string;
  readonly result: string;
}

async function besideParsing(
  title: string,
  texts: Readonly<Record<string, string>>,
  yardsticks: readonly Yardstick[],
): Promise<string> {
  const folder = temporaryFolder();
  const paths: Paths = { input: join(folder, 'stream.yaml'), result: join(folder, 'result.yaml') };
  const rows: string[][] = [];
  for (const [name, text] of Object.entries(texts)) {
    writeFileSync(paths.input, text);
    const harden = `${KHARDEN} --quiet - < ${quoted(paths.input)}`;
    spawnSync('bash', ['-c', `${harden} > ${quoted(paths.result)}`]);
    const parsing = yardsticks.map((one) => [one.heading, { shell: parsingOf(one, paths) }] as const);
    const costs = await measure<string>(ROUNDS, { ...Object.fromEntries(parsing), kharden: { shell: harden } });
    const cpu = costs['kharden']?.cpu ?? 0;
    const ratios = yardsticks.map(({ heading }) => ratio(cpu, costs[heading]?.cpu ?? 0));
    rows.push([name, seconds(cpu), (text.length / 1e6 / cpu).toPrecision(2), ...ratios]);
  }
  return table(title, [['', 's of CPU', 'MB/s', ...yardsticks.map(({ heading }) => heading)], ...rows]);
}

function parsingOf({ texts }: Yardstick, paths: Paths): string {
  return `cat ${texts.map((text) => quoted(paths[text])).join(' ')} | ${PARSE_ALONE}`;
}

const DOCUMENTS = 500;

/** What the post-renderer adds to `helm template`: a chart of 500 documents, half of them workloads; Helm 3. */
export async function helm(): Promise<string> {
  const folder = temporaryFolder();
  const chart = join(folder, 'many');
  mkdirSync(join(chart, 'templates'), { recursive: true });
  writeFileSync(join(chart, 'Chart.yaml'), 'apiVersion: v2\nname: many\nversion: 1.0.0\n');
  const documents = deployment(0).replaceAll('web-0', 'web-{{ $i }}') + SERVICE;
  writeFileSync(join(chart, 'templates/all.yaml'), `{{- range $i := until ${DOCUMENTS / 2} }}\n${documents}{{- end }}\n`);
  symlinkSync(join(ROOT, 'bin/kharden.js'), join(folder, 'kharden'));
  const settings = ['DATA', 'CACHE', 'CONFIG'].map((name) => `HELM_${name}_HOME=${quoted(folder)}`).join(' ');
  const template = `PATH=${quoted(folder)}:$PATH ${settings} ${tool('helm3')} template bench ${quoted(chart)}`;
  const { plain, hardened } = await measure(ROUNDS, {
    plain: { shell: template },
    hardened: { shell: `${template} --post-renderer kharden --post-renderer-args --quiet` },
  });
  return table(`\`helm template\` of ${DOCUMENTS} documents`, [
    ['', 's of CPU', 's', '÷ `helm template`'],
    ['`helm template`', seconds(plain.cpu), seconds(plain.wall), '1'],
    ['with `--post-renderer kharden`', seconds(hardened.cpu), seconds(hardened.wall), ratio(hardened.cpu, plain.cpu)],
  ]);
}

const SERVICE = `---
apiVersion: v1
kind: Service
metadata:
  name: web-{{ $i }}
spec:
  selector: {app: web-{{ $i }}}
  ports:
    - port: 80
`;
