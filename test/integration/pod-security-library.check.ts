/** Our reading of the Pod Security Standards against the library of the Pod Security admission controller. */
import { readFileSync } from 'node:fs';
import { kindsOf } from '../../src/kubernetes/kinds.ts';
import { CONTROLS, judgePod, violationsOf, type PodParts } from '../../src/kubernetes/pod-security/index.ts';
import { objectsIn } from '../../src/kubernetes/read-object.ts';
import { objectAt, path, stringAt, type Json } from '../../src/util/json.ts';
import { assert, suite } from '../harness.ts';
import { everyValue, mixedValues, type NamedPod } from '../kubernetes/pod-security/matrix.ts';
import { goValues } from './go-values.ts';
import { controlsOf, judge, type Verdict } from './judge.ts';
import { CORPUS, copyOf, kharden } from './world.ts';

const KINDS = kindsOf();

/** The parts of a pod template, or of a Pod. */
function partsOf(template: Json): PodParts {
  return { spec: objectAt(template, 'spec'), annotations: objectAt(template, 'metadata', 'annotations') };
}

/** One line that both sides write: the level, and the controls that fail at each level. */
function ours(pod: PodParts): string {
  const failed = (level: 'baseline' | 'restricted'): string[] => [
    ...new Set(violationsOf(pod, level).map(({ control }) => control)),
  ];
  return [judgePod(pod).level, failed('restricted').sort(), failed('baseline').sort()].join(' | ');
}

function theirs({ level, violations, baseline }: Verdict): string {
  return [level, controlsOf(violations), controlsOf(baseline)].join(' | ');
}

/** Where the two differ, one line for each pod. */
function differences(pods: readonly NamedPod[]): string[] {
  const list = { apiVersion: 'v1', kind: 'List', items: pods.map(({ pod }) => pod) };
  const verdicts = judge('-', JSON.stringify(list));
  assert.is(verdicts.length, pods.length);
  return pods.flatMap(({ name, pod }, index) => {
    const [mine, real] = [ours(partsOf(pod)), theirs(verdicts[index] as Verdict)];
    return mine === real ? [] : [`${name}\n  ours    ${mine}\n  library ${real}`];
  });
}

/** The pods of a value, in the order of the judge, which knows the kinds of Kubernetes itself. */
function podsIn(value: Json): PodParts[] {
  return [...objectsIn(value, KINDS)].flatMap(({ value: object }) => {
    const kind = KINDS.workloadOf(stringAt(object, 'apiVersion') ?? '', stringAt(object, 'kind') ?? '');
    return (kind?.isBuiltIn ? kind.podSpecs : []).map((pointer) =>
      partsOf(path(object, ...pointer.split('/').slice(1, -1)) ?? null),
    );
  });
}

/** The files of a folder whose workloads the library judges otherwise; files with an object that it cannot decode are counted. */
function differingFiles(folder: string): { differ: string[]; workloads: number; undecoded: number } {
  const verdicts = new Map<string, Verdict[]>();
  for (const verdict of judge(folder)) verdicts.set(verdict.file, [...(verdicts.get(verdict.file) ?? []), verdict]);
  const documents = goValues([...verdicts.keys()].map((file) => readFileSync(file)));
  const differ: string[] = [];
  const count = { workloads: 0, undecoded: 0 };
  for (const [index, [file, lines]] of [...verdicts].entries()) {
    const read = documents[index] ?? [];
    const errors = lines.filter(({ error }) => error !== undefined).length;
    if (errors !== read.filter(({ error }) => error !== undefined).length) {
      count.undecoded++;
      continue;
    }
    const mine = read.flatMap(({ json }) => (json === undefined ? [] : podsIn(json).map(ours)));
    const real = lines.filter(({ error }) => error === undefined).map(theirs);
    count.workloads += real.length;
    if (mine.join('\n') !== real.join('\n')) differ.push(`${file}\n${mine.join('\n')}\nlibrary\n${real.join('\n')}`);
  }
  return { differ, ...count };
}

suite('Pod Security Standards, against the library', (test) => {
  test('every value of every field', () => {
    const pods = everyValue();
    assert.equal(differences(pods), []);
    const failing = pods
      .map(({ pod }) => partsOf(pod))
      .flatMap((parts) => [...violationsOf(parts, 'baseline'), ...violationsOf(parts, 'restricted')]);
    const ids = [...new Set(failing.map(({ control }) => control))];
    assert.equal(ids.sort(), CONTROLS.map(({ id }) => id).sort(), 'each control fails somewhere');
    console.log(`\n${pods.length} pods with one value each`);
  });

  test('mixed values', () => assert.equal(differences(mixedValues(5000, 1)), []));

  test('real workloads before and after hardening', () => {
    const folder = copyOf(CORPUS);
    const before = differingFiles(folder);
    kharden(['--write', '--quiet', '.'], { cwd: folder });
    const after = differingFiles(folder);
    console.log(`\n${before.workloads} workloads; ${before.undecoded} files hold an object that an API server cannot decode`);
    assert.equal(before.differ, []);
    assert.equal(after.differ, []);
    assert.ok(before.workloads > before.undecoded);
  });
});
