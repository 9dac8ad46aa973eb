/** The Code Quality report: the fields that GitLab asks for, and fingerprints that tell issues apart whatever their lines. */
import { readFileSync } from 'node:fs';
import { harden } from '../../../src/index.ts';
import { printGitlab } from '../../../src/report/formats/gitlab.ts';
import { problemsOf, type RunResult } from '../../../src/report/result.ts';
import type { Json, JsonObject } from '../../../src/util/json.ts';
import { assert, suite } from '../../harness.ts';
import { validate } from '../../json-schema.ts';
import { EMPTY, fixtures, hostile, many } from './results.ts';

const SCHEMA = JSON.parse(readFileSync(new URL('gitlab.schema.json', import.meta.url), 'utf8')) as JsonObject;

interface Issue {
  readonly fingerprint: string;
  readonly location: { readonly path: string };
}

function print(result: RunResult): Issue[] {
  return JSON.parse([...printGitlab(result)].join('')) as Issue[];
}

suite('report/formats/gitlab', (test) => {
  for (const [name, resultOf] of Object.entries({ fixtures, hostile, empty: () => EMPTY, many })) {
    test(`fields and fingerprints: ${name}`, () => {
      const result = resultOf();
      const issues = print(result);
      assert.equal(validate(SCHEMA, issues as unknown as Json), []);
      assert.is(new Set(issues.map(({ fingerprint }) => fingerprint)).size, issues.length);
      const changes = result.files.reduce((sum, file) => sum + file.changes.length, 0);
      assert.is(issues.length, changes + problemsOf(result).length);
    });
  }

  test('a line more above leaves the fingerprints as they are', () => {
    const pod = 'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a, image: "x:1"}]}\n';
    const of = (content: string): string[] =>
      print({ problems: [], files: harden([{ path: 'a.yaml', content }]).files }).map(({ fingerprint }) => fingerprint);
    assert.equal(of(`# a\n\n${pod}`), of(pod));
  });
});
