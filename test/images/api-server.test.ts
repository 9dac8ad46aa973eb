/** Pods at the edge of what the API server takes: hardening never carries them over it. Each fact was seen on Kubernetes 1.36. */
import { parseAllDocuments } from 'yaml';
import { harden, type HardenOptions } from '../../src/index.ts';
import { itemsAt, member, path, stringAt, type Json } from '../../src/util/json.ts';
import { assert, suite } from '../harness.ts';
import { containersIn, refusals } from './api-server.ts';

/** Hardens a Pod, given as lines of its spec, and checks that nothing is there to be refused. */
function spec(lines: readonly string[], options: HardenOptions = {}, name = 'shop'): Json {
  const head = ['apiVersion: v1', 'kind: Pod', 'metadata:', `  name: ${name}`, 'spec:'];
  const content = [...head, ...lines.map((line) => `  ${line}`), ''].join('\n');
  const [file] = harden([{ path: 'pod.yaml', content }], options).files;
  const findings = file?.findings.filter(({ severity, id }) => severity === 'error' || id === 'internal-error');
  assert.equal(findings, []);
  const objects = parseAllDocuments(file?.output ?? '').map((document) => document.toJS() as Json);
  const pod = objects.find((object) => member(object, 'kind') === 'Pod');
  const result = path(pod ?? null, 'spec') ?? null;
  assert.equal(refusals(pod ?? null, result), []);
  return result;
}

function context(result: Json, field: string): Json | undefined {
  return path(containersIn(result)[0] ?? null, 'securityContext', field);
}

const nginx = ['containers:', '  - name: web', '    image: nginx:1.27'];

suite('what the API server accepts', (test) => {
  test('no allowPrivilegeEscalation: false with privileged, or with CAP_SYS_ADMIN in this spelling', () => {
    assert.is(context(spec([...nginx, '    securityContext: {privileged: true}']), 'allowPrivilegeEscalation'), undefined);
    const withPrefix = spec([...nginx, '    securityContext: {capabilities: {add: [CAP_SYS_ADMIN]}}']);
    assert.is(context(withPrefix, 'allowPrivilegeEscalation'), undefined);
    const plain = spec([...nginx, '    securityContext: {capabilities: {add: [SYS_ADMIN]}}']);
    assert.is(context(plain, 'allowPrivilegeEscalation'), false);
  });

  test('no Linux field on Windows pods, however they say so; runAsNonRoot is taken', () => {
    for (const windows of [['os: {name: windows}'], ['nodeSelector:', '  kubernetes.io/os: windows']]) {
      const image = 'mcr.microsoft.com/windows/nanoserver:ltsc2022';
      const result = spec([...windows, 'containers:', '  - name: web', `    image: ${image}`]);
      assert.equal(refusals(null, result, true), []);
      assert.is(context(result, 'runAsNonRoot'), true);
    }
  });

  test('no net sysctl with the network of the node', () => {
    const result = spec(['hostNetwork: true', ...nginx, '    ports: [{containerPort: 80}]']);
    assert.equal(itemsAt(result, 'securityContext', 'sysctls'), []);
    assert.is(context(result, 'runAsUser'), undefined);
  });

  test('no request above its limit, in any spelling of quantities', () => {
    const small = ['{cpu: 0.05, memory: 32Mi}', '{cpu: 50m, memory: 33554432}', '{cpu: "0.05", memory: 1e7}', '{memory: 20M}'];
    for (const limits of small) {
      spec([...nginx, `    resources: {limits: ${limits}}`]);
    }
    for (const requests of ['{cpu: 4, memory: 2Gi}', '{cpu: 1500m}', '{memory: 1e9}']) {
      spec([...nginx, `    resources: {requests: ${requests}}`]);
    }
  });

  test('a pod with resources of its own gets none in its containers, whose sum would count', () => {
    const result = spec(['resources: {requests: {cpu: 10m}}', ...nginx]);
    assert.is(path(containersIn(result)[0] ?? null, 'resources'), undefined);
  });

  test('yes, and a number with a leading zero, are read as the API server reads them', () => {
    const kept = spec([...nginx, '    securityContext: {runAsNonRoot: yes, runAsUser: 010001}']);
    assert.is(context(kept, 'runAsNonRoot'), 'yes');
    assert.is(context(kept, 'runAsUser'), 10001);
    assert.is(context(kept, 'runAsGroup'), 4097);
  });

  test('a name that YAML 1.1 reads as a boolean stays text in every object that is added', () => {
    for (const name of ['"y"', '"n"', '"on"', '"off"', '"no"', '"123"', '"1e3"', '"0x1f"', '"null"']) {
      const containers = [name, 'b'].map((one) => `  - name: ${one}\n    image: nginx\n`).join('');
      const content = `apiVersion: v1\nkind: Pod\nmetadata:\n  name: ${name}\nspec:\n  containers:\n${containers}`;
      const output = harden([{ path: 'pod.yaml', content }]).files[0]?.output ?? '';
      const names = parseAllDocuments(output, { version: '1.1' }).flatMap((document) => {
        const object = document.toJS() as Json;
        const volumes = itemsAt(object, 'spec', 'volumes').map((volume) => member(volume, 'name'));
        return [path(object, 'metadata', 'name'), path(object, 'spec', 'serviceAccountName') ?? '', ...volumes];
      });
      assert.equal(
        names.filter((one) => typeof one !== 'string'),
        [],
        name,
      );
    }
  });

  test('no two mounts at one place: /tmp/ is /tmp, and ConfigMaps keep theirs', () => {
    const volumes = ['volumes:', '- {name: scratch, emptyDir: {}}', '- {name: config, configMap: {name: config}}'];
    for (const place of ['/tmp', '/tmp/', '//tmp', '/var/cache/nginx/']) {
      const mounts = `    volumeMounts: [{name: scratch, mountPath: ${place}}, {name: config, mountPath: /var/run}]`;
      const result = spec([...nginx, mounts, ...volumes]);
      const paths = itemsAt(containersIn(result)[0] ?? null, 'volumeMounts').map((mount) => stringAt(mount, 'mountPath') ?? '');
      const places = paths.map((text) => text.replace(/\/+/g, '/').replace(/\/$/, ''));
      assert.is(new Set(places).size, places.length, place);
    }
  });

  test('an account by its old name counts', () => {
    const result = spec(['serviceAccount: web', ...nginx]);
    assert.is(path(result, 'serviceAccountName') ?? path(result, 'serviceAccount'), 'web');
  });

  test('root by the author never meets runAsNonRoot: such a container never starts', () => {
    for (const own of [
      ['securityContext: {runAsUser: 0}', ...nginx],
      [...nginx, '    securityContext: {runAsUser: 0}'],
    ]) {
      assert.is(context(spec(own), 'runAsNonRoot'), undefined);
      const replaced = spec(own, { settings: { override: true } });
      assert.is(context(replaced, 'runAsNonRoot'), true);
      assert.ok(Number(context(replaced, 'runAsUser')) > 0);
    }
  });

  test('drop: [all] becomes [ALL], which is what the restricted standard asks for', () => {
    for (const drop of ['[all]', '[NET_RAW]', '[all, NET_RAW]', '[]']) {
      const result = spec([...nginx, `    securityContext: {capabilities: {drop: ${drop}}}`]);
      assert.equal(itemsAt(context(result, 'capabilities') ?? null, 'drop'), ['ALL'], drop);
    }
  });

  test('Bidirectional mounts keep privileged, hostProcess keeps the network of the node', () => {
    const mount = '    volumeMounts: [{name: data, mountPath: /data, mountPropagation: Bidirectional}]';
    const volumes = ['volumes:', '- {name: data, hostPath: {path: /data}}'];
    assert.is(context(spec([...nginx, '    securityContext: {privileged: true}', mount, ...volumes]), 'privileged'), true);
    const hostProcess = 'securityContext: {windowsOptions: {hostProcess: true}}';
    const windows = ['os: {name: windows}', 'hostNetwork: true', hostProcess, ...nginx];
    assert.is(path(spec(windows), 'hostNetwork'), true);
  });

  test('names of volumes and accounts fit, however long those of containers and workloads are', () => {
    const long = `a${'b'.repeat(61)}c`;
    const containers = [long, `${long.slice(0, 62)}d`].map((name) => `- {name: ${name}, image: nginx}`);
    const result = spec(['containers:', ...containers], {}, `${long}.${long}.${long}`);
    assert.is(itemsAt(result, 'volumes').length, 6);
  });
});
