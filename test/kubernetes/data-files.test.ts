import { dataFilesOf } from '../../src/kubernetes/data-files.ts';
import type { JsonObject } from '../../src/util/json.ts';
import { assert, suite } from '../harness.ts';

function files(object: JsonObject): Record<string, string> {
  return Object.fromEntries(dataFilesOf(object));
}

suite('data files', (test) => {
  test('a ConfigMap: its texts as they are, no binary data', () =>
    assert.equal(files({ kind: 'ConfigMap', data: { 'a.sh': 'ZWNobw==', n: 1 }, binaryData: { b: 'AA==' } }), {
      'a.sh': 'ZWNobw==',
    }));
  test('a Secret: decoded, and stringData wins', () =>
    assert.equal(files({ kind: 'Secret', data: { a: 'ZWNobw==', b: 'YQ==' }, stringData: { b: 'plain' } }), {
      a: 'echo',
      b: 'plain',
    }));
  test('a Secret: what is no Base64 or no text is left out', () =>
    assert.equal(files({ kind: 'Secret', data: { a: '***', b: '/w==' } }), {}));
  test('without data', () => assert.equal(files({ kind: 'ConfigMap' }), {}));
});
