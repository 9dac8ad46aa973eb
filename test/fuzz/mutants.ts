/** Broken manifests out of a folder of real ones: the same for the same seed. */
import fastGlob from 'fast-glob';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { transforms } from '../../transforms/index.ts';
import type { HardenOptions } from '../../src/index.ts';
import { mutate } from './mutate.ts';
import { Random } from './random.ts';

/** An input of the engine. */
export interface Mutant {
  /** The manifest that it was made of. */
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly options: HardenOptions;
}

/** The project's own fixtures. */
export const FIXTURES = fileURLToPath(new URL('../fixtures/', import.meta.url));

/** Larger files take the time of many small ones and show nothing else. */
const LARGEST = 64 * 1024;

/** Options without which their transforms do not run. */
const REQUIRED = { 'selinux-options': { type: 'container_t' }, 'sandbox-runtime-class': { runtimeClassName: 'gvisor' } };

const OPTIONS: readonly HardenOptions[] = [
  {},
  { settings: { override: true } },
  { enable: transforms.map(({ meta }) => meta.id), options: REQUIRED },
  {
    enable: transforms.map(({ meta }) => meta.id),
    options: REQUIRED,
    settings: { override: true, kubeVersion: { major: 1, minor: 18 } },
  },
];

/** The manifests of a folder, with one character for each byte, by path. */
export function manifestsIn(folder: string): readonly (readonly [path: string, text: string])[] {
  const paths = fastGlob.sync('**/*.{yaml,yml,json}', { cwd: folder, stats: true, followSymbolicLinks: false });
  const small = paths.filter(({ stats }) => (stats?.size ?? 0) <= LARGEST).map(({ path }) => path);
  return small.sort().map((path) => [path, readFileSync(`${folder}/${path}`, 'latin1')]);
}

/** Mutants without end; each depends on the seed and on its number alone. */
export function* mutantsOf(manifests: ReturnType<typeof manifestsIn>, seed: number): Generator<Mutant> {
  for (let number = 0; ; number++) {
    const random = new Random(Math.imul(seed, 0x9e3779b1) + number);
    const [path, text] = random.pick(manifests);
    const [, other] = random.pick(manifests);
    const options = random.pick(OPTIONS);
    yield { path, bytes: Buffer.from(mutate(text, random, other), 'latin1'), options };
  }
}
