/** The schemas that are published, as an ordinary validator reads them: ajv, with its usual options, on values as YAML 1.2 has them. */
import { Ajv, type ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { BAD } from '../config/bad-keys.ts';
import { GOOD } from '../config/good-keys.ts';
import { errorsIn } from '../config/read.ts';
import { assert, suite } from '../harness.ts';
import { kharden, PROJECT, temporaryFolder } from './world.ts';

function schemaOf(name: string): object {
  return JSON.parse(readFileSync(join(PROJECT, `dist/${name}.schema.json`), 'utf8')) as object;
}

/** True when a text fits; one that is no YAML 1.2 does not. */
function takes(validate: ValidateFunction, text: string): boolean {
  try {
    return validate(parse(text, { logLevel: 'silent' }));
  } catch {
    return false;
  }
}

suite('published schemas', (test) => {
  const config = new Ajv({ logger: false }).compile(schemaOf('config'));

  test('an untouched file of kharden init is valid, and with its comments removed too', () => {
    const folder = temporaryFolder();
    assert.is(kharden(['init'], { cwd: folder }).status, 0);
    const text = readFileSync(join(folder, '.kharden.yaml'), 'utf8');
    const uncommented = text.replace(/^# (?!yaml-language-server)/gm, '');
    assert.ok(takes(config, text));
    assert.ok(takes(config, uncommented), JSON.stringify(config.errors));
  });

  test('what kharden takes is valid', () => {
    for (const [text] of GOOD) assert.ok(takes(config, text), `${text}: ${JSON.stringify(config.errors)}`);
  });

  test('what is not valid kharden refuses', () => {
    const refused = BAD.filter(([text]) => !takes(config, text));
    assert.ok(refused.length > BAD.length / 2);
    for (const [text] of refused) assert.ok(errorsIn(text).length > 0, text);
  });

  test('words that are booleans in YAML 1.1 alone are refused by both', () => {
    for (const word of ['yes', 'no', 'on', 'off', 'Yes', 'y']) {
      assert.not(takes(config, `override: ${word}`), word);
      assert.is(errorsIn(`override: ${word}`).length, 1, word);
    }
  });

  test('what the formats print is valid', () => {
    for (const [name, args] of [
      ['result', ['--check', '--format', 'json', 'examples']],
      ['audit', ['audit', '--format', 'json', 'examples']],
    ] as const) {
      const validate = new Ajv2020({ logger: false }).compile(schemaOf(name));
      assert.ok(validate(JSON.parse(kharden(args).stdout)), JSON.stringify(validate.errors));
      assert.not(validate({ ...JSON.parse(kharden(args).stdout), more: 1 }));
    }
  });
});
