import { harden, type FileResult } from '../src/index.ts';
import { applyTextEdits } from '../src/yaml/index.ts';
import { unexplainedLoss } from './explained-edits.ts';
import { assert, suite } from './harness.ts';

const POD = `apiVersion: v1
kind: Pod
metadata:
  name: cart
  annotations:
    seccomp.security.alpha.kubernetes.io/pod: runtime/default # since 1.3
spec:
  serviceAccount: cart
  # the cart
  containers:
  - name: cart
    image: nginx
    resources: {}
    securityContext:
      capabilities:
        drop:
        - NET_RAW # spoofing
        - KILL
`;

function hardened(content: string): FileResult {
  const [file] = harden([{ path: 'a.yaml', content }]).files;
  if (!file) throw new Error('no result');
  return file;
}

/** A result that takes one more text away. */
function withLoss(file: FileResult, text: string): FileResult {
  const start = file.input.indexOf(text);
  const edits = [...file.edits, { start, end: start + text.length, text: '' }].sort((left, right) => left.start - right.start);
  return { ...file, edits, output: applyTextEdits(file.input, edits) };
}

suite('explained edits', (test) => {
  test('a partial drop list, the old account field, the legacy annotation and empty values may go', () => {
    const file = hardened(POD);
    assert.ok(file.edits.some(({ start, end }) => end > start));
    assert.is(unexplainedLoss(file), undefined);
  });

  for (const text of ['image: nginx', '    image: nginx\n', 'name: cart', 'kind: Pod\n', '  - name: cart\n', '  # the cart\n'])
    test(`nothing else: ${JSON.stringify(text)}`, () =>
      assert.is(unexplainedLoss(withLoss(hardened(POD), text)), `lost ${JSON.stringify(text)}`));

  test('no map of annotations that holds another one', () => {
    const file = hardened(POD.replace('runtime/default', 'runtime/default\n    team: shop'));
    assert.is(unexplainedLoss(withLoss(file, '    team: shop')), 'lost "    team: shop"');
    assert.is(unexplainedLoss(withLoss(file, '  annotations:\n')), 'lost "  annotations:\\n"');
  });

  test('an output that the edits do not make', () =>
    assert.is(unexplainedLoss({ ...hardened(POD), output: POD }), 'the edits do not make the output'));
});
