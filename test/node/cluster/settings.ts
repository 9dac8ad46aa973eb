/** The settings of the parts of a node, as the files that they read. */
import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const NODE_NAME = 'kharden-node';
export const NODE_ADDRESS = '192.168.77.1';
export const API_PORT = 6443;
export const TOKEN = 'admin';
export const CONTAINERD = '/run/containerd/containerd.sock';
export const PAUSE_IMAGE = 'registry.k8s.io/pause:3.10';

/** Where things are. */
export interface Places {
  /** What stays between runs. */
  readonly cache: string;
  /** What one run writes. */
  readonly run: string;
}

const KUBECONFIG = `apiVersion: v1
kind: Config
clusters: [{name: node, cluster: {server: "https://127.0.0.1:${API_PORT}", insecure-skip-tls-verify: true}}]
users: [{name: admin, user: {token: ${TOKEN}}}]
contexts: [{name: node, context: {cluster: node, user: admin}}]
current-context: node
`;

/** A file descriptor table is large enough, an unprivileged port is one: the defaults of containerd would hide what is missing in a manifest. */
function containerdSettings({ cache }: Places): string {
  const runtime = `plugins."io.containerd.cri.v1.runtime"`;
  return `version = 3
root = "${cache}/containerd"
state = "/run/containerd"
oom_score = 0
[grpc]
address = "${CONTAINERD}"
[plugins."io.containerd.cri.v1.images".pinned_images]
sandbox = "${PAUSE_IMAGE}"
[${runtime}]
restrict_oom_score_adj = true
enable_unprivileged_ports = false
enable_unprivileged_icmp = false
disable_apparmor = true
[${runtime}.containerd]
default_runtime_name = "runc"
[${runtime}.containerd.runtimes.runc]
runtime_type = "io.containerd.runc.v2"
[${runtime}.containerd.runtimes.runc.options]
BinaryName = "${cache}/tools/usr/sbin/runc"
SystemdCgroup = false
[${runtime}.cni]
bin_dirs = ["${cache}/tools/usr/lib/cni"]
conf_dir = "/run/cni"
`;
}

function kubeletSettings({ run }: Places): object {
  return {
    apiVersion: 'kubelet.config.k8s.io/v1beta1',
    kind: 'KubeletConfiguration',
    address: '0.0.0.0',
    authentication: { anonymous: { enabled: true }, webhook: { enabled: false } },
    authorization: { mode: 'AlwaysAllow' },
    failCgroupV1: false,
    cgroupDriver: 'cgroupfs',
    cgroupRoot: `/${NODE_NAME}`,
    oomScoreAdj: 0,
    failSwapOn: false,
    containerRuntimeEndpoint: `unix://${CONTAINERD}`,
    clusterDNS: [NODE_ADDRESS],
    clusterDomain: 'cluster.local',
    resolvConf: join(run, 'resolv.conf'),
    volumePluginDir: join(run, 'volume-plugins'),
    podLogsDir: '/var/log/pods',
    imageGCHighThresholdPercent: 100,
    imageMaximumGCAge: '0s',
    evictionHard: { 'memory.available': '50Mi' },
    maxPods: 250,
    crashLoopBackOff: { maxContainerRestartPeriod: '3s' },
    serializeImagePulls: false,
    syncFrequency: '10s',
    // What the node offers is changed after it was said once.
    nodeStatusUpdateFrequency: '12h',
    nodeStatusReportFrequency: '12h',
  };
}

const PROXY = {
  apiVersion: 'kubeproxy.config.k8s.io/v1alpha1',
  kind: 'KubeProxyConfiguration',
  mode: 'iptables',
  clusterCIDR: '10.88.0.0/16',
  iptables: { masqueradeAll: true, minSyncPeriod: '1s', syncPeriod: '30s' },
  conntrack: { maxPerCore: 0, min: 0, tcpCloseWaitTimeout: '0s', tcpEstablishedTimeout: '0s' },
};

function networkSettings({ run }: Places): object {
  return {
    cniVersion: '1.0.0',
    name: 'node',
    plugins: [
      {
        type: 'bridge',
        bridge: 'cni0',
        isGateway: true,
        hairpinMode: true,
        ipam: {
          type: 'host-local',
          dataDir: join(run, 'addresses'),
          ranges: [[{ subnet: '10.88.0.0/16' }]],
          routes: [{ dst: '0.0.0.0/0' }],
        },
      },
      { type: 'portmap', capabilities: { portMappings: true } },
    ],
  };
}

/** Writes all settings into the folder of the run; needs the namespaces of the node. */
export function writeSettings(places: Places): void {
  const { run } = places;
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const files: Readonly<Record<string, string>> = {
    'key.pem': String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
    'public.pem': String(publicKey.export({ type: 'spki', format: 'pem' })),
    'tokens.csv': `${TOKEN},admin,admin,system:masters\n`,
    kubeconfig: KUBECONFIG,
    'containerd.toml': containerdSettings(places),
    'kubelet.json': JSON.stringify(kubeletSettings(places)),
    'proxy.json': JSON.stringify({ ...PROXY, clientConnection: { kubeconfig: join(run, 'kubeconfig') } }),
    'resolv.conf': `nameserver ${NODE_ADDRESS}\n`,
  };
  mkdirSync(run, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(run, name), text);
  mkdirSync('/run/cni', { recursive: true });
  writeFileSync('/run/cni/10-node.conflist', JSON.stringify(networkSettings(places)));
}

/** What the parts need in their environment: the unpacked tools come before those of the machine. */
export function partEnvironment({ cache }: Places): NodeJS.ProcessEnv {
  const tools = join(cache, 'tools');
  const libraries = readdirSync(join(tools, 'usr/lib')).filter((name) => name.endsWith('-linux-gnu'));
  const paths = libraries.flatMap((name) => [join(tools, 'usr/lib', name), join(tools, 'lib', name)]);
  return {
    PATH: `${cache}/bin:${tools}/usr/sbin:${tools}/sbin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin`,
    LD_LIBRARY_PATH: paths.join(':'),
    XTABLES_LIBDIR: join(tools, 'usr/lib', libraries[0] ?? '', 'xtables'),
    HOME: '/root',
    // There is memory enough to look for garbage less often.
    GOGC: '400',
  };
}
