/** The audit: what belongs to which workload, the worst first, in lines that fit, and as JSON by its schema. */
import { readFileSync } from 'node:fs';
import { harden } from '../../src/index.ts';
import { auditOf } from '../../src/report/audit.ts';
import { printAuditJson } from '../../src/report/formats/audit-json.ts';
import { AUDIT_SCHEMA } from '../../src/report/formats/audit-schema.ts';
import { problemsOf, type RunResult } from '../../src/report/result.ts';
import { printAudit, printWholeAudit } from '../../src/report/terminal/audit.ts';
import { columnsOf } from '../../src/report/terminal/wrap.ts';
import type { Json, JsonObject } from '../../src/util/json.ts';
import { assert, suite } from '../harness.ts';
import { lazy } from '../lazy.ts';
import { validate } from '../json-schema.ts';
import { CONTEXT, EMPTY, fixtures, hostile } from './formats/results.ts';

function pod(name: string, spec: string, context = ''): string {
  return `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}}\nspec:\n${spec}  containers:\n  - {name: c, image: nginx:1.27${context}}\n`;
}

const SAFE = `  securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}\n`;
const SAFE_CONTAINER = ', securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}';

/** From the best to the worst: a level below counts more than a lower score. */
const result = lazy((): RunResult => {
  const content = [pod('best', SAFE, SAFE_CONTAINER), pod('plain', ''), pod('host', `  hostPID: true\n${SAFE}`, SAFE_CONTAINER)];
  const rules =
    'apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: r}\nrules: [{apiGroups: ["*"], resources: ["*"], verbs: ["*"]}]\n';
  const { files } = harden([
    { path: 'a.yaml', content: [...content, rules].join('---\n') },
    { path: 'b.yaml', content: 'kind: Pod\nspec: }\n' },
  ]);
  return { problems: [], files };
});

function json(run: RunResult): JsonObject {
  return JSON.parse([...printAuditJson(run)].join('')) as JsonObject;
}

suite('report/audit', (test) => {
  test('the worst stands first, with its score before and after', () => {
    const { workloads, average } = auditOf(result());
    const shown = workloads.map(({ object, before, after }) => [
      object.name,
      before.level,
      before.score,
      after.level,
      after.score,
    ]);
    assert.equal(shown, [
      ['host', 'privileged', 93, 'privileged', 93],
      ['plain', 'baseline', 73, 'restricted', 100],
      ['best', 'restricted', 100, 'restricted', 100],
    ]);
    assert.equal(average, { before: 88, after: 97 });
    assert.is(auditOf(EMPTY).average, undefined);
  });

  test('each finding stands once: at its workload, or apart', () => {
    for (const run of [result(), fixtures(), hostile()]) {
      const { workloads, others } = auditOf(run);
      assert.is(workloads.flatMap(({ findings }) => findings).length + others.length, problemsOf(run).length);
      for (const { object, path, findings } of workloads)
        assert.ok(findings.every((one) => one.path === path && one.object?.name === object.name && one.severity !== 'error'));
    }
    const { workloads, others } = auditOf(result());
    assert.ok(workloads[0]?.findings.some(({ id }) => id === 'host-namespace'));
    assert.ok(['wildcard-rights', 'invalid-yaml'].every((wanted) => others.some(({ id }) => id === wanted)));
  });

  test('of workloads with one name in one file each has its own', () => {
    const twice = harden([{ path: 'a.yaml', content: `${pod('a', '')}---\n${pod('a', '  hostPID: true\n')}` }]);
    const [worst, other] = auditOf({ problems: [], files: twice.files }).workloads;
    const has = (findings: readonly { id: string }[] | undefined): unknown => findings?.some(({ id }) => id === 'host-namespace');
    assert.equal([has(worst?.findings), has(other?.findings)], [true, false]);
    assert.ok((worst?.changes ?? 0) > 0 && (other?.changes ?? 0) > 0);
  });

  test('people read it at 80 columns, without colour', () => {
    const host = [...printAudit({ problems: [], files: result().files }, CONTEXT)].join('');
    assert.sameText(
      host.replace(/(?<=\n\n)Pod plain[^]*(?=a\.yaml\n)/, ''),
      `Pod host, a.yaml:16
  privileged 93 -> privileged 93, 5 changes
  20:3  warning  host-namespace
      shares the process ID namespace of its node (hostPID: true): a process in
      the pod can watch or reach other programs of the node; remove the field if
      the program works without it
  20:3  warning  host-access
      container c: runs with hostPID: the container works on its node, so its
      user and its capabilities are kept
  info: no-limit

a.yaml
  28:9  warning  wildcard-rights
      Role r: allows all verbs and all resources: this includes everything that
      is added to the cluster later; list the verbs and resources that are
      needed

kharden: 3 workloads, average score 88 -> 97
Pod Security level: restricted 1 -> 2, baseline 1 -> 0, privileged 1 -> 1
Score: how many of the controls of the Pod Security Standard restricted hold, in
percent, before and after hardening.
`,
    );
    const long = /\S{60}|^(?:Pod|DaemonSet|Deployment|  info)/;
    for (const line of [...printWholeAudit(fixtures(), CONTEXT)].join('').split('\n'))
      assert.ok(columnsOf(line) <= 80 || long.test(line), line);
  });

  test('what is accepted is counted, and shown with all the rest', () => {
    const accept = [{ findings: ['host-namespace'], reason: 'an agent' }];
    const { files } = harden([{ path: 'a.yaml', content: pod('a', '  hostPID: true\n') }], { accept });
    const some = [...printAudit({ problems: [], files }, CONTEXT)].join('');
    const all = [...printWholeAudit({ problems: [], files }, CONTEXT)].join('');
    assert.match(some, /\n1 finding is accepted\.\n/);
    assert.not.match(some, /host-namespace/);
    assert.match(all, /info {2}host-namespace\n {6}accepted \(an agent\): shares/);
  });

  test('names never reach a terminal raw', () => {
    assert.not.match([...printWholeAudit(hostile(), CONTEXT)].join(''), /[\u0000-\u0009\u000B-\u001F]/);
  });

  test('as JSON it is valid by its schema, which refuses what is not in it', () => {
    const violations = (value: Json): number => validate(AUDIT_SCHEMA, value).length;
    for (const run of [result(), fixtures(), hostile(), EMPTY]) assert.is(violations(json(run)), 0);
    const printed = json(result());
    const [first] = printed['workloads'] as JsonObject[];
    assert.ok(violations({ ...printed, more: 1 }) > 0);
    assert.ok(violations({ ...printed, workloads: [{ ...first, more: 1 }] }) > 0);
    assert.ok(violations({ ...printed, workloads: [{ ...first, before: { level: 'restricted', score: 101, unmet: [] } }] }) > 0);
    const listed = (printed['workloads'] as JsonObject[]).flatMap(({ findings }) => findings as Json[]);
    assert.is(listed.length + (printed['findings'] as Json[]).length, problemsOf(result()).length);
  });

  test('the schema in the documentation is this one', () => {
    const path = new URL('../../docs/audit.schema.json', import.meta.url);
    assert.equal(JSON.parse(readFileSync(path, 'utf8')), AUDIT_SCHEMA);
  });
});
