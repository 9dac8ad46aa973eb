/** The custom resources of the own documents, of the fixtures and of the corpus, before and after hardening. */
import fastGlob from 'fast-glob';
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CUSTOM_KINDS } from '../../src/kubernetes/custom-kinds/index.ts';
import { stringAt, type JsonObject } from '../../src/util/json.ts';
import { valuesIn } from '../objects.ts';
import { goValues } from './go-values.ts';
import { copyOf, CORPUS, kharden, PROJECT, temporaryFolder } from './world.ts';

/** The default one, and the one with the most transforms. */
export const PROFILES = ['restricted', 'strict'];

/** The groups and kinds that are known. */
export const NAMES: readonly string[] = CUSTOM_KINDS.map(({ group, kind }) => `${group}/${kind}`).sort();

/** A folder with the own resources, those of the fixtures and those of the corpus. */
function gather(): string {
  const root = temporaryFolder();
  cpSync(join(PROJECT, 'test/integration/custom-resources'), join(root, 'own'), { recursive: true });
  cpSync(join(PROJECT, 'test/fixtures/custom'), join(root, 'fixtures'), { recursive: true });
  const groups = [...new Set(CUSTOM_KINDS.map(({ group }) => group.replaceAll('.', '\\.')))];
  const wanted = new RegExp(`apiVersion"?: *["']?(?:${groups.join('|')})/`);
  for (const file of fastGlob.sync('**/*.{yaml,yml,json}', { cwd: CORPUS })) {
    if (wanted.test(readFileSync(join(CORPUS, file), 'utf8'))) cpSync(join(CORPUS, file), join(root, 'corpus', file));
  }
  return root;
}

/** The group and the kind of an object. */
export const nameOf = (object: JsonObject): string =>
  `${stringAt(object, 'apiVersion')?.replace(/\/.*/, '')}/${stringAt(object, 'kind') ?? ''}`;

/** The objects of each file that kubectl reads. */
function objectsOf(root: string, files: readonly string[]): JsonObject[][] {
  const read = goValues(files.map((file) => readFileSync(join(root, file))));
  return read.map((documents) => documents.flatMap(({ json }) => (json === undefined ? [] : valuesIn(json))));
}

/** A custom resource with what became of it in each profile. */
export interface Case {
  readonly file: string;
  readonly before: JsonObject;
  readonly after: readonly JsonObject[];
}

const before = gather();
const files = fastGlob.sync('**/*', { cwd: before }).sort();
/** What a run said, and the objects of each file after it. */
export const hardened = PROFILES.map((profile) => {
  const folder = copyOf(before);
  const { status, stderr } = kharden(['--write', '--quiet', '--profile', profile, folder]);
  return { status, stderr, objects: objectsOf(folder, files) };
});
/** The custom resources of the known kinds. */
export const cases: readonly Case[] = objectsOf(before, files).flatMap((objects, index) => casesOf(index, objects));
/** The objects that hardening adds, of kinds that the API server has itself. */
export const added: readonly JsonObject[] = hardened.flatMap(({ objects }) => objects.flat()).filter(isAdded);

function isAdded(object: JsonObject): boolean {
  return object['kind'] === 'ServiceAccount' || object['kind'] === 'NetworkPolicy';
}

function casesOf(index: number, objects: readonly JsonObject[]): Case[] {
  const isCustom = (object: JsonObject): boolean => NAMES.includes(nameOf(object));
  const after = hardened.map((one) => one.objects[index]?.filter(isCustom) ?? []);
  return objects.filter(isCustom).map((object, position) => ({
    file: files[index] as string,
    before: object,
    after: after.map((one) => one[position] as JsonObject),
  }));
}
