/**
 * The cases in `overlays/`: small kustomizations with patches of all kinds. A file has a title, the lines `left out: …` that
 * hardening should report (`UPDATE_SNAPSHOTS=1` writes them: read them), and the files of the case, each after a line `=== PATH`. A case without a `base/` has that of the folder.
 */
import fastGlob from 'fast-glob';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { harden, type FileResult, type Finding } from '../src/index.ts';

export interface OverlayCase {
  readonly name: string;
  readonly title: string;
  /** Such as `run-as-non-root (web): prod/patch.yaml:1 in prod`. */
  readonly leftOut: readonly string[];
  readonly files: Readonly<Record<string, string>>;
}

const root = fileURLToPath(new URL('overlays/', import.meta.url));
const read = (path: string): string => readFileSync(root + path, 'utf8');
const BASE = Object.fromEntries(['base/kustomization.yaml', 'base/web.yaml'].map((path) => [path, read(path)]));

export function overlayCases(): OverlayCase[] {
  return fastGlob
    .sync('*.txt', { cwd: root })
    .sort()
    .map((name) => {
      const [head = '', ...sections] = read(name).split(/^=== /m);
      const [title = '', ...lines] = head.trimEnd().split('\n');
      const own = Object.fromEntries(
        sections.map((section) => [section.slice(0, section.indexOf('\n')), section.slice(section.indexOf('\n') + 1)]),
      );
      const hasBase = Object.keys(own).some((path) => path.startsWith('base/') || path === 'prod/web.yaml');
      const leftOut = lines.map((line) => line.replace(/^left out: /, ''));
      return { name: name.replace(/\.txt$/, ''), title, leftOut, files: hasBase ? own : { ...BASE, ...own } };
    });
}

/** Writes what is left out into the file of a case. */
export function writeLeftOut({ name }: OverlayCase, lines: readonly string[]): void {
  const [head = '', ...sections] = read(`${name}.txt`).split(/^=== /m);
  const title = head.slice(0, head.indexOf('\n'));
  const newHead = [title, ...lines.map((line) => `left out: ${line}`), ''].join('\n');
  writeFileSync(`${root}${name}.txt`, [newHead, ...sections].join('=== '));
}

/** The files of a case, hardened together. */
export function hardenCase({ files }: Pick<OverlayCase, 'files'>): readonly FileResult[] {
  return harden(Object.entries(files).map(([path, content]) => ({ path, content }))).files;
}

const MESSAGE =
  /^(.*) (?:is|are) left out, because (?:.* at (\S+) replaces \w+ (wherever) this is built|\w+ (?:does|do) not agree with .* at (\S+) in the build of (\S+)): /;

/** What a finding says was left out, in the words of a case. */
export function leftOutBy({ message, container }: Finding): string {
  const [, what, replacedAt, wherever, at, build] = MESSAGE.exec(message) ?? [];
  return `${what}${container === undefined ? '' : ` of ${container}`}: ${replacedAt ?? at} ${wherever ?? `in ${build}`}`;
}
