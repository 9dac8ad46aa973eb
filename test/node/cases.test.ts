/** The cases for the node can be run: each image has a recipe, each recipe says what it stands for, each step is one. */
import { parseImageReference } from '../../src/kubernetes/image-reference.ts';
import { assert, suite } from '../harness.ts';
import { manifestOf, readCases } from './case.ts';
import { allRecipes } from './images/build.ts';

const STEP =
  /^(?:@\S+ )?(?:get :\d+\/|put :\d+\/\S+ <= |tcp :\d+ |run \S|exec \S|log => |restart$|trigger \S+$|complete$|node \S)/;

function fullName(image: string): string {
  const { registry = '', repository = '', tag = '' } = parseImageReference(image) ?? {};
  return `${registry}/${repository}:${tag}`;
}

suite('cases for the node', (test) => {
  const recipes = allRecipes();
  const cases = readCases([]);
  const images = new Set(
    cases.flatMap(({ text }) => [...text.matchAll(/^ *image: (\S+)$/gm)].map(([, name = '']) => fullName(name))),
  );

  test('every image has a recipe', () => {
    const made = new Set(recipes.flatMap(({ references }) => references));
    assert.equal(
      [...images].filter((image) => !made.has(image)),
      [],
    );
  });

  test('every recipe is of an image that its sources tell of, or of a private one', () => {
    for (const { name, references, sources, isUnknown } of recipes) {
      const isPrivate = references.some((reference) => reference.startsWith('registry.example.com/'));
      assert.is(isUnknown, isPrivate, name);
      if (!isUnknown && name !== 'pause') assert.ok(sources.length > 0, name);
    }
  });

  test('every step is one', () => {
    const wrong = cases.flatMap(({ name, work }) => work.filter((step) => !STEP.test(step)).map((step) => `${name}: ${step}`));
    assert.equal(wrong, []);
  });

  test('what breaks a case is written there, and may break it', () => {
    for (const subject of cases.filter(({ breaks }) => breaks.length > 0)) {
      const changes = manifestOf(subject, 'hardened')?.result?.changes ?? [];
      for (const id of subject.breaks)
        assert.ok(
          changes.some(({ transform, safety }) => transform === id && safety === 'may-break'),
          `${subject.name}: ${id}`,
        );
    }
  });
});
