/** Whether this machine can bring up a node. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const PROGRAMS = ['go', 'apt-get', 'dpkg', 'ip', 'tar', 'unshare', 'setpriv', 'mount', 'timeout', 'sha256sum'];
const MIRROR = 'http://deb.debian.org/debian/dists/bookworm/Release';
const MIRROR_MILLISECONDS = 15_000;

/** What is missing, in words; empty when the tests can run. */
export async function missingOnMachine(cache: string): Promise<string[]> {
  if (process.platform !== 'linux') return ['a node needs Linux'];
  const missing: string[] = [];
  if (process.getuid?.() !== 0) missing.push('a node needs root');
  const absent = PROGRAMS.filter((name) => spawnSync('sh', ['-c', `command -v ${name}`]).status !== 0);
  if (absent.length > 0) missing.push(`there is no ${absent.join(', ')}`);
  if (missing.length > 0) return missing;
  if (spawnSync('unshare', ['--mount', '--net', '--pid', '--fork', 'true']).status !== 0)
    missing.push('namespaces cannot be made here');
  if (!existsSync(join(cache, 'versions/base')) && !(await isReachable(MIRROR)))
    missing.push(`${new URL(MIRROR).host} cannot be reached`);
  return missing;
}

async function isReachable(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(MIRROR_MILLISECONDS) })).ok;
  } catch {
    return false;
  }
}
