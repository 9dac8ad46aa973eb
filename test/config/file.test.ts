/** The configuration as a YAML file. */
import { readConfig } from '../../src/config/index.ts';
import { assert, suite } from '../harness.ts';
import { configIn, errorsIn } from './read.ts';

suite('config: file', (test) => {
  for (const [what, text] of Object.entries({
    'no character': '',
    'a BOM': '\uFEFF',
    comments: '# one\n\n  # two\n',
    'a document marker': '\uFEFF---\n# nothing\n...\n',
    'an empty map': '{}\n',
    null: '~\n',
  })) {
    test(`a file with ${what} is the empty configuration`, () => assert.equal(configIn(text), { options: {}, exclude: [] }));
  }

  test('errors name the file', () => {
    const result = readConfig('x: 1', 'deploy/.kharden.yaml');
    assert.is('errors' in result && result.errors[0].path, 'deploy/.kharden.yaml');
  });

  test('all errors are reported, in the order of their places', () => {
    const text = 'skip: [resource]\nonyl: []\nskip: []\noverride: perhaps\nhooks: !foo skip\n';
    assert.equal(errorsIn(text), [
      '2:1 onyl: unknown key: did you mean only?',
      '3:1 the key skip is there twice: remove one',
      '4:11 override: expected true or false, found the text "perhaps"',
      '5:8 unknown tag !foo: write the plain value',
    ]);
  });

  test('an unknown key that is near to none names those that there are', () => {
    assert.match(
      errorsIn('frobnicate: 1')[0] ?? '',
      /^1:1 frobnicate: unknown key: there are profile, only, skip, enable, .*, accept$/,
    );
  });

  test('keys that JavaScript objects have anyway are unknown', () => {
    assert.match(errorsIn('__proto__: {override: true}')[0] ?? '', /^1:1 __proto__: unknown key/);
    assert.match(errorsIn('transforms: {constructor: {}}')[0] ?? '', /^1:14 transforms\.constructor: unknown key/);
  });

  test('a value of another kind than a map', () => {
    assert.equal(errorsIn('- skip\n'), ['1:1 expected a map, found a list']);
    assert.equal(errorsIn('resources\n'), ['1:1 expected a map, found the text "resources"']);
  });

  test('duplicate keys are reported at the second, at every depth', () => {
    assert.equal(errorsIn('transforms:\n  resources:\n    limits: {cpu: 1, cpu: 2}\n'), [
      '3:22 the key cpu is there twice: remove one',
    ]);
  });

  test('positions count a BOM, a marker and CRLF as editors do', () => {
    assert.equal(errorsIn('\uFEFFx: 1\n')[0]?.split(' ')[0], '1:1');
    assert.equal(errorsIn('# comment\r\n---\r\nskip: []\r\ny: 1\r\n')[0]?.split(' ')[0], '4:1');
  });
});

suite('config: YAML', (test) => {
  test('what is no YAML is reported where it breaks', () => {
    assert.equal(errorsIn('skip: []\nonly: [resources\n'), [
      '3:1 Flow sequence in block collection must be sufficiently indented and end with a ]',
    ]);
    assert.equal(
      errorsIn('skip:\n\t- resources\n').map((line) => line.split(' ')[0]),
      ['2:1'],
    );
  });

  test('a second document is an error, an empty one is none', () => {
    assert.equal(errorsIn('skip: []\n---\nonly: []\n'), [
      '2:1 the file has a second document: a configuration is a single document',
    ]);
    configIn('---\nskip: []\n---\n# nothing\n');
  });

  test('anchors, aliases and merge keys work', () => {
    const text =
      'transforms:\n  resources:\n    requests: &amounts {cpu: 200m}\n    limits:\n      <<: *amounts\n      memory: 1Gi\n' +
      'skip: &ids [resources]\nenable: *ids\n';
    const { options } = configIn(text);
    assert.equal(options.options?.['resources'], {
      requests: { cpu: '200m' },
      limits: { cpu: '200m', memory: '1Gi' },
    });
    assert.equal([options.skip, options.enable], [['resources'], ['resources']]);
  });

  test('what an alias brings is reported where it stands', () => {
    assert.equal(
      errorsIn('skip: &ids\n  - resource\nenable: *ids\n').map((line) => line.split(':', 2).join(':')),
      ['2:5 skip[0]', '2:5 enable[0]'],
    );
  });

  for (const tag of [
    '!!js/function',
    '!!js/regexp',
    '!!python/object/apply:os.system',
    '!include',
    '!<tag:example.com,2000:x>',
  ]) {
    test(`the tag ${tag} is refused`, () => {
      assert.equal(errorsIn(`hooks: ${tag} "skip"\n`), [`1:8 unknown tag ${tag}: write the plain value`]);
    });
  }

  test('tags that make something else than JSON are refused', () => {
    for (const [tag, value] of [
      ['!!set', '{resources}'],
      ['!!omap', '[a: 1]'],
      ['!!binary', 'aGk='],
      ['!!timestamp', '2001-01-01'],
    ]) {
      assert.ok(errorsIn(`skip: ${tag} ${value}\n`).includes(`1:7 unknown tag ${tag}: write the plain value`), tag);
    }
  });

  test('an alias bomb and a recursion are errors', () => {
    const lines = [...'bcdefgh'].map((name, index) => `${name}: &${name} [${`*${'abcdefg'[index]},`.repeat(9)}]\n`);
    const bomb = `a: &a [x]\n${lines.join('')}`;
    assert.match(errorsIn(bomb)[0] ?? '', /too many aliases/);
    assert.match(errorsIn('skip: &a [*a]\n')[0] ?? '', /alias/);
  });

  test('very deep nesting is an error', () => {
    assert.is(errorsIn(`skip: ${'['.repeat(20_000)}${']'.repeat(20_000)}\n`).length, 1);
  });
});
