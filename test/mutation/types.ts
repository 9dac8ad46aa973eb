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

/**
 * The mutants that have a type error of their own. Those of different files are tried together; one whose file has an error at another
 * place is tried again alone, because the error may be of another file's mutant.
 */
export function refusedByTypes(mutants: readonly NumberedMutant[]): NumberedMutant[] {
  mkdirSync(project, { recursive: true });
  for (const name of ['src', 'transforms', 'package.json']) cpSync(root + name, project + name, { recursive: true });
  writeFileSync(`${project}tsconfig.json`, JSON.stringify(CONFIG));
  const [original] = errorsWith([]);
  if (original) throw new Error(`a type error without any mutant: ${original.file}:${original.line}`);
  return roundsOf(mutants).flatMap((together) => {
    const errors = errorsWith(together);
    return together.filter((mutant) => {
      const own = errors.filter(({ file }) => file === mutant.file);
      const { first, last } = linesOf(mutant);
      if (own.some(({ line }) => line >= first && line <= last)) return true;
      return own.length > 0 && errorsWith([mutant]).some(({ file }) => file === mutant.file);
    });
  });
}

/** The lines that a mutant changes, as they are with it. */
function linesOf({ file, start, text }: NumberedMutant): { first: number; last: number } {
  const first = readFileSync(root + file, 'utf8')
    .slice(0, start)
    .split('\n').length;
  return { first, last: first + text.split('\n').length - 1 };
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

/** The errors that the type checker finds with some mutants in place. */
function errorsWith(mutants: readonly NumberedMutant[]): { file: string; line: number }[] {
  for (const { file, start, end, text } of mutants) {
    const source = readFileSync(root + file, 'utf8');
    writeFileSync(project + file, source.slice(0, start) + text + source.slice(end));
  }
  const { stdout } = spawnSync('node', [`${root}node_modules/typescript/bin/tsc`, '--pretty', 'false'], {
    cwd: project,
    encoding: 'utf8',
  });
  for (const { file } of mutants) writeFileSync(project + file, readFileSync(root + file));
  return [...stdout.matchAll(/^(.+?)\((\d+),\d+\): error/gm)].map(([, file = '', line]) => ({ file, line: Number(line) }));
}
