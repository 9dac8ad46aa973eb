/** What a node leaves on the machine: nothing, however it ended. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NODE_NAME } from './cluster/settings.ts';

const GROUPS = '/sys/fs/cgroup';

/** Processes of the node or of its pods, cgroups, mounts and network devices that are there, in words. */
export function leftovers(cache: string): string[] {
  const groups = [GROUPS, ...readdirSync(GROUPS).map((name) => join(GROUPS, name))].map((folder) => join(folder, NODE_NAME));
  const mounts = readFileSync('/proc/self/mountinfo', 'utf8').split('\n');
  return [
    ...readdirSync('/proc').filter(isOfNode).map(nameOfProcess),
    ...groups.filter((path) => existsSync(path)).map((path) => `the cgroup ${path}`),
    ...mounts.filter((line) => line.includes(` ${cache}`)).map((line) => `the mount ${line}`),
    ...readdirSync('/sys/class/net').flatMap((name) => (name === 'cni0' ? [`the network device ${name}`] : [])),
  ];
}

/** A process that ends while it is looked at is none. */
function isOfNode(pid: string): boolean {
  return /^\d+$/.test(pid) && readOr(`/proc/${pid}/cgroup`).includes(`/${NODE_NAME}`);
}

function nameOfProcess(pid: string): string {
  return `the process ${pid} ${readOr(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim()}`;
}

function readOr(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
