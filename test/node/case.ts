/**
 * A case: a manifest as people write it, with comments at its top that say which work shows that it runs.
 *
 *     # Title of the case.
 *     # work: get :80/ => Welcome to nginx
 *     # work: restart
 *
 * Controls are workloads that must not do their work, so that the suite is seen to fail. `# breaks: ID` names the change that is known to
 * break a stand-in for a private image.
 */
import fastGlob from 'fast-glob';
import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseAllDocuments } from 'yaml';
import { harden, type FileResult } from '../../src/index.ts';
import type { Json } from './cluster/api.ts';

const folder = join(fileURLToPath(new URL('.', import.meta.url)), 'cases');

/** The forms in which a case runs. */
export const FORMS = ['plain', 'hardened', 'safe-only'] as const;
export type Form = (typeof FORMS)[number];

export interface Case {
  /** The name of its file, and of its namespaces. */
  readonly name: string;
  readonly title: string;
  /** The folder: `known`, `unknown` or `controls`. */
  readonly group: string;
  readonly work: readonly string[];
  /** The transforms that are known to break it. */
  readonly breaks: readonly string[];
  readonly text: string;
}

/** A case in one form. */
export interface Manifest {
  readonly text: string;
  readonly objects: readonly Json[];
  /** What kharden did; undefined when it did nothing. */
  readonly result?: FileResult;
}

/** All cases whose name holds one of the words, or all. */
export function readCases(words: readonly string[]): Case[] {
  const paths = fastGlob.sync('*/*.yaml', { cwd: folder }).sort();
  const cases = paths.map(readCase);
  const twice = cases.find(({ name }, index) => cases.findIndex((other) => other.name === name) !== index);
  if (twice) throw new Error(`two cases have the name ${twice.name}`);
  return cases.filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)));
}

function readCase(path: string): Case {
  const text = readFileSync(join(folder, path), 'utf8');
  const comments = (key: string): string[] =>
    [...text.matchAll(new RegExp(`^# ${key}: (.*)$`, 'gm'))].map(([, value = '']) => value);
  const name = basename(path, '.yaml');
  const work = comments('work');
  if (work.length === 0) throw new Error(`${path} names no work`);
  const title = /^# (.*)$/m.exec(text)?.[1] ?? name;
  return { name, title, group: dirname(path), work, breaks: comments('breaks'), text };
}

/** The manifest of a case in a form, hardened by the library when the form asks for it. */
export function manifestOf({ name, text, group }: Case, form: Form): Manifest | undefined {
  if (form === 'plain') return { text, objects: objectsOf(text) };
  if (group === 'controls') return undefined;
  const [result] = harden(
    [{ path: `${name}.yaml`, content: text }],
    form === 'safe-only' ? { settings: { safeOnly: true } } : {},
  ).files;
  if (result === undefined) throw new Error(`${name}: no result`);
  const error = result.findings.find(({ severity }) => severity === 'error');
  if (error) throw new Error(`${name}: ${error.message}`);
  return { text: result.output, objects: objectsOf(result.output), result };
}

function objectsOf(text: string): Json[] {
  return parseAllDocuments(text).flatMap((document) => {
    const value = document.toJS() as Json | null;
    return value?.['kind'] === undefined ? [] : [value];
  });
}

/** The images of a case, without their tags. */
export function imagesOf(objects: readonly Json[]): string[] {
  const text = JSON.stringify(objects);
  const names = [...text.matchAll(/"image":"([^"@]+?)(?::[^":/]+)?"/g)].map(([, name = '']) => name);
  return [...new Set(names)];
}
