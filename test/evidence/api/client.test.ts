import { suite, assert } from '../../harness.ts';
import type { JsonObject } from '../../../src/util/json.ts';
import { isControllerName, talksToApi, type ApiEvidence } from '../../../src/evidence/api/client.ts';
import { readCommands } from '../../../src/shell/read-commands.ts';

const shell = (text: string): JsonObject => ({ command: ['sh', '-c', text] });

const evidenceIn = (container: JsonObject): ApiEvidence | undefined => talksToApi(container, readCommands(container));

const NO_EVIDENCE: readonly JsonObject[] = [
  {},
  { command: ['app'], args: ['--leader-elect=false', '--enable-leader-election=false'] },
  { args: ['--kubeconfigs', 'leader', '--mode=kubernetes', '--elect-leader'] },
  { args: ['--addr=dapr-sentry.default.svc.cluster.local:443'] },
  { args: ['--addr=my-kubernetes.default.svc', '--addr=kubernetes.default-ns'] },
  { args: ['-c', '/etc/kubectl.yaml'] },
  { command: ['helm', 'template', '.'] },
  shell('helm lint . && helm package .'),
  shell('cp /usr/bin/kubectl /tools/ && echo kubectl get pods'),
  { env: [{ name: 'HOST', value: 'db.default.svc' }, { name: 'HOME' }, 'KUBERNETES_SERVICE_HOST'] },
  { env: [{ name: 'POD_NAMESPACE', value: 'shop' }, { name: 'KUBERNETES_NAMESPACE' }, { name: 'MY_OPERATOR_NAME' }, {}] },
  { env: [{ name: 'ENABLE_LEADER_ELECTION', value: 'false' }, { name: 'LEADER' }, { name: 'KUBECONFIGS' }] },
  { args: ['--kube-app', '--in-clusters', '--watch', '--election'] },
];

const EVIDENCE: readonly (readonly [container: JsonObject, expected: string])[] = [
  [{ command: ['kubectl', 'apply', '-f', 'x'] }, 'kubectl /command/0'],
  [{ command: ['/usr/local/bin/kubectl'], args: ['get', 'pods'] }, 'kubectl /command/0'],
  [shell('set -e; until kubectl get pod x; do sleep 1; done'), 'kubectl /command/2'],
  [shell('TOKEN="$(oc whoami -t)" run'), 'oc /command/2'],
  [shell('helm upgrade --install app ./chart'), 'helm /command/2'],
  [{ lifecycle: { preStop: { exec: { command: ['kubectl', 'drain'] } } } }, 'kubectl /lifecycle/preStop/exec/command/0'],
  [{ args: ['-v=2', '--leader-elect'] }, '--leader-elect /args/1'],
  [{ args: ['--leader-elect=true'] }, '--leader-elect /args/0'],
  [{ args: ['-leader-election'] }, '--leader-election /args/0'],
  [{ args: ['--enable-leader-election'] }, '--enable-leader-election /args/0'],
  [{ args: ['--leader-election-namespace=kube-system'] }, '--leader-election-namespace /args/0'],
  [{ command: ['app', '--kubeconfig', '/etc/kubeconfig'] }, '--kubeconfig /command/1'],
  [{ args: ['--kubeconfig='] }, '--kubeconfig /args/0'],
  [{ args: ['--in-cluster'] }, '--in-cluster /args/0'],
  [{ args: ['--incluster'] }, '--incluster /args/0'],
  [{ args: ['--kube-config=/x'] }, '--kube-config /args/0'],
  [{ args: ['--kube-api-qps=20'] }, '--kube-api-qps /args/0'],
  [{ args: ['--election-id=web'] }, '--election-id /args/0'],
  [{ args: ['--watch-namespace=shop'] }, '--watch-namespace /args/0'],
  [{ args: ['--apiserver-host=https://x'] }, '--apiserver-host /args/0'],
  [shell('exec app --kubeconfig=/x'), '--kubeconfig /command/2'],
  [shell('API=https://kubernetes.default.svc; curl "$API"'), 'kubernetes.default /command/2'],
  [shell('SA=/var/run/secrets/kubernetes.io/serviceaccount'), '/var/run/secrets/kubernetes.io/serviceaccount /command/2'],
  [shell('curl https://$KUBERNETES_SERVICE_HOST/api'), 'KUBERNETES_SERVICE_HOST /command/2'],
  [shell('app < /run/secrets/kubernetes.io/serviceaccount/token'), '/run/secrets/kubernetes.io/serviceaccount /command/2'],
  [
    {
      env: [
        { name: 'A', value: 'b' },
        { name: 'API', value: 'https://kubernetes.default' },
      ],
    },
    'kubernetes.default /env/1/value',
  ],
  [{ env: [{ name: 'A' }, { name: 'WATCH_NAMESPACE', value: '' }] }, 'WATCH_NAMESPACE /env/1/name'],
  [{ env: [{ name: 'WATCHED_NAMESPACES' }] }, 'WATCHED_NAMESPACES /env/0/name'],
  [{ env: [{ name: 'OPERATOR_NAME' }] }, 'OPERATOR_NAME /env/0/name'],
  [{ env: [{ name: 'OPERATOR_NAMESPACE' }] }, 'OPERATOR_NAMESPACE /env/0/name'],
  [{ env: [{ name: 'ENABLE_LEADER_ELECTION', value: 'true' }] }, 'ENABLE_LEADER_ELECTION /env/0/name'],
  [{ env: [{ name: 'LEADER_ELECTION_ID' }] }, 'LEADER_ELECTION_ID /env/0/name'],
  [{ env: [{ name: 'PATRONI_KUBERNETES_LABELS' }] }, 'PATRONI_KUBERNETES_LABELS /env/0/name'],
  [{ env: [{ name: 'KUBERNETES_MASTER' }] }, 'KUBERNETES_MASTER /env/0/name'],
  [{ env: [{ name: 'KUBECONFIG' }] }, 'KUBECONFIG /env/0/name'],
  [{ env: [{ name: 'KUBERNETES_SERVICE_HOST', valueFrom: {} }] }, 'KUBERNETES_SERVICE_HOST /env/0/name'],
];

suite('evidence/api/client', (test) => {
  for (const container of NO_EVIDENCE) {
    test(`sees no client in ${JSON.stringify(container)}`, () => assert.is(evidenceIn(container), undefined));
  }

  for (const [container, expected] of EVIDENCE) {
    test(`sees a client in ${JSON.stringify(container)}`, () => {
      const evidence = evidenceIn(container);
      assert.is(evidence && `${evidence.word} ${evidence.pointer}`, expected);
    });
  }

  for (const name of ['cache-operator', 'operator', 'kube-controller-manager', 'ingress_controller', 'X.Controllers-2'])
    test(`${name} is the name of a client`, () => assert.ok(isControllerName(name)));
  for (const name of ['', 'cooperator', 'operators2', 'controllerless', 'web'])
    test(`${JSON.stringify(name)} is not`, () => assert.not(isControllerName(name)));
});
