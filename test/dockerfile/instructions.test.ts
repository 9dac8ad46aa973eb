/** Dockerfiles as instructions, and the variables in their words. */
import { execForm, readInstructions, wordsIn } from '../../src/dockerfile/text/instructions.ts';
import { expand } from '../../src/dockerfile/text/variables.ts';
import { expandShell } from '../../src/shell/variables.ts';
import { assert, suite } from '../harness.ts';

/** Line, keyword and text of each instruction. */
function read(text: string): string[] {
  return readInstructions(text).map(({ line, keyword, text: rest }) => `${line} ${keyword} ${rest}`);
}

suite('dockerfile/instructions', (test) => {
  test('continued lines, and comments and blank lines between them', () => {
    const text = '# a\nFROM a\r\nRUN x \\\r\n  # no\r\n\r\n  && y\nuser 1\n';
    assert.equal(read(text), ['2 FROM a', '3 RUN x   && y', '7 USER 1']);
  });
  test('the directive escape, only before anything else', () => {
    assert.equal(read('# escape=`\nRUN a `\n b\\\nUSER c\n'), ['2 RUN a  b\\', '4 USER c']);
    assert.equal(read('FROM a\n# escape=`\nRUN b \\\n c'), ['1 FROM a', '3 RUN b  c']);
  });
  test('flags', () => {
    const [copy] = readInstructions('COPY --from=build --chown=a:b --link x y');
    assert.equal(
      [...(copy?.flags ?? [])],
      [
        ['from', 'build'],
        ['chown', 'a:b'],
        ['link', ''],
      ],
    );
    assert.is(copy?.text, 'x y');
  });
  test('here-documents, also several, with tabs and quotes', () => {
    const all = readInstructions('RUN <<-"A" cat <<B\n\tmkdir /x\n\tA\nUSER b\nB\nUSER c\n');
    assert.equal(all[0]?.documents, [
      { name: 'A', text: 'mkdir /x\n' },
      { name: 'B', text: 'USER b\n' },
    ]);
    assert.is(all[1]?.line, 6);
  });
  test('one that never ends, and a here-string, swallow nothing', () => {
    assert.equal(read('RUN cat <<EOF\nUSER a\n'), ['1 RUN cat <<EOF', '2 USER a']);
    assert.equal(read('RUN cat <<<EOF\nEOF\nUSER a'), ['1 RUN cat <<<EOF', '2 EOF ', '3 USER a']);
  });
  test('words and the exec form', () => {
    assert.equal([...wordsIn(`A=b C="d e" F='g h' i\\ j`)], ['A=b', 'C="d e"', "F='g h'", 'i\\ j']);
    assert.equal(execForm('["a", "b c"]'), ['a', 'b c']);
    assert.equal([execForm("['a']"), execForm('[1]'), execForm('a')], [undefined, undefined, undefined]);
  });
  test('variables', () => {
    const values: Record<string, string> = { A: 'x', E: '' };
    const cases = {
      ['a$A']: 'ax',
      ['${A}b']: 'xb',
      ['"$A c"']: 'x c',
      ["'$A'"]: '$A',
      ['\\$A']: '$A',
      ['${B:-y}']: 'y',
      ['${E:-y}']: 'y',
      ['${E-y}']: '',
      ['${B:-${A}}']: 'x',
      ['$B']: undefined,
      ['${A%x}']: undefined,
      ['${A:+z}']: undefined,
    };
    for (const [text, value] of Object.entries(cases))
      assert.is(
        expand(text, (name) => values[name]),
        value,
        text,
      );
    assert.is(
      expandShell('mkdir $A ${B} $(A)', (name) => values[name]),
      'mkdir x ${B} $(A)',
    );
  });
  test('hostile text takes no time', () => {
    const texts = [
      'RUN x <<A\n'.repeat(2_000),
      `RUN a${' \\\n && b'.repeat(5_000)}`,
      `ENV A=${'${A:-'.repeat(5_000)}`,
      'FROM a\n'.repeat(2_000),
    ];
    const before = process.cpuUsage().user;
    for (const text of texts) for (const one of readInstructions(text)) expand(one.text, () => undefined);
    assert.ok(process.cpuUsage().user - before < 1e6);
  });
});
