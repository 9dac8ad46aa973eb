/** Which reader the proof uses, and that both give the same values. */
import { Composer } from 'yaml';
import { ProofBudget, readForProof } from '../../../src/yaml/index.ts';
import type { Json } from '../../../src/util/json.ts';
import { assert, suite } from '../../harness.ts';

const SIMPLE = 'kind: Pod\nmetadata:\n  name: web\n';
const VALUE = { kind: 'Pod', metadata: { name: 'web' } };

/** The value that the proof reads, and how many documents the package composed for it. */
function read(text: string, budget: ProofBudget): { value: Json | undefined; composed: number } {
  const { compose } = Composer.prototype;
  let composed = 0;
  Composer.prototype.compose = function (...given) {
    composed++;
    return compose.apply(this, given);
  };
  try {
    return { value: readForProof(text, budget), composed };
  } finally {
    Composer.prototype.compose = compose;
  }
}

suite('yaml/read/proof', (test) => {
  test('a budget is taken in parts, and a text that is too long takes nothing', () => {
    const budget = new ProofBudget(10);
    assert.equal(
      ['123456', '12345', '1234', '1', ''].map((text) => budget.take(text)),
      [true, false, true, false, true],
    );
  });

  test('within the budget, the package reads alone', () =>
    assert.equal(read(SIMPLE, new ProofBudget(SIMPLE.length)), { value: VALUE, composed: 1 }));

  test('beyond the budget, the quick reader reads what it can', () =>
    assert.equal(read(SIMPLE, new ProofBudget(SIMPLE.length - 1)), { value: VALUE, composed: 0 }));

  test('beyond the budget, the package reads what the quick reader cannot', () =>
    assert.equal(read('a: &x 1\nb: *x\n', new ProofBudget(0)), { value: { a: 1, b: 1 }, composed: 1 }));

  test('a few workloads are within the budget of a run, hundreds are not', () => {
    const budget = new ProofBudget();
    const composed = Array.from({ length: 500 }, () => read(SIMPLE, budget).composed).reduce((sum, one) => sum + one, 0);
    assert.is(composed, Math.floor(5_000 / SIMPLE.length));
  });

  for (const text of ['a: [', 'a: b\u0085', 'a: {b:, c}', '']) {
    test(`${JSON.stringify(text)} has no value`, () => {
      assert.is(readForProof(text, new ProofBudget()), undefined);
      assert.is(readForProof(text, new ProofBudget(-1)), undefined);
    });
  }
});
