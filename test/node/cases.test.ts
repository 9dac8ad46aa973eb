/** The cases for the node can be run: each image has a recipe, each recipe says what it stands for, each step is one. */
import fastGlob from 'fast-glob';
import { readFileSync } from 'node:fs';
import { parseImageReference } from '../../src/kubernetes/image-reference.ts';
import { assert, suite } from '../harness.ts';
import { manifestOf, readCases, type Case } from './case.ts';
import { allRecipes } from './images/build.ts';

const STEP =
  /^(?:@\S+ )?(?:get :\d+\/|put :\d+\/\S+ <= |tcp :\d+ |run \S|exec \S|log => |name :\d+ \S+ |restart$|trigger \S+$|complete$|release$|node \S)/;
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
      : fastGlob.sync('**/*.{yaml,json}', { cwd: source.folder, absolute: true });
  return [text, ...paths.map((path) => readFileSync(path, 'utf8'))];
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

  test('what breaks a case is written there, and may break it', () => {
    for (const subject of cases.filter(({ breaks }) => breaks.length > 0)) {
      const changes = manifestOf(subject, 'hardened')?.changes ?? [];
      for (const id of subject.breaks)
        assert.ok(
          changes.some(({ transform, safety }) => transform === id && safety === 'may-break'),
          `${subject.name}: ${id}`,
        );
    }
  });
});
