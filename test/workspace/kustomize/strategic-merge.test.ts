import { parse } from 'yaml';
import type { JsonObject } from '../../../src/util/json.ts';
import { strategicMerge } from '../../../src/workspace/kustomize/strategic-merge.ts';
import { assert, suite } from '../../harness.ts';

const value = (text: string): JsonObject => parse(text) as JsonObject;

suite('strategic merge', (test) => {
  type Case = readonly [what: string, before: string, patch: string, after: string];
  /** Each tried with kustomize 5.8. */
  const CASES: readonly Case[] = [
    ['maps are merged', '{a: {b: 1, c: 2}}', '{a: {c: 3, d: 4}}', '{a: {b: 1, c: 3, d: 4}}'],
    ['null takes a key away', '{a: 1, b: 2}', '{a: null}', '{b: 2}'],
    ['a list without a merge key is replaced', '{args: [a, b]}', '{args: [c]}', '{args: [c]}'],
    [
      'items are merged by name; those of the patch come first',
      '{env: [{name: a, value: 1}, {name: b, value: 2}]}',
      '{env: [{name: c}, {name: b, value: 3}]}',
      '{env: [{name: c}, {name: b, value: 3}, {name: a, value: 1}]}',
    ],
    [
      'mounts are merged by path',
      '{volumeMounts: [{name: a, mountPath: /x}]}',
      '{volumeMounts: [{name: b, mountPath: /x}]}',
      '{volumeMounts: [{name: b, mountPath: /x}]}',
    ],
    ['an empty list changes nothing', '{env: [{name: a}]}', '{env: []}', '{env: [{name: a}]}'],
    ['an item is deleted', '{env: [{name: a}, {name: b}]}', '{env: [{name: a, $patch: delete}]}', '{env: [{name: b}]}'],
    ['a list is replaced by a directive', '{env: [{name: a}]}', '{env: [{$patch: replace}, {name: b}]}', '{env: [{name: b}]}'],
    ['a map is replaced by a directive', '{a: {b: 1}}', '{a: {$patch: replace, c: 2}}', '{a: {c: 2}}'],
    ['a map is deleted by a directive', '{a: {b: 1}, c: 2}', '{a: {$patch: delete}}', '{c: 2}'],
    ['a new map loses its nulls', '{d: 1}', '{a: {b: null, c: 2}}', '{d: 1, a: {c: 2}}'],
    ['other directives are ordinary keys', '{a: {b: 1}}', '{a: {$retainKeys: [c], c: 2}}', '{a: {b: 1, $retainKeys: [c], c: 2}}'],
    ['an object that a directive replaces stays', '{a: 1}', '{$patch: replace, b: 2}', '{a: 1}'],
  ];
  for (const [what, before, patch, after] of CASES)
    test(what, () => assert.equal(strategicMerge(value(before), value(patch), true), value(after)));

  test('an object is deleted', () => assert.is(strategicMerge({ a: 1 }, { $patch: 'delete' }, true), undefined));

  test('lists of custom resources are replaced', () => {
    const [before, patch] = [value('{env: [{name: a}]}'), value('{env: [{name: b}]}')];
    assert.equal(strategicMerge(before, patch, false), patch);
  });
});
