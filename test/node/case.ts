/**
 * A case: a manifest as people write it, with comments at its top that say which work shows that it runs.
 *
 *     # Title of the case.
 *     # work: get :80/ => Welcome to nginx
 *     # work: restart
 *
 * Controls are workloads that must not do their work, so that the suite is seen to fail. `# breaks: ID` names the change that is known to
 * break a stand-in for a private image. `# from: chart FOLDER` takes the manifest from a chart, as other sources of `readSource` do; what
 * stands in the file then is there before it.
 */
import fastGlob from 'fast-glob';
import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseAllDocuments } from 'yaml';
import {
  harden,
  type AppliedChange,
  type FileResult,
  type Finding,
  type Input,
  type Settings,
  type Standing,
} from '../../src/index.ts';
import { buildText, readSource, type Source } from './built.ts';
import type { Json } from './cluster/api.ts';
import { FORMS, OF_STAND_INS, type Form } from './form.ts';
import { isKnowing, writeKnowing } from './knowing.ts';

const folder = join(fileURLToPath(new URL('.', import.meta.url)), 'cases');

export interface Case {
  /** The name of its file, and of its namespaces. */
  readonly name: string;
  readonly title: string;
  /** The folder: `known`, `built`, `unknown` or `controls`. */
  readonly group: string;
  readonly work: readonly string[];
  /** The transforms that are known to break it. */
  readonly breaks: readonly string[];
  /** What makes the manifest; undefined when it stands in the file. */
  readonly source: Source | undefined;
  readonly text: string;
}

/** A case in one form. */
export interface Manifest {
  readonly text: string;
  readonly objects: readonly Json[];
  /** How each workload stands against the Pod Security Standards. */
  readonly standings: readonly Standing[];
  /** What kharden did and said. */
  readonly changes: readonly Pick<AppliedChange, 'transform' | 'safety'>[];
  readonly findings: readonly Finding[];
}

/** All cases whose name holds one of the words, or whose folder is one; or all. */
export function readCases(words: readonly string[]): Case[] {
  const paths = fastGlob.sync('*/*.yaml', { cwd: folder }).sort();
  const cases = paths.map(readCase);
  const twice = cases.find(({ name }, index) => cases.findIndex((other) => other.name === name) !== index);
  if (twice) throw new Error(`two cases have the name ${twice.name}`);
  return cases.filter(({ name, group }) => words.length === 0 || words.some((word) => name.includes(word) || group === word));
}

function readCase(path: string): Case {
  const text = readFileSync(join(folder, path), 'utf8');
  const comments = (key: string): string[] =>
    [...text.matchAll(new RegExp(`^# ${key}: (.*)$`, 'gm'))].map(([, value = '']) => value);
  const name = basename(path, '.yaml');
  const work = comments('work');
  if (work.length === 0) throw new Error(`${path} names no work`);
  const title = /^# (.*)$/m.exec(text)?.[1] ?? name;
  const [source] = comments('from').map(readSource);
  return { name, title, group: dirname(path), work, breaks: comments('breaks'), source, text };
}

/** The forms in which a case runs: a control only as it is, and a stand-in for a private image in all of them. */
export function formsOf({ group }: Case): readonly Form[] {
  if (group === 'controls') return ['plain'];
  return FORMS.filter((form) => group === 'unknown' || !OF_STAND_INS.includes(form));
}

/**
 * The manifest of a case in one of its forms, hardened by the library, by what makes it, or by the program where there is something to know.
 *
 * @param cache where the built images and what was learned from them are
 */
export async function manifestOf({ name, text, source }: Case, form: Form, cache: string): Promise<Manifest> {
  const input = { path: `${name}.yaml`, content: source === undefined ? text : await buildText(source, 'plain') };
  const settings = { safeOnly: form === 'safe-only', unknownImages: form === 'tried' ? 'harden' : 'report' } as const;
  const inputs = source?.kind === 'overlay' ? filesBelow(source.folder) : [input];
  if (isKnowing(form)) {
    const { output, changes, findings } = await writeKnowing(input, form, cache);
    return manifest(input.path, output, changes, findings);
  }
  const files = form === 'plain' ? [] : hardened(inputs, settings);
  const output = source === undefined ? (files[0]?.output ?? text) : await buildText(source, form);
  const changes = files.flatMap((file) => file.changes);
  return manifest(
    input.path,
    output,
    changes,
    files.flatMap(({ findings }) => findings),
  );
}

function manifest(path: string, text: string, changes: Manifest['changes'], findings: Manifest['findings']): Manifest {
  const standings = hardened([{ path, content: text }], {}).flatMap((file) => file.standings.map(({ before }) => before));
  return { text, objects: objectsOf(text), standings, changes, findings };
}

function filesBelow(folder: string): Input[] {
  const paths = fastGlob.sync('**', { cwd: folder }).sort();
  return paths.map((path) => ({ path, content: readFileSync(join(folder, path), 'utf8') }));
}

function hardened(inputs: readonly Input[], settings: Partial<Settings>): readonly FileResult[] {
  const { files } = harden(inputs, { settings });
  const error = files.flatMap(({ findings }) => findings).find(({ severity }) => severity === 'error');
  if (error) throw new Error(`${inputs[0]?.path}: ${error.message}`);
  return files;
}

function objectsOf(text: string): Json[] {
  return parseAllDocuments(text).flatMap((document) => {
    const value = document.toJS() as Json | null;
    return value?.['kind'] === undefined ? [] : [value];
  });
}

/** The least strict level that all pods of a manifest meet. */
export function levelOf({ standings }: Manifest): Standing['level'] {
  const levels = standings.map(({ level }) => level);
  if (levels.includes('privileged')) return 'privileged';
  return levels.includes('baseline') ? 'baseline' : 'restricted';
}

/** The images of a case, without their tags. */
export function imagesOf(objects: readonly Json[]): string[] {
  const text = JSON.stringify(objects);
  const names = [...text.matchAll(/"image":"([^"@]+?)(?::[^":/]+)?"/g)].map(([, name = '']) => name);
  return [...new Set(names)];
}
