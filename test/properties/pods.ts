/** Pod specs that an API server accepts, with decisions of their authors of all kinds. */
import fc from 'fast-check';
import { isObject, member, type Json, type JsonObject } from '../../src/util/json.ts';
import { refusals } from '../images/api-server.ts';

/** Record with any of its keys left out. */
function some(model: Readonly<Record<string, fc.Arbitrary<Json>>>): fc.Arbitrary<JsonObject> {
  return fc.record(model, { requiredKeys: [], noNullPrototype: true }) as fc.Arbitrary<JsonObject>;
}

const of = <T extends Json>(...values: readonly [T, ...T[]]): fc.Arbitrary<T> => fc.constantFrom(...values);
const rarely = (value: fc.Arbitrary<Json>): fc.Arbitrary<Json> =>
  fc.oneof({ weight: 5, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: value });

const VOLUMES: readonly JsonObject[] = [
  { name: 'tmp', emptyDir: {} },
  { name: 'cache', emptyDir: { medium: 'Memory', sizeLimit: '64Mi' } },
  { name: 'data', persistentVolumeClaim: { claimName: 'data' } },
  { name: 'config', configMap: { name: 'config', items: [{ key: 'a', path: 'b' }] } },
  { name: 'keys', secret: { secretName: 'keys', defaultMode: 256 } },
];
const HOST_VOLUMES: readonly JsonObject[] = [
  { name: 'log', hostPath: { path: '/var/log' } },
  { name: 'sock', hostPath: { path: '/run/docker.sock', type: 'Socket' } },
  { name: 'share', nfs: { server: 'nfs.example.com', path: '/' } },
];
const PATHS = [
  '/tmp',
  '/tmp/',
  '/data',
  '/var/cache/nginx',
  '/run',
  '/etc/app',
  '/var/run/x',
  '/var/lib/postgresql/data',
] as const;
const IMAGES = ['nginx:1.27', 'redis:7', 'postgres:17', 'ghcr.io/acme/shop:1.2'] as const;
const OTHER_IMAGES = [
  'busybox',
  'registry.k8s.io/coredns/coredns:v1.11.1',
  'rabbitmq:3-management',
  'traefik:v3',
  'alpine@sha256:0',
] as const;

const port = fc.record(
  { containerPort: of(80, 8080, 443), name: of('http', 'web') },
  { requiredKeys: ['containerPort'], noNullPrototype: true },
);
const probe = some({
  httpGet: of<Json>({ path: '/healthz', port: 8080 }, { path: '/healthz', port: 8080, host: '' }),
  periodSeconds: of(5, 10),
});
const variable = of(
  { name: 'A', value: '1' },
  { name: 'PATH', value: 'a: b # c' },
  { name: 'TEXT', value: 'line\nline\n' },
  { name: 'B', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
);
const amounts = some({ cpu: of<Json>('100m', 1, '0.5', 2), memory: of<Json>('64Mi', '1Gi', 134217728) });
const resources = some({ requests: amounts, limits: amounts, claims: fc.constant([]) });
const command = of<Json>(['sh', '-c', 'exec app'], ['sh', '-c', 'chown -R 1 /data\nexec app\n'], ['/app', '--leader-elect']);

const safeContext = some({
  runAsNonRoot: fc.constant(true),
  runAsUser: of(1000, 20000),
  runAsGroup: of(1000),
  allowPrivilegeEscalation: fc.constant(false),
  readOnlyRootFilesystem: fc.constant(true),
  capabilities: of<Json>({ drop: ['ALL'] }, { drop: [] }, {}, null),
  seccompProfile: of<Json>({ type: 'RuntimeDefault' }, { type: 'Localhost', localhostProfile: 'a.json' }),
});
const anyContext = some({
  runAsNonRoot: of<Json>(true, false, null),
  runAsUser: of<Json>(0, 1000, 20000),
  runAsGroup: of(0, 1000),
  allowPrivilegeEscalation: of(true, false),
  readOnlyRootFilesystem: of<Json>(true, false, null),
  privileged: of(true, false),
  capabilities: of<Json>(
    { drop: ['all'] },
    { drop: ['NET_RAW'], add: ['NET_BIND_SERVICE'] },
    { add: ['SYS_ADMIN'] },
    { add: ['CAP_SYS_ADMIN'] },
    null,
    {},
  ),
  seccompProfile: of<Json>({ type: 'Unconfined' }, { type: 'RuntimeDefault' }),
  procMount: of('Default'),
  appArmorProfile: of<Json>({ type: 'Unconfined' }, { type: 'RuntimeDefault' }),
  seLinuxOptions: of<Json>({ level: 's0' }, { type: 'spc_t' }, { user: 'system_u' }),
});

interface Plan {
  readonly spec: JsonObject;
  readonly volumes: readonly JsonObject[];
  readonly containers: readonly ContainerPlan[];
  readonly inits: readonly ContainerPlan[];
}

interface ContainerPlan {
  readonly fields: JsonObject;
  readonly mounts: readonly { readonly volume: number; readonly path: string; readonly readOnly: boolean }[];
}

function containerPlan(images: readonly string[], context: fc.Arbitrary<JsonObject>): fc.Arbitrary<ContainerPlan> {
  const fields = fc.record(
    {
      image: fc.constantFrom(...images),
      command: rarely(command),
      args: rarely(of<Json>(['--port', '8080'])),
      env: fc.uniqueArray(variable, { maxLength: 3, selector: ({ name }) => name }),
      ports: fc.uniqueArray(port, { maxLength: 1 }),
      livenessProbe: probe,
      resources: fc.oneof(resources, fc.constant(null)),
      securityContext: fc.oneof({ weight: 3, arbitrary: context }, { weight: 1, arbitrary: of<Json>({}, null) }),
      imagePullPolicy: of('Always'),
      'x-unknown': of<Json>({ a: [1, { b: null }] }, 'text 😀'),
      restartPolicy: fc.constant('Always'),
    },
    { requiredKeys: ['image'], noNullPrototype: true },
  );
  const mounts = fc.array(fc.record({ volume: fc.nat(9), path: fc.constantFrom(...PATHS), readOnly: fc.boolean() }), {
    maxLength: 3,
  });
  return fc.record({ fields, mounts });
}

function plan(isOrdinary: boolean): fc.Arbitrary<Plan> {
  const container = containerPlan(isOrdinary ? IMAGES : [...IMAGES, ...OTHER_IMAGES], isOrdinary ? safeContext : anyContext);
  const volumes = isOrdinary ? VOLUMES : [...VOLUMES, ...HOST_VOLUMES];
  const host: Readonly<Record<string, fc.Arbitrary<Json>>> = isOrdinary
    ? {}
    : {
        hostNetwork: of(true),
        hostPID: of(true),
        os: of<Json>({ name: 'windows' }, { name: 'linux' }),
        nodeSelector: of<Json>({ 'kubernetes.io/os': 'windows' }, {}),
      };
  const spec = some({
    securityContext: fc.oneof(
      some({
        runAsNonRoot: isOrdinary ? fc.constant(true) : of(true, false),
        runAsUser: isOrdinary ? of<Json>(1000) : of<Json>(1000, 0),
        ...(isOrdinary ? {} : { runAsGroup: of(1000, 0) }),
        seccompProfile: isOrdinary ? fc.constant({ type: 'RuntimeDefault' }) : of<Json>({ type: 'Unconfined' }, null),
        ...(isOrdinary ? {} : { seLinuxOptions: of<Json>({ type: 'container_t' }, { role: 'system_r' }) }),
        fsGroup: of(2000),
      }),
      of<Json>({}, null),
    ),
    serviceAccountName: of<Json>('default', 'web', null),
    serviceAccount: rarely(of<Json>('default', 'old')),
    automountServiceAccountToken: of<Json>(true, false, null),
    restartPolicy: of('OnFailure'),
    terminationGracePeriodSeconds: of(0, 30),
    tolerations: of<Json>([], [{ operator: 'Exists' }]),
    ...host,
  });
  return fc.record({
    spec,
    volumes: fc.uniqueArray(fc.constantFrom(...volumes), { maxLength: 4 }),
    containers: fc.array(container, { minLength: 1, maxLength: 2 }),
    inits: fc.array(container, { maxLength: 1 }),
  });
}

function build({ spec, volumes, containers, inits }: Plan): JsonObject {
  const one = ({ fields, mounts }: ContainerPlan, name: string): JsonObject => {
    const { restartPolicy, args, command: words, ...rest } = fields;
    const paths = new Set<string>();
    const volumeMounts = mounts.flatMap(({ volume, path: mountPath, readOnly }): JsonObject[] => {
      const target = volumes[volume];
      const place = mountPath.replace(/\/$/, '');
      if (!target || paths.has(place)) return [];
      paths.add(place);
      return [{ name: member(target, 'name') ?? '', mountPath, ...(readOnly ? { readOnly } : {}) }];
    });
    return {
      name,
      ...rest,
      ...(words ? { command: words } : {}),
      ...(args ? { args } : {}),
      ...(name.startsWith('init') && restartPolicy ? { restartPolicy } : {}),
      ...(volumeMounts.length > 0 ? { volumeMounts } : {}),
    };
  };
  const { serviceAccount, ...others } = spec;
  return {
    ...others,
    ...(serviceAccount ? { serviceAccount } : {}),
    ...(inits.length > 0 ? { initContainers: inits.map((init, index) => one(init, `init-${index}`)) } : {}),
    containers: containers.map((container, index) => one(container, `c${index}`)),
    ...(volumes.length > 0 ? { volumes } : {}),
  };
}

const isAccepted = (spec: JsonObject): boolean => isObject(spec) && refusals({}, spec).length === 0;

/** Pods whose authors decided anything that an API server takes. */
export const anyPod: fc.Arbitrary<JsonObject> = plan(false).map(build).filter(isAccepted);

/** Pods that neither need their node nor ask for anything that the standard `restricted` forbids. */
export const ordinaryPod: fc.Arbitrary<JsonObject> = plan(true).map(build).filter(isAccepted);
