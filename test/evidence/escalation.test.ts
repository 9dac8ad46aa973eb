import { escalatingCommand } from '../../src/evidence/escalation.ts';
import { readCommands } from '../../src/shell/read-commands.ts';
import { assert, suite } from '../harness.ts';

suite('evidence/escalation', (test) => {
  const found = (script: string): string | undefined =>
    escalatingCommand(readCommands({ script }))
      ?.words.map(({ text }) => text)
      .join(' ');

  for (const script of ['sudo apt-get update', 'a && /usr/bin/buildah bud .', 'su -c a b', 'time podman build .', 'unshare -r a'])
    test(`finds ${script}`, () => assert.ok(found(script)));

  for (const script of ['echo sudo', 'docker build .', 'kaniko', '/workspace/podman/run.sh', ''])
    test(`finds nothing in ${JSON.stringify(script)}`, () => assert.is(found(script), undefined));

  test('the first one counts', () => assert.is(found('a; buildah push b; sudo c'), 'buildah push b'));
});
