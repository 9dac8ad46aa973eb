/**
 * The evaluator for the tests of NetworkPolicies against two programs that know nothing of it: cyclonus, which tests the network
 * plugins of clusters, and the library of Kubernetes for label selectors. Of these cyclonus has an opinion of its own where a
 * label is missing (`NotIn`, and an empty value in `matchLabels`), so it is not asked about that.
 */
import { assert, suite } from '../harness.ts';
import { Random } from '../fuzz/random.ts';
import { conformanceCases } from '../network/conformance.ts';
import { isAllowed, type Connection } from '../network/evaluator.ts';
import { selects } from '../network/labels.ts';
import { randomLabels, randomScene, randomSelector, type Scene } from '../network/random.ts';
import { execute, jsonLines } from './world.ts';

/** The answers of the judge, in the order of the questions. */
function judge(command: 'connections' | 'selectors', questions: readonly unknown[]): unknown[] {
  const input = questions.map((question) => `${JSON.stringify(question)}\n`).join('');
  const { status, stdout, stderr } = execute('netpol-judge', [command], { input });
  assert.is(status, 0, stderr);
  return jsonLines(stdout);
}

/** cyclonus does not know that no policy stands between a pod and itself. */
function isLoop({ from, to }: Connection): boolean {
  return typeof from !== 'string' && typeof to !== 'string' && from.namespace === to.namespace && from.name === to.name;
}

/** The questions that are answered otherwise by us, and how many answers say that a connection is allowed or refused. */
function compared(scenes: readonly Scene[]): { differ: string[]; allowed: number; refused: number } {
  const questions = scenes.map(({ cluster, connections }) => ({
    ...cluster,
    connections: connections.filter((one) => !isLoop(one)),
  }));
  const answers = judge('connections', questions);
  assert.is(answers.length, questions.length);
  const differ: string[] = [];
  let allowed = 0;
  let refused = 0;
  for (const [index, { connections, ...cluster }] of questions.entries()) {
    const answer = answers[index];
    if (!Array.isArray(answer)) throw new Error(`${String(answer)}\n${JSON.stringify(cluster)}`);
    assert.is(answer.length, connections.length);
    for (const [place, connection] of connections.entries()) {
      const mine = isAllowed(connection, cluster);
      if (mine) allowed++;
      else refused++;
      if (mine !== answer[place])
        differ.push(`${mine ? 'allowed' : 'refused'} by us: ${JSON.stringify({ connection, cluster })}`);
    }
  }
  return { differ, allowed, refused };
}

suite('NetworkPolicies, against other programs', (test) => {
  test('the conformance cases of Kubernetes', () => {
    const scenes = conformanceCases().flatMap(({ situations }) =>
      situations.map(({ cluster, expectations }) => ({
        cluster: { namespaces: {}, ...cluster },
        connections: expectations.map(({ connection }) => connection),
      })),
    );
    assert.equal(compared(scenes).differ, []);
  });

  test('policies and connections at random', () => {
    const random = new Random(1);
    const { differ, allowed, refused } = compared(Array.from({ length: 5000 }, () => randomScene(random, 20)));
    console.log(`\n${allowed} connections allowed, ${refused} refused`);
    assert.equal(differ.slice(0, 5), []);
    assert.ok(Math.min(allowed, refused) > 20_000);
  });

  test('label selectors at random', () => {
    const random = new Random(2);
    const keys = { app: ['web', 'db', '', undefined], tier: ['one', '', undefined], 'example.com/a': ['b', undefined] };
    const questions = Array.from({ length: 5000 }, () => ({
      selector: randomSelector(random, keys, true),
      labels: Array.from({ length: 10 }, () => randomLabels(random, keys)),
    }));
    const answers = judge('selectors', questions);
    const mine = questions.map(({ selector, labels }) => labels.map((one) => selects(selector, one)));
    const differ = questions.filter((_, index) => JSON.stringify(mine[index]) !== JSON.stringify(answers[index]));
    assert.equal(differ.slice(0, 5), []);
    assert.is(answers.length, questions.length);
  });
});
