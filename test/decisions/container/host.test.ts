import { hostReason, privilegedReason, socketReason } from '../../../src/decisions/container/host.ts';
import type { Basis } from '../../../src/decisions/basis/basis.ts';
import type { Container } from '../../../src/kubernetes/object.ts';
import type { Json, JsonObject } from '../../../src/util/json.ts';
import type { Facts } from '../../../src/workspace/facts.ts';
import { assert, suite } from '../../harness.ts';
import { readWorkloads } from '../../objects.ts';
import { facts } from '../../workspace/facts-of.ts';

const C = '/spec/containers/0';
const NO_FACTS: Facts = facts({});
const basis = (source: Basis['source'], ...needs: string[]): Basis => ({ knowledge: { needs }, source }) as unknown as Basis;

function containersOf(spec: JsonObject): readonly Container[] {
  return readWorkloads({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec })[0]?.pods[0]?.containers ?? [];
}

function first(container: JsonObject, spec: JsonObject = {}): Container {
  const [found] = containersOf({ containers: [{ name: 'a', image: 'a', ...container }], ...spec });
  if (!found) throw new Error('no container');
  return found;
}

/** A container that mounts a folder of its node. */
function withHostPath(path: string, readOnly: boolean): Container {
  const volumes: Json = [{ name: 'v', hostPath: { path } }];
  return first({ volumeMounts: [{ name: 'v', mountPath: '/mnt', readOnly }] }, { volumes });
}

const KEEPS = (): boolean => true;

suite('decisions/container/host', (test) => {
  test('what the API server takes for privileged', () => {
    const reason = (securityContext: JsonObject): unknown => privilegedReason(first({ securityContext }), () => false);
    assert.equal(reason({ privileged: true }), { why: 'is privileged', at: `${C}/securityContext/privileged` });
    const add = ['NET_RAW', 'CAP_SYS_ADMIN'];
    assert.equal(reason({ capabilities: { add } }), { why: 'has CAP_SYS_ADMIN', at: `${C}/securityContext/capabilities/add/1` });
    for (const harmless of [{}, { privileged: false }, { capabilities: { add: ['SYS_ADMIN', 'CAP_SYS_TIME'] } }])
      assert.is(reason(harmless), undefined);
  });

  test('processes and memory of the node', () => {
    for (const field of ['hostPID', 'hostIPC']) {
      assert.equal(hostReason(first({}, { [field]: true }), basis('image'), NO_FACTS, KEEPS), {
        why: `runs with ${field}`,
        at: `/spec/${field}`,
      });
      assert.is(hostReason(first({}, { [field]: false }), basis('image'), NO_FACTS, KEEPS), undefined);
    }
  });

  test('files of the node, written or read', () => {
    const why = (container: Container, one: Basis): string | undefined => hostReason(container, one, NO_FACTS, KEEPS)?.why;
    const written = withHostPath('/data', false);
    assert.equal(hostReason(written, basis('image'), NO_FACTS, KEEPS), {
      why: "writes to the node's files at /mnt",
      at: `${C}/volumeMounts`,
      isGuess: false,
    });
    assert.is(hostReason(written, basis('nothing'), NO_FACTS, KEEPS)?.isGuess, false);
    assert.is(hostReason(withHostPath('/x', true), basis('nothing'), NO_FACTS, KEEPS)?.isGuess, true);
    const read = withHostPath('/var/log', true);
    assert.is(why(read, basis('image')), undefined);
    assert.is(why(read, basis('image', 'host-access')), "reads the node's files at /mnt");
    for (const source of ['nothing', 'likeness'] as const) assert.is(why(read, basis(source)), "reads the node's files at /mnt");
  });

  test('files that everybody may read are no reason', () => {
    const isReason = (path: string): boolean =>
      hostReason(withHostPath(path, true), basis('nothing'), NO_FACTS, KEEPS) !== undefined;
    const open =
      '/etc/ssl /etc/ssl/certs/ /etc/pki /etc/ca-certificates /etc/localtime /etc/timezone /etc/machine-id /etc/hostname /etc/hosts ' +
      '/etc/os-release /etc/resolv.conf /usr/share/zoneinfo/UTC /usr/share/ca-certificates /usr/local/share/ca-certificates ' +
      '/usr/lib/os-release /var/lib/dbus/machine-id';
    for (const path of open.split(' ')) assert.is(isReason(path), false, path);
    for (const path of '/ /etc /etc/sslx /etc/shadow /usr/share /usr/lib /var/lib/dbus /x/etc/ssl /etc/resolvXconf'.split(' '))
      assert.is(isReason(path), true, path);
  });

  test('a socket of a driver that stays root', () => {
    const volumes: Json = [
      { name: 's', emptyDir: {} },
      { name: 't', emptyDir: {} },
    ];
    const mount = (name: string, mountPath: string): Json => [{ name, mountPath }];
    const [registrar, driver] = containersOf({
      volumes,
      containers: [
        { name: 'a', image: 'a', volumeMounts: mount('s', '/csi') },
        { name: 'b', image: 'b', volumeMounts: mount('s', '/x') },
      ],
    });
    if (!registrar || !driver) throw new Error('no containers');
    const agent = basis('image', 'host-access');
    const isDriver = (other: Container): boolean => other === driver;
    assert.equal(socketReason(registrar, agent, isDriver), {
      why: 'uses the socket of another container at /csi',
      at: `${C}/volumeMounts`,
    });
    assert.is(
      socketReason(registrar, agent, () => false),
      undefined,
    );
    assert.is(socketReason(driver, agent, isDriver), undefined);
    assert.is(socketReason(registrar, basis('image'), isDriver), undefined);
  });
});
