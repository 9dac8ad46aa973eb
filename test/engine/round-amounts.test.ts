/** Amounts that are written are those that a person would write. */
import { harden } from '../../src/index.ts';
import { assert, suite } from '../harness.ts';

/** The amounts that are added to a container with these resources, in order. */
function added(resources: string): string[] {
  const content = `apiVersion: v1
kind: Pod
metadata:
  name: a
spec:
  containers:
  - name: a
    image: example.com/a:1
    resources:
      ${resources}
`;
  const [file] = harden([{ path: 'a.yaml', content }], { only: ['resources'] }).files;
  const lines = (file?.output ?? '').split('\n').filter((line) => !content.includes(line));
  return lines.flatMap((line) => /(?:cpu|memory): (.*)/.exec(line)?.[1] ?? []);
}

suite('engine/round-amounts', (test) => {
  const cases = [
    ['requests: {cpu: 300m, memory: 100Mi}', ['"2"', '1Gi']],
    ['requests: {cpu: 750m, memory: 333Mi}', ['"2"', '1Gi']],
    ['requests: {cpu: "1", memory: 1Gi}', ['"2"']],
    ['requests: {cpu: 4, memory: 3Gi}', []],
    ['limits: {cpu: "1", memory: 300Mi}', ['"1"', '300Mi']],
  ] as const;
  for (const [resources, amounts] of cases) test(resources, () => assert.equal(added(resources), amounts));
});
