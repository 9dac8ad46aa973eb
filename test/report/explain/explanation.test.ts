/** `kharden explain` knows every id that a run can show, and `kharden list` every transform and finding. */
import { explanationOf } from '../../../src/report/explain/explanation.ts';
import { findingsById, nearestId } from '../../../src/report/explain/ids.ts';
import { listLines } from '../../../src/report/explain/list.ts';
import { exampleOf } from '../../../src/report/explain/samples.ts';
import { paint } from '../../../src/report/text.ts';
import { transforms } from '../../../transforms/index.ts';
import { kharden } from '../../cli/in-process.ts';
import { assertOutcome } from '../../cli/program.ts';
import { assert, suite } from '../../harness.ts';

const LAYOUT = { paint: paint(false), width: 80 };

/** The sections of an explanation, by their headings. */
function sectionsOf(id: string): Map<string, string> {
  const [first = '', ...rest] = (explanationOf(id, LAYOUT) ?? []).join('\n').split('\n\n');
  return new Map([['', first], ...rest.map((part) => [part.split('\n')[0] ?? '', part.split('\n').slice(1).join(' ')] as const)]);
}

suite('explain', (test) => {
  for (const { meta } of transforms) {
    test(`transform ${meta.id}`, () => {
      const sections = sectionsOf(meta.id);
      for (const name of ['What it does', 'Why', 'What may break', 'How to opt out', 'Example'])
        assert.ok(sections.get(name), name);
      assert.is(sections.has('Rules that it answers'), Object.keys(meta.references).length > 0);
      assert.is(
        sections.get('Rules that it answers')?.match(/https:/g)?.length,
        Object.keys(meta.references).length || undefined,
      );
      assert.match(exampleOf(meta), /^--- a\/.*\n\+\+\+ b\/.*\n@@ [^]*^[+-]/m);
    });
  }

  test('every finding says what to do, and by whom it is asked for', () => {
    for (const id of findingsById().keys()) assert.ok(sectionsOf(id).get('What to do'), id);
    assert.match(sectionsOf('host-path').get('Asked for by') ?? '', /5\.2\.12.*baseline\/hostPathVolumes.*https:/);
  });

  test('what can be accepted says how; errors and what is about the run cannot be', () => {
    const accept = sectionsOf('host-path').get('How to accept it') ?? '';
    for (const words of [/kharden\.dev\/accept: host-path/, /under accept in \.kharden\.yaml, findings: \[host-path\]/])
      assert.match(accept, words);
    for (const id of ['invalid-yaml', 'unused-override', 'skipped-link']) assert.not(sectionsOf(id).has('How to accept it'), id);
  });

  test('every message of a transform leads to the transform', () => {
    for (const { meta } of transforms)
      for (const id of Object.keys(meta.messages))
        if (!findingsById().has(id)) assert.match(explanationOf(id, LAYOUT)?.join('\n') ?? '', new RegExp(`\\b${meta.id}\\b`));
  });

  test('lines fit the width, but for addresses', () => {
    const ids = [...transforms.map(({ meta }) => meta.id), ...findingsById().keys()];
    for (const line of [...ids.flatMap((id) => explanationOf(id, LAYOUT) ?? []), ...listLines(LAYOUT)])
      assert.ok(line.length <= 80 || /^ +https:\S+$/.test(line), line);
  });

  test('an id that is none has no explanation, but a nearest one', () => {
    assert.is(explanationOf('toString', LAYOUT), undefined);
    assert.is(nearestId('run-as-nonroot'), 'run-as-non-root');
    assert.is(nearestId('hostpath'), 'host-path');
    assert.is(nearestId('zzz'), undefined);
  });

  test('the commands', async () => {
    const lines = (of: readonly string[] | undefined): string => `${of?.join('\n')}\n`;
    assertOutcome(await kharden(['explain', 'resources']), 0, lines(explanationOf('resources', LAYOUT)), '');
    for (const args of [['explain'], ['list']]) assertOutcome(await kharden(args), 0, lines(listLines(LAYOUT)), '');
    const unknown = 'kharden: explain: no transform and no finding is called';
    assertOutcome(await kharden(['explain', 'resource']), 2, '', `${unknown} resource: did you mean resources?\n`);
    assertOutcome(await kharden(['explain', '\u001B[1m']), 2, '', `${unknown} \\x1b[1m: kharden list shows all\n`);
  });
});
