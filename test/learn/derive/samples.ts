/** Images to learn from, modelled on real ones, and what is asserted about them. */
import type { ImageEntry } from '../../../src/images/index.ts';
import { derive } from '../../../src/learn/derive/derive.ts';
import type { JsonObject } from '../../../src/util/json.ts';
import { assert } from '../../harness.ts';
import { configOf, fileCapability, treeOf, type TestFile } from '../images.ts';

export type Layer = Readonly<Record<string, TestFile>>;

/** What an image shows. */
export async function learn(files: Layer, config: JsonObject): Promise<ReturnType<typeof derive>> {
  return derive(configOf(config), await treeOf(files));
}

/** Asserts fields of what is learned; undefined stands for one that is left out. */
export async function learns(
  files: Layer,
  config: JsonObject,
  expected: Partial<Record<keyof ImageEntry, unknown>>,
): Promise<void> {
  const { fields } = await learn(files, config);
  const all: Partial<Record<keyof ImageEntry, unknown>> = fields;
  const found = Object.fromEntries(Object.keys(expected).map((key) => [key, all[key as keyof ImageEntry]]));
  assert.equal(found, expected);
}

export const PROGRAM: TestFile = { mode: 0o755 };
const PASSWD = 'root:x:0:0:root:/root:/bin/bash\nredis:x:999:1000::/data:/bin/sh\nnode:x:1000:1000::/home/node:/bin/sh\n';
const GROUP = 'root:x:0:\nredis:x:1000:\nextra:x:77:node\n';
/** A distribution, as every image on it has it. */
export const BASE: Layer = {
  'bin/sh': PROGRAM,
  'etc/passwd': { content: PASSWD },
  'etc/group': { content: GROUP },
  'etc/os-release': { content: 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\n' },
  'tmp/': { mode: 0o1777 },
  'var/tmp/': { mode: 0o1777 },
  'run/lock/': { mode: 0o1777 },
  'usr/bin/su': { mode: 0o4755 },
  'usr/bin/ping': { mode: 0o755, capability: fileCapability([13]) },
};
const REDIS_SCRIPT = `#!/bin/sh
set -e
if [ "$1" = 'redis-server' -a "$(id -u)" = '0' ]; then
	find . \\! -user redis -exec chown redis '{}' +
	exec gosu redis "$0" "$@"
fi
exec "$@"
`;
export const REDIS: Layer = {
  ...BASE,
  'data/': { uid: 999, gid: 1000 },
  'usr/local/bin/docker-entrypoint.sh': { content: REDIS_SCRIPT, mode: 0o755 },
  'usr/local/bin/redis-server': PROGRAM,
};
export const REDIS_CONFIG = {
  Entrypoint: ['docker-entrypoint.sh'],
  Cmd: ['redis-server'],
  WorkingDir: '/data',
  Volumes: { '/data': {} },
};
