/**
 * A Deployment that kubesec thinks little of goes step by step, one transform each, to the best score that its rules can give. The
 * steps are in `snapshots/kubesec/`; `UPDATE_SNAPSHOTS=1` writes them: read them.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseAllDocuments } from 'yaml';
import { harden } from '../../src/index.ts';
import { fileDiff } from '../../src/report/diff.ts';
import { member, path, type Json } from '../../src/util/json.ts';
import { transforms } from '../../transforms/index.ts';
import { assert, suite } from '../harness.ts';
import { BEST, met, scoreOf } from './score.ts';

const SNAPSHOT = fileURLToPath(new URL('../../snapshots/kubesec/steps.txt', import.meta.url));

const START = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      hostNetwork: true
      hostPID: true
      containers:
      - name: web
        image: nginx:1.27
        securityContext:
          privileged: true
          allowPrivilegeEscalation: true
`;

/** The transforms in an order in which each can do its work. */
const STEPS = [
  'no-privileged',
  'no-host-namespaces',
  'no-privilege-escalation',
  'resources',
  'run-as-non-root',
  'read-only-root-fs',
  'drop-all-capabilities',
  'seccomp-runtime-default',
  'dedicated-service-account',
  'no-service-account-token',
  'apparmor-runtime-default',
  'user-namespaces',
];

function specIn(text: string): Json {
  const values = parseAllDocuments(text).map((document) => document.toJS() as Json);
  return path(values.find((value) => member(value, 'kind') === 'Deployment') ?? null, 'spec', 'template', 'spec') ?? null;
}

function steps(): { readonly text: string; readonly scores: readonly number[] } {
  let manifest = START;
  const parts = [`score ${scoreOf(specIn(manifest))}: ${met(specIn(manifest)).join(', ')}\n\n${manifest}`];
  const scores = [scoreOf(specIn(manifest))];
  for (const id of STEPS) {
    const [file] = harden([{ path: 'web.yaml', content: manifest }], { only: [id], settings: { override: true } }).files;
    if (!file) throw new Error('no result');
    const before = met(specIn(manifest));
    manifest = file.output;
    const gained = met(specIn(manifest)).filter((one) => !before.includes(one));
    const lost = before.filter((one) => !met(specIn(manifest)).includes(one));
    scores.push(scoreOf(specIn(manifest)));
    const changes = [...gained.map((one) => `+ ${one}`), ...lost.map((one) => `- ${one}`)];
    parts.push(`=== ${id}: score ${scores.at(-1)} (${changes.join(', ')})\n\n${fileDiff(file)}`);
  }
  return { text: parts.join('\n'), scores };
}

suite('kubesec', (test) => {
  test('each step is a transform that there is', () => {
    const known = transforms.map(({ meta }) => meta.id);
    assert.equal(
      STEPS.filter((id) => !known.includes(id)),
      [],
    );
  });

  test('each step raises the score, and the last has the best', () => {
    const { scores } = steps();
    assert.ok((scores[0] ?? 0) < 0);
    assert.equal(
      STEPS.filter((_, index) => (scores[index + 1] ?? 0) <= (scores[index] ?? 0)),
      [],
    );
    assert.is(scores.at(-1), BEST);
  });

  test('the steps are those of the snapshot', () => {
    const { text } = steps();
    if (process.env['UPDATE_SNAPSHOTS']) {
      mkdirSync(dirname(SNAPSHOT), { recursive: true });
      writeFileSync(SNAPSHOT, text);
    }
    assert.sameText(text, existsSync(SNAPSHOT) ? readFileSync(SNAPSHOT, 'utf8') : '', 'snapshots/kubesec/steps.txt');
  });
});
