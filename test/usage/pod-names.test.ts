import { isPodOf } from '../../src/usage/pod-names.ts';
import { assert, suite } from '../harness.ts';

const LONG = 'a-deployment-whose-name-is-so-long-that-its-pods-cut';
const PODS: readonly (readonly [kind: string, name: string, pod: string])[] = [
  ['Pod', 'web', 'web'],
  ['Deployment', 'web', 'web-7d9f8c5b6d-x2x4z'],
  ['Deployment', 'web', 'web-1048378591-bqvcd'],
  ['Deployment', 'web-api', 'web-api-66b6c48dd5-bcdfg'],
  ['Rollout', 'web', 'web-66b6c48dd5-bcdfg'],
  ['ReplicaSet', 'web', 'web-bcdfg'],
  ['ReplicationController', 'web', 'web-x2x4z'],
  ['DaemonSet', 'web', 'web-x2x4z'],
  ['StatefulSet', 'web', 'web-0'],
  ['StatefulSet', 'web', 'web-112'],
  ['DeploymentConfig', 'web', 'web-3-x2x4z'],
  ['Job', 'web', 'web-x2x4z'],
  ['Job', 'web', 'web-12-x2x4z'],
  ['CronJob', 'web', 'web-29384756-x2x4z'],
  ['CronJob', 'web', 'web-29384756-0-x2x4z'],
  ['CloneSet', 'web', 'web-x2x4z'],
  ['Cluster', 'web', 'web-1'],
  ['Deployment', LONG, `${LONG}-66b6cx2x4z`],
  ['DaemonSet', `${LONG}-for-us`, `${LONG}-for-ux2x4z`],
];
const OTHERS: readonly (readonly [kind: string, name: string, pod: string])[] = [
  ['Pod', 'web', 'web-x2x4z'],
  ['Deployment', 'web', 'web'],
  ['Deployment', 'web', 'web-x2x4z'],
  ['Deployment', 'web', 'web-api-66b6c48dd5-bcdfg'],
  ['Deployment', 'web', 'web-frontend-proxy'],
  ['Deployment', 'eb', 'web-66b6c48dd5-bcdfg'],
  ['DaemonSet', 'web', 'web-proxy'],
  ['DaemonSet', 'web', 'web-66b6c48dd5-bcdfg'],
  ['StatefulSet', 'web', 'web-a'],
  ['StatefulSet', 'web', 'web-0-1'],
  ['Job', 'web', 'web-29384756-x2x4z'],
  ['CronJob', 'web', 'web-x2x4z'],
  ['DaemonSet', LONG, `${LONG}-66b6cx2x4z`],
  ['Pod', LONG, `${LONG}-66b6cx2x4z`],
];

suite('usage/pod-names', (test) => {
  for (const [kind, name, pod] of PODS) test(`${kind} ${name}: ${pod}`, () => assert.ok(isPodOf(pod, kind, name)));
  for (const [kind, name, pod] of OTHERS) test(`not of ${kind} ${name}: ${pod}`, () => assert.not.ok(isPodOf(pod, kind, name)));
});
