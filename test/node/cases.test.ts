/** The cases for the node can be run: each image has a recipe, each recipe says what it stands for, each step is one. */
import fastGlob from 'fast-glob';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { readInstructions } from '../../src/dockerfile/text/instructions.ts';
import { parseImageReference } from '../../src/kubernetes/image-reference.ts';
import { assert, suite } from '../harness.ts';
import { manifestOf, readCases, type Case } from './case.ts';
import { allRecipes } from './images/build.ts';
import { REPOSITORY } from './knowing.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const STEP =
  /^(?:@\S+ )?(?:get :\d+\/|put :\d+\/\S+ <= |tcp :\d+ |run \S|exec \S|log => |name :\d+ \S+ |restart$|trigger \S+$|complete$|release$|node \S)/;
const OF_CONFIG = /^(?:USER|ENV|VOLUME|EXPOSE|ENTRYPOINT|CMD)$/;
const IMAGE = /^[ -]*(?:\{.*)?\bimage: +["']?([\w./:-]+)/gm;

function fullName(image: string): string {
  const { registry = '', repository = '', tag = '' } = parseImageReference(image) ?? {};
  return `${registry}/${repository}:${tag}`;
}

/** The manifest of a case, and the files of its chart or overlay. */
function textsOf({ text, source }: Case): string[] {
  const paths =
    source === undefined || source.kind === 'function'
      ? []
      : fastGlob.sync('**/*.{yaml,json}', { cwd: source.folder, absolute: true, ignore: ['**/compose.yaml'] });
  return [text, ...paths.map((path) => readFileSync(path, 'utf8'))];
}

interface Service {
  readonly image: string;
  readonly build: string;
}

/** What the last stage of a Dockerfile says about running it, in its own words. */
function saidBy(path: string): string[] {
  const all = readInstructions(readFileSync(path, 'utf8'));
  const last = all.slice(all.findLastIndex(({ keyword }) => keyword === 'FROM'));
  return last.filter(({ keyword }) => OF_CONFIG.test(keyword)).map(({ keyword, text }) => `${keyword} ${text}`);
}

/** The texts that COPY puts into the image of a recipe. */
function copiedTexts(path: string): string[] {
  return readInstructions(readFileSync(path, 'utf8')).flatMap(({ keyword, documents }) =>
    keyword === 'COPY' ? documents.map(({ text }) => text) : [],
  );
}

function textsIn(folder: string): string[] {
  return fastGlob.sync('**', { cwd: folder, absolute: true }).map((path) => readFileSync(path, 'utf8'));
}

suite('cases for the node', (test) => {
  const recipes = allRecipes();
  const cases = readCases([]);
  const texts = cases.flatMap(textsOf);
  const images = new Set(texts.flatMap((text) => [...text.matchAll(IMAGE)].map(([, name = '']) => fullName(name))));

  test('every image has a recipe', () => {
    const made = new Set(recipes.flatMap(({ references }) => references));
    assert.equal(
      [...images].filter((image) => !made.has(image)),
      // It is for Windows, and never runs.
      ['mcr.microsoft.com/windows/servercore/iis:windowsservercore-ltsc2022'],
    );
  });

  test('every recipe is of an image that its sources tell of, or of a private one', () => {
    for (const { name, references, sources, knowledge, isUnknown } of recipes) {
      const isPrivate = references.some((reference) => /^registry\.example(?:\.com)?\//.test(reference));
      assert.is(isUnknown, isPrivate, name);
      if (!isUnknown && name !== 'pause') assert.ok(sources.length + knowledge.length > 0, name);
    }
  });

  test('every step is one', () => {
    const wrong = cases.flatMap(({ name, work }) => work.filter((step) => !STEP.test(step)).map((step) => `${name}: ${step}`));
    assert.equal(wrong, []);
  });

  test('the Dockerfile of a stand-in says what its recipe does', () => {
    const order = parse(readFileSync(join(REPOSITORY, 'compose.yaml'), 'utf8')) as { services: Record<string, Service> };
    const folders = new Map(Object.values(order.services).map(({ image, build }) => [image, join(REPOSITORY, build)]));
    const used = cases.filter(({ group }) => group === 'unknown').flatMap(textsOf);
    const references = new Set(used.flatMap((text) => [...text.matchAll(IMAGE)].map(([, name = '']) => name)));
    assert.equal([...references].sort(), [...folders.keys()].sort());
    for (const [image, folder] of folders) {
      const recipe = recipes.find((one) => one.references.includes(image));
      const path = join(here, 'images', recipe?.path ?? '');
      assert.equal(saidBy(join(folder, 'Dockerfile')), saidBy(path), image);
      for (const text of copiedTexts(path)) assert.ok(textsIn(folder).includes(text), `${image}: ${text}`);
    }
  });

  test('what breaks a case is written there, and may break it', async () => {
    for (const subject of cases.filter(({ breaks }) => breaks.length > 0)) {
      const { changes } = await manifestOf(subject, 'tried', '');
      for (const id of subject.breaks)
        assert.ok(
          changes.some(({ transform, safety }) => transform === id && safety === 'may-break'),
          `${subject.name}: ${id}`,
        );
    }
  });
});
