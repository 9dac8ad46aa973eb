/** The parts of a node: starts them, in the order in which they need each other, and waits until the node is ready. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ask, get, type Json } from './api.ts';
import { API_PORT, CONTAINERD, NODE_ADDRESS, NODE_NAME, partEnvironment, writeSettings, type Places } from './settings.ts';

const START_SECONDS = 240;
const IMPORT_SECONDS = 600;
const OFFERED_CPUS = '64';

/** Starts the node; the images are those of an archive folder. */
export async function startNode(places: Places, archive: { folder: string; identity: string }): Promise<void> {
  writeSettings(places);
  const { run, cache } = places;
  const log = join(cache, 'log');
  mkdirSync(log, { recursive: true });
  const start = (program: string, ...args: string[]): ChildProcess => startPart(places, program, args);
  start(
    'etcd',
    `--data-dir=${run}/etcd`,
    '--unsafe-no-fsync',
    '--listen-client-urls=http://127.0.0.1:2379',
    '--advertise-client-urls=http://127.0.0.1:2379',
    '--listen-peer-urls=http://127.0.0.1:2380',
  );
  start('kube-apiserver', ...apiServerArguments(run));
  await importImages(places, archive);
  await until('the API server', async () => (await ask('GET', '/readyz')).status === 200);
  const config = `--kubeconfig=${run}/kubeconfig`;
  start(
    'kube-controller-manager',
    config,
    '--leader-elect=false',
    `--service-account-private-key-file=${run}/key.pem`,
    `--root-ca-file=${run}/apiserver.crt`,
    '--controllers=*,-node-ipam-controller',
  );
  start('kube-scheduler', config, '--leader-elect=false');
  start('kube-proxy', `--config=${run}/proxy.json`, `--hostname-override=${NODE_NAME}`);
  start(
    'kubelet',
    config,
    `--config=${run}/kubelet.json`,
    `--root-dir=${run}/kubelet`,
    `--hostname-override=${NODE_NAME}`,
    `--node-ip=${NODE_ADDRESS}`,
  );
  await until('the node', async () => isNodeReady(await get(`/api/v1/nodes/${NODE_NAME}`)));
  await offerCpus();
}

/** Requests of CPU would keep pods waiting that have little to do but start. The kubelet says what there is only once, and heeds this then. */
async function offerCpus(): Promise<void> {
  const amounts = { cpu: OFFERED_CPUS };
  const body = { status: { capacity: amounts, allocatable: amounts } };
  const { status } = await ask('PATCH', `/api/v1/nodes/${NODE_NAME}/status`, body, 'application/merge-patch+json');
  if (status !== 200) throw new Error(`the node cannot offer more CPU: ${status}`);
}

function apiServerArguments(run: string): string[] {
  return [
    '--etcd-servers=http://127.0.0.1:2379',
    `--advertise-address=${NODE_ADDRESS}`,
    `--secure-port=${API_PORT}`,
    `--cert-dir=${run}`,
    `--token-auth-file=${run}/tokens.csv`,
    '--authorization-mode=RBAC',
    '--allow-privileged',
    '--kubelet-preferred-address-types=InternalIP',
    '--service-account-issuer=https://kubernetes.default.svc',
    `--service-account-signing-key-file=${run}/key.pem`,
    `--service-account-key-file=${run}/public.pem`,
    '--service-cluster-ip-range=10.96.0.0/16',
  ];
}

/** A part that ends takes the node with it: nothing that is tried afterwards would mean anything. */
function startPart(places: Places, program: string, args: readonly string[]): ChildProcess {
  const path = join(places.cache, 'log', `${program}.log`);
  const output = openSync(path, 'w');
  const child = spawn(join(places.cache, 'bin', program), args, {
    env: partEnvironment(places),
    stdio: ['ignore', output, output],
  });
  child.on('exit', (code, signal) => {
    if (isEnding.has(child)) return;
    console.error(`${program} ended (${signal ?? code}):\n${readFileSync(path, 'utf8').slice(-3000)}`);
    process.exit(3);
  });
  return child;
}

const isEnding = new Set<ChildProcess>();

/**
 * Starts containerd with the images. They are unpacked once: its two data bases are kept as they were then, and what the last run added is
 * removed before the next one.
 */
async function importImages(places: Places, archive: { folder: string; identity: string }): Promise<void> {
  const { cache, run } = places;
  const root = join(cache, 'containerd');
  const kept = join(cache, 'containerd.kept');
  const config = `--config=${run}/containerd.toml`;
  const identity = createHash('sha256')
    .update(archive.identity + readFileSync(join(run, 'containerd.toml'), 'utf8'))
    .digest('hex');
  const stamp = join(kept, 'identity');
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== identity) {
    for (const folder of [root, kept]) rmSync(folder, { recursive: true, force: true });
    const first = startPart(places, 'containerd', [config]);
    await until('containerd', () => Promise.resolve(existsSync(CONTAINERD)));
    const load = `tar --create --directory "$1" . | ctr --address ${CONTAINERD} --namespace k8s.io images import --local -`;
    const { status, stderr } = spawnSync('bash', ['-o', 'pipefail', '-c', load, '-', archive.folder], {
      env: partEnvironment(places),
      encoding: 'utf8',
      timeout: IMPORT_SECONDS * 1000,
    });
    if (status !== 0) throw new Error(`the images cannot be imported: ${stderr}`);
    isEnding.add(first);
    first.kill('SIGTERM');
    await new Promise((resolve) => first.once('exit', resolve));
    mkdirSync(kept, { recursive: true });
    for (const [name, path] of databases(root)) cpSync(path, join(kept, name));
    writeFileSync(join(kept, 'snapshots.json'), JSON.stringify(readdirSync(snapshotFolder(root))));
    writeFileSync(stamp, identity);
  } else {
    for (const [name, path] of databases(root)) cpSync(join(kept, name), path);
    const known = new Set(JSON.parse(readFileSync(join(kept, 'snapshots.json'), 'utf8')) as string[]);
    for (const name of readdirSync(snapshotFolder(root)))
      if (!known.has(name)) rmSync(join(snapshotFolder(root), name), { recursive: true, force: true });
    for (const name of readdirSync(root))
      if (/cri|sandbox/.test(name)) rmSync(join(root, name), { recursive: true, force: true });
  }
  startPart(places, 'containerd', [config]);
  await until('containerd', () => Promise.resolve(existsSync(CONTAINERD)));
}

function snapshotFolder(root: string): string {
  return join(root, 'io.containerd.snapshotter.v1.overlayfs/snapshots');
}

function databases(root: string): (readonly [name: string, path: string])[] {
  return [
    ['content.db', join(root, 'io.containerd.metadata.v1.bolt/meta.db')],
    ['snapshots.db', join(root, 'io.containerd.snapshotter.v1.overlayfs/metadata.db')],
  ];
}

async function until(what: string, isDone: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + START_SECONDS * 1000; Date.now() < end; await sleep(200)) {
    if (await isDone().catch(() => false)) return;
  }
  throw new Error(`${what} was not ready after ${START_SECONDS} s`);
}

function isNodeReady(node: Json | undefined): boolean {
  const conditions = (node?.['status'] as { conditions?: { type: string; status: string }[] } | undefined)?.conditions ?? [];
  return conditions.some(({ type, status }) => type === 'Ready' && status === 'True');
}
