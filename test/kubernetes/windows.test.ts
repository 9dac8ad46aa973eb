import { isWindows } from '../../src/kubernetes/windows.ts';
import type { Json, JsonObject } from '../../src/util/json.ts';
import { assert, suite } from '../harness.ts';

const OS = 'kubernetes.io/os';
const BETA_OS = 'beta.kubernetes.io/os';

/** A pod spec whose nodes must match one of the terms; each is a list of expressions: `key operator values`. */
function affinity(...terms: readonly (readonly string[])[]): JsonObject {
  const nodeSelectorTerms = terms.map((expressions) => ({ matchExpressions: expressions.map(expression) }));
  return { affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } } } };
}

function expression(text: string): Json {
  const [key = '', operator = '', values] = text.split(' ');
  return { key, operator, values: values === undefined ? [] : values.split(',') };
}

const WINDOWS: readonly JsonObject[] = [
  { os: { name: 'windows' } },
  { nodeSelector: { [OS]: 'windows' } },
  { nodeSelector: { [BETA_OS]: 'windows', disk: 'ssd' } },
  affinity([`${OS} In windows`]),
  affinity([`${BETA_OS} In windows`]),
  affinity(['disk In ssd', `${OS} In windows`]),
  affinity([`${OS} In windows`], ['disk In hdd', `${OS} In windows`]),
];

const OTHERS: readonly JsonObject[] = [
  {},
  { os: { name: 'linux' } },
  { os: 'windows' },
  { nodeSelector: { [OS]: 'linux' } },
  { nodeSelector: { os: 'windows' } },
  affinity(),
  affinity([]),
  affinity([`${OS} In linux`]),
  affinity([`${OS} In windows,linux`]),
  affinity([`${OS} In`]),
  affinity([`${OS} NotIn windows`]),
  affinity([`${OS} Exists`]),
  affinity(['os In windows']),
  affinity([`${OS} In windows`], ['disk In ssd']),
  { affinity: { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ preference: {} }] } } },
];

suite('kubernetes/windows', (test) => {
  for (const spec of WINDOWS) test(`Windows: ${JSON.stringify(spec)}`, () => assert.is(isWindows(spec), true));
  for (const spec of OTHERS) test(`not Windows: ${JSON.stringify(spec)}`, () => assert.is(isWindows(spec), false));
});
