/** What holds in every format, whatever it prints: for all of the registry, so that a new one is tested from its first day. */
import { FORMATS } from '../../../src/report/formats/index.ts';
import type { Format } from '../../../src/report/format.ts';
import { problemsOf, type RunResult } from '../../../src/report/result.ts';
import { assert, type Test } from '../../harness.ts';
import type { PatchEntry } from './apply-patches.ts';
import { readXml, type Element } from './read-xml.ts';
import { CONTEXT } from './results.ts';

/** A result to print, and what the tests look for in the text. */
export interface Subject {
  readonly result: () => RunResult;
  /** Harmless words of names, which must come through. */
  readonly words: readonly string[];
}

/** What must not stand there as it is: an escape of terminals, a line end in a name, and a tag where tags have a meaning. */
const MARKS: readonly RegExp[] = [/\u001B/, /\nevil/, /^\s*<[\s\S]*<script>&/];

/** All that a format makes of a result: what goes to stdout, or its files one after the other. */
export async function textOf(format: Format, result: RunResult): Promise<string> {
  if ('load' in format) return [...(await format.load())(result, CONTEXT)].join('');
  const { files } = (await format.loadFolder())(result);
  return format.fileNames.map((name) => files.get(name) ?? '').join('');
}

interface Sarif {
  readonly runs: readonly [{ readonly results: readonly unknown[] }];
}

const changesIn = ({ files }: RunResult): number => files.reduce((sum, { changes }) => sum + changes.length, 0);
const changedFiles = ({ files }: RunResult): number => files.filter(({ edits }) => edits.length > 0).length;
const casesIn = ({ name, children }: Element): number =>
  name === 'testcase' ? 1 : children.reduce((sum, child) => sum + casesIn(child), 0);
const lines = (text: string, start: RegExp): number => text.split('\n').filter((line) => start.test(line)).length;

/** How many entries a reader of a format finds, and how many there are. Formats that are not here must hold what all must hold. */
const COUNTS: Readonly<Record<string, (text: string, result: RunResult) => readonly [found: number, expected: number]>> = {
  diff: (text, result) => [lines(text, /^\+\+\+ /), changedFiles(result)],
  json: (text, result) => [(JSON.parse(text) as { findings: unknown[] }).findings.length, problemsOf(result).length],
  sarif: (text, result) => [(JSON.parse(text) as Sarif).runs[0].results.length, changesIn(result) + problemsOf(result).length],
  gitlab: (text, result) => [(JSON.parse(text) as unknown[]).length, changesIn(result) + problemsOf(result).length],
  github: (text, result) => [lines(text, /^::(?:error|warning|notice) /), changedFiles(result) + problemsOf(result).length],
  junit: (text, result) => {
    const loud = problemsOf(result).filter(({ severity }) => severity !== 'info').length;
    const passed = text.split(' name="hardened" ').length - 1;
    return [casesIn(readXml(text)) - passed, changesIn(result) + loud];
  },
  'json-patch': (text, result) => [
    new Set((JSON.parse(text) as PatchEntry[]).map(({ path }) => path)).size,
    new Set(result.files.filter(({ patches }) => patches.length > 0).map(({ path }) => path)).size,
  ],
};

/** Declares the tests of subjects for every format. */
export function testFormats(test: Test, subjects: Readonly<Record<string, Subject>>): void {
  for (const format of FORMATS) {
    for (const [name, { result, words }] of Object.entries(subjects)) {
      test(`${format.id}: ${name}`, async () => {
        const text = await textOf(format, result());
        assert.is(text, await textOf(format, result()), 'printed twice');
        assert.ok(text === '' || text.endsWith('\n'), 'the last line has its end');
        for (const word of words) assert.ok(text.includes(word), `${word} is not there`);
        for (const mark of MARKS) assert.not.match(text, mark);
        const [found, expected] = COUNTS[format.id]?.(text, result()) ?? [0, 0];
        assert.is(found, expected);
      });
    }
  }
}
