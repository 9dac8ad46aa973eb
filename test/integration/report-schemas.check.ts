/**
 * What `--format junit` and `--format gitlab` print, validated by other programs: JUnit by the schema of Jenkins (`junit-10.xsd`), Code
 * Quality by a schema of what GitLab documents.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { assert, suite } from '../harness.ts';
import { CORPUS, execute, kharden, PROJECT, temporaryFolder } from './world.ts';

const SCHEMAS = join(PROJECT, '.tools/report-schemas');
const GITLAB = join(PROJECT, 'test/report/formats/gitlab.schema.json');
const NASTY = `a|b\`"d"<script>&amp;@me ::error::%0A,\u001B]]> größe 🚀`;

/** Folders to report on, each with the status that a check of it has. */
const SUBJECTS: Readonly<Record<string, () => string>> = {
  'the corpus': () => CORPUS,
  'the fixtures': () => join(PROJECT, 'test/fixtures'),
  'nothing that changes': () => folderWith({ 'a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n' }),
  'names with marks': () => {
    const name = JSON.stringify(NASTY);
    const pod = `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}}\nspec: {containers: [{name: ${name}, image: ${name}}]}\n`;
    return folderWith({ [`${NASTY}\n'.yaml`]: pod, 'broken.yaml': 'kind: Pod\nspec: [' });
  },
};

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder();
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

/** The path of a file with what a format prints of a folder. */
function report(format: string, folder: string): string {
  const { stdout } = kharden(['--quiet', '--format', format, '.'], { cwd: folder });
  assert.ok(stdout.length > 0);
  const path = join(temporaryFolder(), 'report');
  writeFileSync(path, stdout);
  return path;
}

function validate(format: string, path: string): { status: number; said: string } {
  const program = format === 'junit' ? 'xmlschema-validate' : 'jsonschema';
  const args = format === 'junit' ? ['--schema', join(SCHEMAS, 'junit-10.xsd'), path] : ['--instance', path, GITLAB];
  const { status, stdout, stderr } = execute(join(SCHEMAS, 'venv/bin', program), args);
  return { status, said: stdout + stderr };
}

suite('report schemas', (test) => {
  for (const format of ['junit', 'gitlab']) {
    for (const [name, folder] of Object.entries(SUBJECTS)) {
      test(`${format}: ${name}`, () => {
        const { status, said } = validate(format, report(format, folder()));
        assert.is(status, 0, said);
      });
    }
  }

  test('the validators refuse what is wrong', () => {
    const wrong = folderWith({
      junit: '<?xml version="1.0"?>\n<testsuites name="kharden" skipped="1"/>\n',
      gitlab:
        '[{"description": "a", "check_name": "b", "fingerprint": "c", "severity": "high", "location": {"path": "a", "lines": {"begin": 1}}}]\n',
    });
    for (const format of ['junit', 'gitlab']) assert.is.not(validate(format, join(wrong, format)).status, 0, format);
  });
});
