/** Whether this machine can bring up a node. */
import { spawnSync } from 'node:child_process';

const PROGRAMS = ['go', 'apt-get', 'dpkg', 'ip', 'tar', 'unshare', 'setpriv', 'mount', 'timeout', 'sha256sum'];

/** What is missing, in words; empty when the tests can run. */
export function missingOnMachine(): string[] {
  if (process.platform !== 'linux') return ['a node needs Linux'];
  const missing: string[] = [];
  if (process.getuid?.() !== 0) missing.push('a node needs root');
  const absent = PROGRAMS.filter((name) => spawnSync('sh', ['-c', `command -v ${name}`]).status !== 0);
  if (absent.length > 0) missing.push(`there is no ${absent.join(', ')}`);
  if (missing.length === 0 && spawnSync('unshare', ['--mount', '--net', '--pid', '--fork', 'true']).status !== 0)
    missing.push('namespaces cannot be made here');
  return missing;
}
