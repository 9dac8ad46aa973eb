import { createMentions } from '../../src/workspace/mentions.ts';
import type { SourceFile } from '../../src/workspace/source-file.ts';
import { assert, suite } from '../harness.ts';

/** How many files are read for the name `web`. */
function filesFor(text: string): number {
  const file: SourceFile = { path: 'a.yaml', text, objects: () => [] };
  const mentions = createMentions([file]);
  return [...mentions.hidden, ...mentions.of('web')].length;
}

suite('mentions', (test) => {
  const FORMS = [
    'name: web',
    '"name": "web"',
    "{name: 'web', a: b}",
    'name:\n  web',
    '? name\n: web',
    'name: &x web',
    'a: &x web\nname: *x',
    'generateName: web-',
    'name: >-\n  web',
    'name: # why\n  web',
    'name: !!str web',
    '"na\\x6de": web',
    'name: "w\\u0065b"',
    '[{name: web}]',
    'serviceAccountName: web',
    'serviceAccount: "web"',
  ];
  for (const text of FORMS) test(JSON.stringify(text), () => assert.is(filesFor(text), 1));

  const OTHERS = ['name: webs', 'name: other', 'kind: web', 'name: other # web', 'a: *x\nname: other'];
  for (const text of OTHERS) test(`not ${JSON.stringify(text)}`, () => assert.is(filesFor(text.replace('*x', 'x')), 0));
});
