/** The schema agrees with the transforms, the settings and the quantities, and `kharden init` with the schema. */
import { readFileSync } from 'node:fs';
import { transforms } from '../../transforms/index.ts';
import { configSchema, initialConfig } from '../../src/config/index.ts';
import { validate } from '../../src/config/validate.ts';
import knowledge from '../../src/images/knowledge.schema.json' with { type: 'json' };
import { member, path, type Json, type JsonObject } from '../../src/util/json.ts';
import { parseQuantity } from '../../src/kubernetes/quantity.ts';
import { DEFAULT_SETTINGS, parseKubeVersion } from '../../src/decisions/settings.ts';
import { assert, suite } from '../harness.ts';
import { configIn } from './read.ts';

const data: JsonObject = JSON.parse(readFileSync(new URL('../../src/config/schema.json', import.meta.url), 'utf8'));
const properties = configSchema['properties'] as JsonObject;
const definition = (name: string): JsonObject => ({ $ref: `#/$defs/${name}`, $defs: configSchema['$defs'] ?? {} });
const fits = (name: string, value: Json): boolean => validate(definition(name), value).length === 0;

suite('config: schema', (test) => {
  test('every key and every option says what it is for', () => {
    assert.equal(
      Object.entries(properties).filter(([, property]) => !member(property, 'description')),
      [],
    );
    const options = path(configSchema, '$defs', 'transformOptions', 'properties') as JsonObject;
    assert.equal(
      Object.entries(options).filter(([, property]) => !member(property, 'description')),
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

  test('every option of a transform stands in the schema, and no other', () => {
    const names = (value: Json | undefined): string[] => Object.keys((value ?? {}) as JsonObject).sort();
    const described = path(data, '$defs', 'transformOptions', 'properties');
    for (const { meta } of transforms)
      assert.equal(names(member(member(described, meta.id), 'properties')), names(meta.options as JsonObject), meta.id);
    assert.equal(
      names(described).filter((id) => !transforms.some(({ meta }) => meta.id === id)),
      [],
    );
  });

  test('it is in one piece: every reference leads into it, no definition hides another', () => {
    const references = JSON.stringify(configSchema).match(/"\$ref":"[^"]*"/g) ?? [];
    assert.equal(
      references.filter((text) => !/"#\/\$defs\/\w+"/.test(text)),
      [],
    );
    for (const text of references) validate({ ...definition(/\w+(?="$)/.exec(text)?.[0] ?? '') }, null);
    assert.equal(
      Object.keys(knowledge.$defs).filter((name) => path(data, '$defs', name) !== undefined),
      [],
    );
  });

  test('quantities are those that Kubernetes reads', () => {
    for (const text of ['1', '0.5', '.5', '1.', '+1', '100m', '1Ki', '1.5Gi', '1e3', '1E-3', '2E', '3k', '4n', '5u']) {
      assert.ok(fits('quantity', text) && parseQuantity(text) !== undefined, text);
    }
    for (const text of ['', ' ', 'm', '.', '1 Gi', '1gi', '1K', '1GB', '1,5', 'e3', '--1', '0x10'])
      assert.not(fits('quantity', text), text);
    for (const value of [0, 1, 0.25, 1e21, null]) assert.ok(fits('quantity', value), String(value));
    assert.not(fits('quantity', '-1'));
  });

  test('versions are those that a run reads', () => {
    for (const text of ['1.30', 'v1.29', '1.29.3', 'v1.29.3-gke.100', '1.28+']) {
      assert.ok(
        validate(properties['kubeVersion'] as JsonObject, text).length === 0 && parseKubeVersion(text) !== undefined,
        text,
      );
    }
    for (const text of ['1', '1.', 'new', '1.30 ', '1.x'])
      assert.not(validate(properties['kubeVersion'] as JsonObject, text).length === 0, text);
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
      transforms.filter(({ meta }) => meta.default).map(({ meta }) => meta.id),
    );
    for (const [id, value] of Object.entries(options.options ?? {})) {
      assert.equal(value, transforms.find(({ meta }) => meta.id === id)?.meta.options, id);
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
    assert.is(examples.length, 5);
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
  test('a keyword that it does not know is an error of the schema', () => {
    assert.throws(
      () => validate({ properties: { a: { multipleOf: 2 } } }, { a: 1 }),
      /unsupported keyword multipleOf in the schema of \/a/,
    );
    assert.throws(() => validate({ $ref: '#/$defs/none' }, 1), /leads nowhere/);
    assert.throws(() => validate({ $ref: 'other.json' }, 1), /leads nowhere/);
  });

  test('pointers are escaped', () => {
    assert.equal(validate({ additionalProperties: { type: 'string' } }, { 'a/b~c': 1 }), [
      { at: '/a~1b~0c', message: 'expected text, found the number 1: quote it' },
    ]);
  });

  test('of several alternatives the one that fits further down says what is wrong', () => {
    const schema: JsonObject = { anyOf: [{ const: 'all' }, { type: 'array', items: { type: 'integer', maximum: 3 } }] };
    assert.equal(validate(schema, [1, 4]), [{ at: '/1', message: 'expected a whole number up to 3, found the number 4' }]);
    assert.equal(validate(schema, 'any'), [{ at: '', message: 'expected all or a list, found the text "any"' }]);
  });
});
