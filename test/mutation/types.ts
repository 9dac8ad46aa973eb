/**
 * Which mutants the type checker refuses: `npm test` begins with it, so they do not survive. Unused names and unreachable code are
 * no errors here, as in the TypeScript checker of Stryker.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { folder, type NumberedMutant } from './bundle.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const project = `${folder}/types/`;
const CONFIG = {
  extends: `${root}tsconfig.json`,
  compilerOptions: { noUnusedLocals: false, noUnusedParameters: false, allowUnreachableCode: true, noEmit: true, rootDir: '.' },
  include: ['src', 'transforms'],
};

/** The mutants that have a type error of their own. Those of different files are tried together first, then each suspect alone. */
export function refusedByTypes(mutants: readonly NumberedMutant[]): NumberedMutant[] {
  mkdirSync(project, { recursive: true });
  for (const name of ['src', 'transforms', 'package.json']) cpSync(root + name, project + name, { recursive: true });
  writeFileSync(`${project}tsconfig.json`, JSON.stringify(CONFIG));
  const original = filesWithErrors([]);
  if (original.size > 0) throw new Error(`type errors without any mutant: ${[...original].join(', ')}`);
  const isRefused = (together: readonly NumberedMutant[]): NumberedMutant[] => {
    const files = filesWithErrors(together);
    return together.filter(({ file }) => files.has(file));
  };
  return roundsOf(mutants)
    .flatMap(isRefused)
    .flatMap((suspect) => isRefused([suspect]));
}

/** At most one mutant of each file in a round. */
function roundsOf(mutants: readonly NumberedMutant[]): NumberedMutant[][] {
  const rounds: NumberedMutant[][] = [];
  const counts = new Map<string, number>();
  for (const mutant of mutants) {
    const round = counts.get(mutant.file) ?? 0;
    counts.set(mutant.file, round + 1);
    (rounds[round] ??= []).push(mutant);
  }
  return rounds;
}

/** The files in which the type checker finds errors with some mutants in place. */
function filesWithErrors(mutants: readonly NumberedMutant[]): Set<string> {
  for (const { file, start, end, text } of mutants) {
    const source = readFileSync(root + file, 'utf8');
    writeFileSync(project + file, source.slice(0, start) + text + source.slice(end));
  }
  const { stdout } = spawnSync('node', [`${root}node_modules/typescript/bin/tsc`, '--pretty', 'false'], {
    cwd: project,
    encoding: 'utf8',
  });
  for (const { file } of mutants) writeFileSync(project + file, readFileSync(root + file));
  return new Set([...stdout.matchAll(/^(.+?)\(\d+,\d+\): error/gm)].map(([, file = '']) => file));
}
