/** The real kubeconform compares manifests with the schemas of the API server, before and after hardening. */
import { relative } from 'node:path';
import { assert, skipSuite, suite } from '../harness.ts';
import { CORPUS, copyOf, execute, kharden, PROJECT, SCHEMAS } from './world.ts';

interface Verdict {
  readonly filename: string;
  readonly kind: string;
  readonly name: string;
  readonly version: string;
  readonly status: 'statusValid' | 'statusInvalid' | 'statusError' | 'statusSkipped' | 'statusEmpty';
  readonly msg: string;
  readonly validationErrors?: readonly { readonly path: string; readonly msg: string }[];
}

/** What kubeconform says about the objects of one file that share a kind, version and name. */
interface Group {
  readonly valid: number;
  readonly errors: readonly string[];
}

function verdicts(folder: string, schemas: string): Verdict[] {
  const location = `${schemas}/{{ .ResourceKind }}{{ .KindSuffix }}.json`;
  const options = ['-strict', '-ignore-missing-schemas', '-output', 'json', '-verbose', '-n', '2', '-schema-location', location];
  const { stdout, stderr } = execute('kubeconform', [...options, folder]);
  if (stdout === '') throw new Error(`kubeconform said nothing: ${stderr}`);
  const { resources } = JSON.parse(stdout) as { readonly resources: readonly Verdict[] };
  return resources.map((verdict) => ({ ...verdict, filename: relative(folder, verdict.filename) }));
}

function grouped(all: readonly Verdict[]): ReadonlyMap<string, Group> {
  const groups = new Map<string, Group>();
  for (const { filename, kind, name, version, status, msg, validationErrors = [] } of all) {
    const key = [filename, version, kind, name].join(' ');
    const { valid, errors } = groups.get(key) ?? { valid: 0, errors: [] };
    const own =
      validationErrors.length > 0
        ? validationErrors.map((error) => `${error.path}: ${error.msg}`)
        : [msg.replaceAll(/\bline \d+/g, 'line')];
    groups.set(key, {
      valid: valid + (status === 'statusValid' ? 1 : 0),
      errors: status === 'statusInvalid' || status === 'statusError' ? [...errors, ...own] : errors,
    });
  }
  return groups;
}

/** What is worse after than before, one line for each. */
function worse(before: ReadonlyMap<string, Group>, after: ReadonlyMap<string, Group>): string[] {
  const lost = [...before].filter(([key, { valid }]) => (after.get(key)?.valid ?? 0) < valid);
  const added = [...after].flatMap(([key, { errors }]) => {
    const old = before.get(key)?.errors ?? [];
    return errors.filter((error) => !old.includes(error)).map((error) => `${key}: ${error}`);
  });
  return [...lost.map(([key]) => `${key}: no longer valid`), ...added];
}

function compare(folder: string, schemas: string): { objects: number; valid: number; added: number; worse: string[] } {
  const copy = copyOf(folder);
  const before = verdicts(copy, schemas);
  kharden(['--write', '--quiet', '.'], { cwd: copy });
  const after = verdicts(copy, schemas);
  const valid = after.filter(({ status }) => status === 'statusValid').length;
  return { objects: before.length, valid, added: after.length - before.length, worse: worse(grouped(before), grouped(after)) };
}

if (SCHEMAS === undefined) skipSuite('kubeconform', 'no folder of schemas is given');
else judgeWith(SCHEMAS);

function judgeWith(schemas: string): void {
  suite('kubeconform', (test) => {
    test('it knows a valid pod from another', () => {
      const pod = (spec: string): number => {
        const location = `${schemas}/{{ .ResourceKind }}{{ .KindSuffix }}.json`;
        const input = `apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: ${spec}\n`;
        return execute('kubeconform', ['-strict', '-schema-location', location, '-'], { input }).status;
      };
      assert.is(pod('{containers: [{name: a, image: a}]}'), 0);
      assert.is(pod('{containers: [{name: a, image: a, securityContext: {runAsNonRoot: 1}}]}'), 1);
      assert.is(pod('{containers: [{name: a, image: a}], sysctls: []}'), 1);
    });

    for (const [what, folder] of Object.entries({
      'real manifests': CORPUS,
      'popular images': `${PROJECT}/test/fixtures/images`,
    })) {
      test(`${what}: what was valid stays so, what is new is valid, and no error is added`, () => {
        const result = compare(folder, schemas);
        console.log(`\n${what}: ${result.objects} objects, ${result.added} added, ${result.valid} valid`);
        for (const line of result.worse) console.log(line);
        assert.ok(result.objects > 0 && result.added > 0);
        assert.equal(result.worse, []);
      });
    }
  });
}
