/** The examples of docs/configuration.md work. Its tables are generated (scripts/generate-docs.ts). */
import { readFileSync } from 'node:fs';
import { readFunctionConfig } from '../../src/config/index.ts';
import { harden } from '../../src/index.ts';
import { isObject, path, stringAt, type Json, type JsonObject } from '../../src/util/json.ts';
import { isParsed, parseYaml } from '../../src/yaml/index.ts';
import { assert, suite } from '../harness.ts';
import { configIn, configOf, errorsIn } from './read.ts';

const page = readFileSync(new URL('../../docs/configuration.md', import.meta.url), 'utf8');
const blocks = [...page.matchAll(/^```yaml\n([^]*?)^```$/gm)].map(([, block = '']) => block);

function read(text: string): JsonObject {
  const parsed = parseYaml(text);
  assert.ok(isParsed(parsed) && isObject(parsed.value));
  return (parsed as unknown as { value: JsonObject }).value;
}

suite('config: docs/configuration.md', (test) => {
  test('every example is valid', () => {
    assert.ok(blocks.length > 10);
    for (const block of blocks) {
      if (!/^kind:/m.test(block)) configIn(block);
      else if (!/^kind: Deployment/m.test(block)) configOf(readFunctionConfig(read(block)));
    }
  });

  test('the annotations do what the page says', () => {
    const block = blocks.find((text) => text.includes('kind: Deployment')) ?? '';
    const [file] = harden([{ path: 'shop.yaml', content: block }]).files;
    const problems = ['unknown-transform', 'unknown-container', 'unusable-annotation', 'unused-skip'];
    assert.equal(
      file?.findings.filter(({ id }) => problems.includes(id)),
      [],
    );
    const hardened = path(
      read(file?.output.split(/^---\n/m).find((text) => text.includes('kind: Deployment')) ?? ''),
      'spec',
      'template',
      'spec',
      'containers',
    );
    const [web, cache] = hardened as unknown as [JsonObject, JsonObject];
    assert.is(path(web, 'securityContext', 'readOnlyRootFilesystem'), true);
    assert.equal(
      (web['volumeMounts'] as Json[]).map((mount) => stringAt(mount, 'mountPath')),
      ['/tmp', '/var/cache/shop'],
    );
    assert.is(path(cache, 'securityContext', 'runAsNonRoot'), undefined);
    assert.is(path(cache, 'securityContext', 'readOnlyRootFilesystem'), undefined);
  });

  test('the example of an error is the one that is printed', () => {
    const [error] = errorsIn('override: true\nsafeOnly: true\nskip: [resources, resource]\n');
    assert.ok(page.includes(`    .kharden.yaml:${error}\n`));
  });
});
