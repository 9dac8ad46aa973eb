/** The reader of Dockerfiles beside the package `dockerfile-ast`: the same instructions on the same lines with the same text. */
import { DockerfileParser } from 'dockerfile-ast';
import * as fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { readInstructions } from '../../src/dockerfile/text/instructions.ts';
import { assert, suite } from '../harness.ts';

/** The package keeps comments between continued lines in the text of an instruction, so texts with one are not compared. */
function theirs(text: string): string[] {
  return DockerfileParser.parse(text)
    .getInstructions()
    .map((one) => line(one.getRange().start.line + 1, one.getKeyword(), one.getArgumentsContent() ?? ''));
}

function ours(text: string): string[] {
  return readInstructions(text).map((one) => {
    const documents = one.documents.map((document) => `\n${document.text}${document.name}`).join('');
    return line(one.line, one.keyword, one.text + documents);
  });
}

function line(number: number, keyword: string, text: string): string {
  return `${number} ${keyword} ${text.includes('#') ? '#' : text.replace(/\s+/g, ' ').trim()}`;
}

const INSTRUCTIONS = [
  'FROM alpine AS a',
  'run echo a \\\n  && echo b \\  \n\n  && echo c',
  'COPY --from=a --chown=1:2 x y',
  'ENV A=b C="d e" \\\n  F=g',
  'USER app',
  'CMD ["a", "b c"]',
  '\tEXPOSE 80 443/tcp',
  'RUN cat <<EOF\ntext\nUSER no\nEOF',
  'VOLUME /data',
  '# RUN no \\',
  '',
];

suite('dockerfile/instructions: beside dockerfile-ast', (test) => {
  const sections = readFileSync(new URL('public-images.txt', import.meta.url), 'utf8')
    .split(/^=== /m)
    .slice(1);
  for (const section of sections) {
    const [head = '', ...rest] = section.split('\n\n');
    test(head.split('\n')[0] ?? '', () => assert.equal(ours(rest.join('\n\n')), theirs(rest.join('\n\n'))));
  }
  test('instructions in any order', () => {
    const texts = fc.array(fc.constantFrom(...INSTRUCTIONS), { minLength: 1, maxLength: 12 }).map((all) => all.join('\n'));
    fc.assert(
      fc.property(texts, (text) => assert.equal(ours(text), theirs(text))),
      { numRuns: 2000 },
    );
  });
});
