/** The metadata of the transforms against their pages, which people read. */
import fastGlob from 'fast-glob';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Json } from '../../src/util/json.ts';
import { STANDARDS } from '../../src/transform/standards.ts';
import { isParsed, parseYaml } from '../../src/yaml/index.ts';
import { transforms } from '../../transforms/index.ts';
import { assert, suite } from '../harness.ts';

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
  test('each file is registered under its own name, those that write most first', () => {
    const ids = 'resources run-as-non-root unprivileged-ports read-only-root-fs drop-all-capabilities no-privilege-escalation';
    const others = 'seccomp-runtime-default dedicated-service-account no-service-account-token';
    assert.is(transforms.map(({ meta }) => meta.id).join(' '), `${ids} ${others}`);
    const files = fastGlob.sync('*.ts', { cwd: root, ignore: ['index.ts'] }).map((file) => file.replace('.ts', ''));
    assert.equal(transforms.map(({ meta }) => meta.id).sort(), files.sort());
  });

  for (const { meta } of transforms) {
    const page = readFileSync(`${root}${meta.id}.md`, 'utf8');

    test(`${meta.id}: the page names what it is`, () => {
      const [, state, since] = /^`[\w-]+`, (on|off) by default, since kharden (\S+); writes `/m.exec(page) ?? [];
      assert.equal([meta.default ? 'on' : 'off', meta.since], [state, since]);
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
      assert.equal(optionsOf(page, meta.id), JSON.parse(JSON.stringify(meta.options)));
    });

    test(`${meta.id}: says what may break, and ends no message with a period`, () => {
      assert.ok(meta.safety === 'safe' || (meta.safety === 'may-break' && meta.breaks !== undefined));
      for (const message of Object.values(meta.messages)) assert.not.match(message, /\.$/);
    });
  }
});
