/** The real Pod Security Admission library judges what kharden makes of real manifests. */
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { harden } from '../../src/index.ts';
import { assert, suite } from '../harness.ts';
import { filesBelow } from '../../src/cli/files/walk.ts';
import { CORPUS, copyOf, execute, jsonLines, kharden, PROJECT } from './world.ts';

interface Verdict {
  readonly file: string;
  readonly doc: number;
  readonly item: number;
  readonly kind: string;
  readonly name: string;
  readonly level?: 'restricted' | 'baseline' | 'privileged';
  readonly violations?: readonly { readonly id: string; readonly detail: string }[];
  readonly error?: string;
}

/** What a manifest must ask for itself to violate these; hardening neither brings nor removes them. */
const ASKED = new Set([
  'restrictedVolumes',
  'hostNamespaces',
  'hostPorts',
  'privileged',
  'windowsHostProcess',
  'hostProbesAndHostLifecycle',
  'appArmorProfile',
  'seLinuxOptions',
  'sysctls',
  'procMount_restricted',
  'hostPathVolumes',
]);

/** Findings that say why a workload stays below `restricted`. */
const EXPLAINED = new Set([
  'needs-root',
  'host-access',
  'privileged-container',
  'explicit-value',
  'capability-added',
  'ephemeral-container',
  'windows-pod',
  'skipped-patch',
  'skipped-template',
  'skipped-foreign',
]);

function judged(folder: string): Verdict[] {
  const { status, stdout, stderr } = execute('judge', ['psa', folder]);
  assert.is(status, 0, stderr);
  return jsonLines<Verdict>(stdout).map((verdict) => ({ ...verdict, file: relative(folder, verdict.file) }));
}

suite('Pod Security Admission', (test) => {
  test('the judge knows a restricted pod from another', () => {
    const { stdout } = execute('judge', ['psa', '-'], {
      input: 'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a, image: a}]}\n',
    });
    assert.is(jsonLines<Verdict>(stdout)[0]?.level, 'baseline');
  });

  test('every workload that asks for nothing special meets the restricted standard', () => {
    const folder = copyOf(CORPUS);
    const paths = filesBelow(folder, folder, []).map(({ path }) => relative(folder, path));
    const result = harden(paths.map((path) => ({ path, content: readFileSync(`${folder}/${path}`) })));
    const explained = new Set(
      result.files.flatMap((file) =>
        file.findings.flatMap(({ id, path, object }) =>
          EXPLAINED.has(id) ? [`${path} ${object?.name ?? ''}`, ...(object ? [] : [path])] : [],
        ),
      ),
    );
    const before = judged(folder);
    kharden(['--write', '--quiet', '.'], { cwd: folder });
    const after = judged(folder).filter(({ level }) => level !== undefined);
    const unexplained = after.filter(({ file, name, level, violations = [] }) => {
      const own = violations.filter(({ id }) => !ASKED.has(id));
      return level !== 'restricted' && own.length > 0 && !explained.has(`${file} ${name}`) && !explained.has(file);
    });
    const count = (verdicts: readonly Verdict[]): number => verdicts.filter(({ level }) => level === 'restricted').length;
    console.log(`\n${after.length} workloads: ${count(before)} restricted before, ${count(after)} after`);
    for (const { file, name, violations } of unexplained)
      console.log(`${file} ${name}: ${violations?.map(({ detail }) => detail).join('; ')}`);
    assert.is(unexplained.length, 0);
    assert.ok(count(after) > count(before));
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
