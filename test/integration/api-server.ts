/** A real API server with its store, for what it takes and what it refuses. */
import { spawn, type ChildProcess } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isObject, stringAt, type JsonObject } from '../../src/util/json.ts';
import { PROJECT, temporaryFolder } from './world.ts';

export interface ApiServer {
  /** Undefined when the server would create the object, else its reason; nothing is stored. Unknown fields count as kubectl counts them. */
  refusal(object: JsonObject): Promise<string | undefined>;
  /** Adds the kind of a CRD, given as YAML or JSON; resolves to its group and kind when the server serves it. */
  addKind(crd: string): Promise<string>;
  stop(): void;
}

const TOKEN = 'test';
const START_SECONDS = 180;

/** Starts `etcd` and `kube-apiserver` of `.tools/bin`. */
export async function startApiServer(): Promise<ApiServer> {
  const folder = temporaryFolder();
  const [client, peer, port] = await Promise.all([freePort(), freePort(), freePort()]);
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  writeFileSync(join(folder, 'key.pem'), privateKey.export({ type: 'pkcs8', format: 'pem' }));
  writeFileSync(join(folder, 'public.pem'), publicKey.export({ type: 'spki', format: 'pem' }));
  writeFileSync(join(folder, 'tokens.csv'), `${TOKEN},admin,admin,system:masters\n`);
  const started = [
    start('etcd', [
      `--data-dir=${folder}/etcd`,
      '--unsafe-no-fsync',
      `--listen-client-urls=http://127.0.0.1:${client}`,
      `--advertise-client-urls=http://127.0.0.1:${client}`,
      `--listen-peer-urls=http://127.0.0.1:${peer}`,
    ]),
    start('kube-apiserver', [
      `--etcd-servers=http://127.0.0.1:${client}`,
      '--bind-address=127.0.0.1',
      `--secure-port=${port}`,
      `--cert-dir=${folder}`,
      `--token-auth-file=${folder}/tokens.csv`,
      '--authorization-mode=RBAC',
      '--disable-admission-plugins=ServiceAccount',
      '--service-account-issuer=https://kubernetes.default.svc',
      `--service-account-signing-key-file=${folder}/key.pem`,
      `--service-account-key-file=${folder}/public.pem`,
      '--service-cluster-ip-range=10.0.0.0/24',
    ]),
  ];
  const stop = (): void => {
    for (const { child } of started) child.kill('SIGKILL');
  };
  process.on('exit', stop);
  for (let waited = 0; !(await isReady(port)); waited++) {
    if (waited > START_SECONDS || started.some(({ child }) => child.exitCode !== null)) {
      stop();
      throw new Error(`the API server does not start:\n${started.map(({ log }) => log()).join('\n')}`);
    }
    await sleep(1000);
  }
  return { refusal: (object) => refusalOf(object, port), addKind: (crd) => addKind(crd, port), stop };
}

function start(program: string, args: readonly string[]): { child: ChildProcess; log(): string } {
  const child = spawn(join(PROJECT, '.tools/bin', program), args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let log = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (log = (log + String(text)).slice(-4000)));
  return { child, log: () => log };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

interface Answer {
  readonly status: number;
  readonly body: string;
}

/** Asks with a body of JSON, or of YAML, which JSON is too. */
function ask(port: number, method: 'GET' | 'POST', path: string, body?: JsonObject | string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const type = typeof body === 'string' ? 'application/yaml' : 'application/json';
    const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': type };
    const sent = request({ host: '127.0.0.1', port, method, path, headers, rejectUnauthorized: false }, (response) => {
      let text = '';
      response.on('data', (part) => (text += String(part)));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text }));
    });
    sent.on('error', reject);
    sent.end(typeof body === 'object' ? JSON.stringify(body) : body);
  });
}

/** Ready, and the namespace of the objects is there. */
async function isReady(port: number): Promise<boolean> {
  try {
    const answers = [await ask(port, 'GET', '/readyz'), await ask(port, 'GET', '/api/v1/namespaces/default')];
    return answers.every(({ status }) => status === 200);
  } catch {
    return false;
  }
}

/** Kinds whose plural is not the kind with an s. */
const PLURALS: Readonly<Record<string, string>> = {
  NetworkPolicy: 'networkpolicies',
  Ingress: 'ingresses',
  Elasticsearch: 'elasticsearches',
  Logstash: 'logstashes',
  Prometheus: 'prometheuses',
};

async function refusalOf(object: JsonObject, port: number): Promise<string | undefined> {
  const [apiVersion, kind] = [stringAt(object, 'apiVersion') ?? '', stringAt(object, 'kind') ?? ''];
  const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  const resource = PLURALS[kind] ?? `${kind.toLowerCase()}s`;
  const path = `${root}/namespaces/default/${resource}?dryRun=All&fieldValidation=Strict`;
  const metadata = isObject(object['metadata']) ? object['metadata'] : {};
  const { status, body } = await ask(port, 'POST', path, { ...object, metadata: { ...metadata, namespace: 'default' } });
  return status === 201 ? undefined : `${status} ${body}`;
}

async function addKind(crd: string, port: number): Promise<string> {
  const { status, body } = await ask(port, 'POST', '/apis/apiextensions.k8s.io/v1/customresourcedefinitions', crd);
  if (status !== 201) throw new Error(`the API server does not take a CRD: ${status} ${body}`);
  const { spec } = JSON.parse(body) as CustomResourceDefinition;
  const served = spec.versions.filter((version) => version.served).map(({ name }) => name);
  for (const version of served) {
    const path = `/apis/${spec.group}/${version}/namespaces/default/${spec.names.plural}`;
    for (let waited = 0; (await ask(port, 'GET', path)).status !== 200; waited++) {
      if (waited > START_SECONDS * 10) throw new Error(`${path} is not served`);
      await sleep(100);
    }
  }
  return `${spec.group}/${spec.names.kind}`;
}

/** What is read of a CRD. */
interface CustomResourceDefinition {
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string; readonly plural: string };
    readonly versions: readonly { readonly name: string; readonly served: boolean }[];
  };
}
