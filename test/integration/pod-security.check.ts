/** The real Pod Security Admission library judges what kharden makes of manifests, and whether its findings say what is left. */
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { filesBelow } from '../../src/cli/files/walk.ts';
import type { Finding } from '../../src/index.ts';
import { harden } from '../../src/index.ts';
import { assert, suite } from '../harness.ts';
import { everyValue, mixedValues } from '../kubernetes/pod-security/matrix.ts';
import { controlsOf, judge, type Verdict } from './judge.ts';
import { CORPUS, copyOf, kharden, PROJECT } from './world.ts';

/** The verdicts on a folder, with paths from it. */
function judged(folder: string): Verdict[] {
  return judge(folder).map((verdict) => ({ ...verdict, file: relative(folder, verdict.file) }));
}

/** The controls that findings name, sorted. */
function namedIn(findings: readonly Finding[]): string[] {
  return [...new Set(findings.flatMap(({ controls = [] }) => controls))].sort();
}

/** What kharden leaves alone as a whole: it says so, and names no control. */
const LEFT_ALONE = new Set(['skipped-patch', 'skipped-template', 'skipped-foreign', 'skipped-chart', 'skipped-malformed']);

suite('Pod Security Admission', (test) => {
  test('the judge knows a restricted pod from another', () => {
    const [verdict] = judge('-', 'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a, image: a}]}\n');
    assert.is(verdict?.level, 'baseline');
  });

  test('the findings of a hardened workload name each control that it fails, and no other', () => {
    const folder = copyOf(CORPUS);
    const paths = filesBelow(folder, folder, []).map(({ path }) => relative(folder, path));
    const { files } = harden(paths.map((path) => ({ path, content: readFileSync(`${folder}/${path}`) })));
    const findings = new Map(files.map(({ path, findings: all }) => [path, all]));
    const before = judged(folder);
    kharden(['--write', '--quiet', '.'], { cwd: folder });
    const after = judged(folder).filter(({ level }) => level !== undefined);
    const wrong = after.flatMap(({ file, kind, name, violations }) => {
      const all = findings.get(file) ?? [];
      const own = all.filter(({ object }) => object === undefined || (object.kind === kind && object.name === name));
      const isAlone = own.some(({ id, severity }) => LEFT_ALONE.has(id) || severity === 'error');
      const [fails, named] = [controlsOf(violations).join(), namedIn(own).join()];
      return isAlone || fails === named ? [] : [`${file} ${kind} ${name}\n  fails ${fails}\n  named ${named}`];
    });
    const count = (verdicts: readonly Verdict[]): number => verdicts.filter(({ level }) => level === 'restricted').length;
    console.log(`\n${after.length} workloads: ${count(before)} restricted before, ${count(after)} after`);
    assert.equal(wrong, []);
    assert.ok(count(after) > count(before));
  });

  test('so do those of generated pods', () => {
    const pods = [...everyValue(), ...mixedValues(2000, 2)];
    const files = pods.flatMap(({ pod }) => harden([{ path: 'pod.json', content: JSON.stringify(pod) }]).files);
    const items = files.map(({ output }) => JSON.parse(output) as unknown);
    const verdicts = judge('-', JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
    assert.is(verdicts.length, pods.length);
    let compared = 0;
    const wrong = files.flatMap(({ findings }, index) => {
      const isAlone = findings.some(({ id, severity }) => LEFT_ALONE.has(id) || severity === 'error');
      const [fails, named] = [controlsOf(verdicts[index]?.violations).join(), namedIn(findings).join()];
      if (!isAlone) compared++;
      return isAlone || fails === named ? [] : [`${pods[index]?.name}\n  fails ${fails}\n  named ${named}`];
    });
    assert.equal(wrong, []);
    assert.ok(compared > 0.9 * pods.length, `${compared} of ${pods.length} pods were hardened`);
  });

  test('the sample application meets the restricted standard', () => {
    const folder = copyOf(`${PROJECT}/examples/shop`);
    assert.is(kharden(['--write', '.'], { cwd: folder }).status, 0);
    const verdicts = judged(folder);
    assert.ok(verdicts.length >= 5);
    assert.equal(
      verdicts.filter(({ level }) => level !== 'restricted'),
      [],
    );
  });
});
