/** Every key of the configuration, good and bad. */
import { configSchema } from '../../src/config/schema/schema.ts';
import type { JsonObject } from '../../src/util/json.ts';
import { assert, suite } from '../harness.ts';
import { BAD } from './bad-keys.ts';
import { GOOD } from './good-keys.ts';
import { configIn, errorsIn } from './read.ts';

const tested = (texts: readonly string[]): Set<string> => new Set(texts.flatMap((text) => text.match(/^\w+(?=:)/gm) ?? []));

suite('config: keys', (test) => {
  for (const [text, options] of GOOD) {
    test(`takes ${text.trimEnd()}`, () => assert.equal(configIn(text), { options, exclude: [] }));
  }

  test('takes exclude', () => {
    assert.equal(configIn('exclude: [legacy/, ./a/**, "**/x.yaml"]'), {
      options: {},
      exclude: ['legacy/', './a/**', '**/x.yaml'],
    });
  });

  for (const [text, ...errors] of BAD) {
    test(`refuses ${text.trimEnd()}`, () => assert.equal(errorsIn(text), errors));
  }

  test('every key is tested with a good and a bad value', () => {
    const keys = Object.keys(configSchema['properties'] as JsonObject);
    assert.equal(
      keys.filter((key) => key !== 'exclude' && !tested(GOOD.map(([text]) => text)).has(key)),
      [],
    );
    assert.equal(
      keys.filter((key) => !tested(BAD.map(([text]) => text)).has(key)),
      [],
    );
  });
});
