/** The schema agrees with the settings, the quantities and the versions, and `kharden init` with the schema. */
import { transforms } from '../../transforms/index.ts';
import { initialConfig } from '../../src/config/index.ts';
import { configSchema } from '../../src/config/schema/schema.ts';
import { validate } from '../../src/config/check/validate.ts';
import { DEFAULT_SETTINGS, parseKubeVersion } from '../../src/decisions/basis/settings.ts';
import { quantity } from '../../src/transform/quantity-schema.ts';
import { parseQuantity } from '../../src/kubernetes/quantity.ts';
import { defaultsOf } from '../../src/transform/options.ts';
import { member, path, type Json, type JsonObject } from '../../src/util/json.ts';
import { assert, suite } from '../harness.ts';
import { configIn } from './read.ts';

const properties = configSchema['properties'] as JsonObject;
const fits = (schema: Json | undefined, value: Json): boolean =>
  validate({ ...(schema as JsonObject), definitions: configSchema['definitions'] ?? {} }, value).length === 0;

suite('config: schema', (test) => {
  test('every key says what it is for', () => {
    assert.equal(
      Object.entries(properties).filter(([, property]) => !member(property, 'description')),
      [],
    );
  });

  test('every default fits its key', () => {
    for (const [key, property] of Object.entries(properties)) {
      const value = member(property, 'default');
      assert.ok(value !== undefined, key);
      if (key !== 'only') configIn(JSON.stringify({ [key]: value }));
    }
  });

  test('every example fits its key', () => {
    for (const [key, property] of Object.entries(properties)) {
      for (const value of (member(property, 'examples') ?? []) as Json[]) configIn(JSON.stringify({ [key]: value }));
    }
  });

  test('every setting is a key, its default that of a run', () => {
    for (const [key, value] of Object.entries(DEFAULT_SETTINGS)) {
      const written = path(properties, key, 'default');
      assert.equal(key === 'kubeVersion' ? parseKubeVersion(String(written)) : written, value, key);
    }
  });

  test('it is of draft 07, and in one piece: every reference leads to a definition', () => {
    assert.is(configSchema['$schema'], 'http://json-schema.org/draft-07/schema#');
    const text = JSON.stringify(configSchema);
    assert.not.match(text, /"\$defs"|"prefixItems"|"unevaluated\w+"|"dependent\w+"/);
    const references = [...text.matchAll(/"\$ref":"([^"]*)"/g)].map(([, reference = '']) => reference);
    assert.ok(references.length > 10);
    for (const reference of references) {
      const name = /^#\/definitions\/(\w+)$/.exec(reference)?.[1] ?? '';
      assert.ok(member(configSchema['definitions'], name), reference);
    }
  });

  test('an empty file fits it', () => assert.equal(validate(configSchema, null), []));

  test('quantities are those that Kubernetes reads', () => {
    const schema = quantity({ default: null, description: '' }) as unknown as JsonObject;
    for (const text of ['1', '0.5', '.5', '1.', '+1', '100m', '1Ki', '1.5Gi', '1e3', '1E-3', '2E', '3k', '4n', '5u']) {
      assert.ok(fits(schema, text) && parseQuantity(text) !== undefined, text);
    }
    for (const text of ['', ' ', 'm', '.', '1 Gi', '1gi', '1K', '1GB', '1,5', 'e3', '--1', '0x10'])
      assert.not(fits(schema, text), text);
    for (const value of [0, 1, 0.25, 1e21, null]) assert.ok(fits(schema, value), String(value));
    assert.not(fits(schema, '-1'));
  });

  test('versions are those that a run reads', () => {
    for (const text of ['1.30', 'v1.29', '1.29.3', 'v1.29.3-gke.100', '1.28+']) {
      assert.ok(fits(properties['kubeVersion'], text) && parseKubeVersion(text) !== undefined, text);
    }
    for (const text of ['1', '1.', 'new', '1.30 ', '1.x']) assert.not(fits(properties['kubeVersion'], text), text);
  });
});

suite('config: kharden init', (test) => {
  const text = initialConfig();
  const uncommented = text.replace(/^# (?!yaml-language-server)/gm, '');

  test('names the schema in its first line', () => {
    assert.is(text.split('\n')[0], '# yaml-language-server: $schema=./node_modules/kharden/dist/config.schema.json');
    assert.is(initialConfig('../s.json').split('\n')[0], '# yaml-language-server: $schema=../s.json');
  });

  test('sets nothing', () => {
    assert.equal(configIn(text), { options: {}, exclude: [] });
    assert.equal(
      text.split('\n').filter((line) => line !== '' && !/^##? \S|^##?  /.test(line)),
      [],
    );
  });

  test('with the # of its keys removed it sets every key to its default', () => {
    const { options, exclude } = configIn(uncommented);
    assert.equal(exclude, []);
    assert.equal(options.settings, DEFAULT_SETTINGS);
    assert.equal(
      options.only,
      transforms.filter(({ meta }) => meta.profiles.includes('restricted')).map(({ meta }) => meta.id),
    );
    for (const [id, value] of Object.entries(options.options ?? {})) {
      const meta = transforms.find((transform) => transform.meta.id === id)?.meta;
      assert.equal(value, meta && defaultsOf(meta.options), id);
    }
    assert.equal(
      Object.keys(properties).filter((key) => !uncommented.includes(`\n${key}:`)),
      [],
    );
  });

  test('with every comment removed it is the empty configuration', () => {
    assert.equal(configIn(text.replace(/^#.*\n/gm, '')), { options: {}, exclude: [] });
  });

  test('its examples are valid', () => {
    const examples = text.match(/(?<=^## For example:\n)(?:##   .*\n)+/gm) ?? [];
    assert.is(examples.length, 7);
    for (const example of examples) configIn(example.replace(/^##   /gm, ''));
  });

  test('lines are short', () => {
    assert.equal(
      text.split('\n').filter((line) => line.length > 110),
      [],
    );
  });
});

suite('config: validator', (test) => {
  test('every error is found, however many there are', () => {
    assert.is(validate({ items: { type: 'string' } }, Array(100).fill(1)).length, 100);
  });

  test('a schema behind a reference says what is expected', () => {
    const schema: JsonObject = {
      properties: { port: { $ref: '#/definitions/port' } },
      definitions: { port: { title: 'a port', anyOf: [{ $ref: '#/definitions/number' }] }, number: { type: 'integer' } },
    };
    assert.equal(validate(schema, { port: 'http' }), [{ at: '/port', message: 'expected a port, found the text "http"' }]);
  });

  test('pointers are escaped', () => {
    assert.equal(validate({ additionalProperties: { type: 'string' } }, { 'a/b~c': 1 }), [
      { at: '/a~1b~0c', message: 'expected text, found the number 1: quote it' },
    ]);
    assert.equal(validate({ additionalProperties: false, properties: { ab: {} } }, { 'a/b': 1 }), [
      { at: '/a~1b', message: 'unknown key: did you mean ab?', isAboutKey: true },
    ]);
  });

  test('of several alternatives the one that fits further down says what is wrong', () => {
    const schema: JsonObject = { anyOf: [{ const: 'all' }, { type: 'array', items: { type: 'integer', maximum: 3 } }] };
    assert.equal(validate(schema, [1, 4]), [{ at: '/1', message: 'expected a whole number up to 3, found the number 4' }]);
    assert.equal(validate({ type: 'array', items: schema }, [[4], 'any', [5]]), [
      { at: '/0/0', message: 'expected a whole number up to 3, found the number 4' },
      { at: '/1', message: 'expected all or a list, found the text "any"' },
      { at: '/2/0', message: 'expected a whole number up to 3, found the number 5' },
    ]);
    assert.equal(validate(schema, 'any'), [{ at: '', message: 'expected all or a list, found the text "any"' }]);
  });
});
