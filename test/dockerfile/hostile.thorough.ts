/** Dockerfiles that are made to take long: of each kind 10,000 lines. */
import { readDockerfiles } from '../../src/dockerfile/index.ts';
import { createImageLookup } from '../../src/images/index.ts';
import { parseImageReference } from '../../src/kubernetes/image-reference.ts';
import { assert, suite } from '../harness.ts';

const LINES = 10_000;
const SECONDS = 5;

function repeated(line: (index: number) => string, join = ''): string {
  return Array.from({ length: LINES }, (_, index) => line(index)).join(join);
}

const CASES: Readonly<Record<string, string>> = {
  folders: `FROM debian\n${repeated((index) => `RUN mkdir /d${index} && chown 7 /d${index}\n`)}USER 7`,
  'folders in one command': `FROM debian\nRUN ${repeated((index) => `mkdir /d${index} && chown 7 /d${index} && touch /e${index}/x`, ' && \\\n')}\nUSER 7`,
  users: `FROM alpine\nRUN ${repeated((index) => `adduser -D u${index}`, ';')}\nUSER u5`,
  stages: `FROM debian AS s0\n${repeated((index) => `FROM s${index} AS s${index + 1}\n`)}`,
  copies: `FROM debian\n${repeated((index) => `COPY a${index} /b${index}/\n`)}ENTRYPOINT ["start.sh"]`,
  'a variable that holds itself': `FROM debian\nENV A=aaaa\n${repeated(() => 'ENV A=$A$A\n')}USER $A`,
  'a stage that copies from itself': `FROM debian AS a\n${repeated(() => 'COPY --from=a /x /x\n')}`,
};

suite('dockerfile/hostile', (test) => {
  for (const [name, text] of Object.entries(CASES))
    test(name, () => {
      const files = { Dockerfile: text, 'compose.yaml': 'services: {a: {image: r.io/a/b, build: .}}' };
      const sources = Object.entries(files).map(([path, content]) => ({ path, text: content, objects: () => [] }));
      const reference = parseImageReference('r.io/a/b');
      const before = process.cpuUsage().user;
      if (reference) readDockerfiles(sources, createImageLookup([]), [])?.named(reference);
      assert.ok(process.cpuUsage().user - before < SECONDS * 1e6);
    });
});
