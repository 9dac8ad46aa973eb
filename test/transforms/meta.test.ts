/** The metadata of the transforms against their pages, which people read. */
import fastGlob from 'fast-glob';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Json } from '../../src/util/json.ts';
import { defaultsOf, listOptions } from '../../src/transform/options.ts';
import { STANDARDS } from '../../src/transform/standards.ts';
import { isParsed, parseYaml } from '../../src/yaml/index.ts';
import { transforms } from '../../transforms/index.ts';
import { assert, suite } from '../harness.ts';
import { validate } from '../json-schema.ts';

const root = fileURLToPath(new URL('../../transforms/', import.meta.url));

/** The lines of a page below a heading. */
function section(page: string, heading: string): string[] {
  return page.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0]?.split('\n') ?? [];
}

function optionsOf(page: string, id: string): Json {
  const [, yaml = `transforms: {${id}: {}}`] = /```yaml\n([^]*?)```/.exec(section(page, 'Options').join('\n')) ?? [];
  const parsed = parseYaml(yaml);
  if (!isParsed(parsed)) throw new Error(parsed.message);
  return (parsed.value as { transforms: Record<string, Json> }).transforms[id] ?? null;
}

suite('transforms', (test) => {
  test('each file is registered under the name of the file', () => {
    const files = fastGlob.sync('*.ts', { cwd: root, ignore: ['index.ts'] }).map((file) => file.replace('.ts', ''));
    assert.equal(transforms.map(({ meta }) => meta.id).sort(), files.sort());
  });

  for (const { meta } of transforms) {
    const page = readFileSync(`${root}${meta.id}.md`, 'utf8');

    test(`${meta.id}: the page names what it is`, () => {
      const [, profiles, since] =
        /^`[\w-]+`, in (?:no profile|the profiles? ([\w ]+)), since kharden (\S+); writes `/m.exec(page) ?? [];
      assert.equal([meta.profiles, meta.since], [profiles?.split(' and ') ?? [], since]);
    });

    test(`${meta.id}: the page lists its messages`, () => {
      const rows = section(page, 'What it says').flatMap((line) => /^\| `(.+)` \|/.exec(line)?.[1] ?? []);
      assert.equal(Object.keys(meta.messages), rows);
    });

    test(`${meta.id}: the page lists the rules that it answers`, () => {
      const rules = section(page, 'Rules that it answers').flatMap(
        (line) => /^- \[(.+?)\]\(.*?\): (.*)$/.exec(line)?.slice(1, 3) ?? [],
      );
      const named = Object.entries(meta.references).flatMap(([standard, ids]) => [
        STANDARDS[standard as keyof typeof STANDARDS].title,
        ...(ids as readonly string[]),
      ]);
      assert.equal(
        rules.flatMap((text, index) => (index % 2 === 0 ? [text] : text.replace(/ \(.*?\)(?=,|$)/g, '').split(', '))),
        named,
      );
    });

    test(`${meta.id}: the page shows its options`, () => {
      assert.equal(optionsOf(page, meta.id), defaultsOf(meta.options));
      const rows = section(page, 'Options').flatMap((line) => /^\| `(.+?)` \|/.exec(line)?.[1] ?? []);
      assert.equal(
        rows,
        listOptions(meta.options).map(({ keys }) => keys.join('.')),
      );
    });

    test(`${meta.id}: every option has a default that fits it, and says what it is for`, () => {
      for (const { keys, schema } of listOptions(meta.options)) {
        assert.ok(schema['default'] !== undefined, keys.join('.'));
        assert.equal(validate(schema, schema['default'] ?? null), [], keys.join('.'));
        assert.match(String(schema['description']), /^[A-Z].*\.$/);
      }
    });

    test(`${meta.id}: has cases, fixtures and their diffs`, () => {
      const project = fileURLToPath(new URL('../../', import.meta.url));
      assert.ok(existsSync(`${project}test/transforms/${meta.id}.txt`));
      const names = (folder: string): string[] =>
        fastGlob.sync('*', { cwd: `${project}${folder}/${meta.id}` }).map((name) => name.split('.')[0] ?? '');
      const fixtures = new Set(names('test/fixtures'));
      assert.ok(fixtures.size > 0);
      assert.equal([...new Set(names('snapshots'))].sort(), [...fixtures].sort());
    });

    test(`${meta.id}: says what may break, and ends no message with a period`, () => {
      assert.ok(meta.safety === 'safe' || (meta.safety === 'may-break' && meta.breaks !== undefined));
      for (const message of Object.values(meta.messages)) assert.not.match(message, /\.$/);
    });
  }
});
