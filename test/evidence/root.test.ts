import { suite, assert } from '../harness.ts';
import type { JsonObject } from '../../src/util/json.ts';
import { rootEvidence, rootFsWrites, type Evidence, type RootFsWrite } from '../../src/evidence/root.ts';
import { readCommands } from '../../src/shell/read-commands.ts';

const shell = (text: string, workingDir?: string): JsonObject => ({
  command: ['sh', '-c', text],
  ...(workingDir !== undefined && { workingDir }),
});

const evidenceIn = (container: JsonObject, ...mounts: readonly string[]): readonly Evidence[] =>
  rootEvidence(readCommands(container), mounts, true);

const writesIn = (container: JsonObject, ...mounts: readonly string[]): readonly RootFsWrite[] =>
  rootFsWrites(readCommands(container), mounts);

/** Shell text that shows no need of root. */
const NO_EVIDENCE: readonly string[] = [
  'nginx -g "daemon off;"',
  'echo "run chown and apt-get install first"',
  'echo mount; printf %s sudo',
  '/scripts/chown/run.sh --chown=1000 /var/chown/x',
  'tar -xzf /data/x.tgz --same-owner',
  'chmod -R 777 /data && chmod +x /usr/local/bin/app',
  'redis-cli ping && mysqladmin ping -uroot',
  'until nc -z rabbitmq 5672; do echo waiting for mount; sleep 2; done',
  'MOUNT=1 mkdir -p "$DATA/mount"',
  'case "$1" in mount) run;; chown|sudo) stop;; esac',
  'for x in chown mount; do echo $x; done',
  'install -d -m 0755 "$HOME/bin"',
  'apk info -vv; apk --version',
  'dnf list installed | grep sudo; rpm -qa; rpm -qi bash; dpkg -l',
  'ip addr show; ip a; ip -o route get 1.1.1.1; ifconfig; route -n',
  'sysctl -n kernel.ostype; sysctl vm.max_map_count',
  'cat /proc/sys/vm/max_map_count; cat /etc/hosts',
  'mount | grep nfs',
  'date +%s; service --status-all; ulimit -n 65536',
  'command -v apt-get || which iptables',
  'kubectl exec web-0 -- chown -R 1000 /data',
  'ssh node "mount -a"',
  'docker run --rm alpine apk add curl',
  'cat > /tmp/notes <<EOF\napt-get update\nEOF',
  'pip install -r requirements.txt && npm install -g serve',
  'echo ok > /dev/stdout; echo x >> /proc/1/fd/1; exec 3<> /dev/tcp/db/5432; true > /dev/null 2>&1',
  'sed s/a/b/ /etc/nginx/nginx.conf > /tmp/nginx.conf',
  'cp /etc/ssl/cert.pem /tmp/; echo x > "$HOME/y"; echo x > "/$NAME"',
  'git config --global safe.directory /src',
  'setpriv --no-new-privs run; setpriv --dump',
];

/** Shell text, the words of its evidence, and what all of them together need; `-` for privileged or unknown. */
const EVIDENCE: readonly (readonly [text: string, words: readonly string[], capabilities: string])[] = [
  ['chown -R 1000:1000 /data', ['chown'], 'CHOWN DAC_OVERRIDE FOWNER'],
  ['mkdir -p /data/db && /bin/chown -R 999 "$DIR" || true', ['chown'], 'CHOWN DAC_OVERRIDE FOWNER'],
  ['find /data -not -user 1001 -exec chown 1001:0 {} +', ['chown'], 'CHOWN DAC_OVERRIDE FOWNER'],
  ['ls /data | xargs -r chown 1001', ['chown'], 'CHOWN DAC_OVERRIDE FOWNER'],
  ['if [ "$(stat -c %u /data)" != 70 ]; then\n  chgrp -R 70 /data\nfi', ['chgrp'], 'CHOWN DAC_OVERRIDE FOWNER'],
  ['install -Dm644 -o app a /data/a; setfacl -m u:1:r /data', ['install -o', 'setfacl'], 'CHOWN DAC_OVERRIDE FOWNER'],
  ['apt-get update -qq && apt-get install -y curl', ['apt-get'], 'CHOWN DAC_OVERRIDE FOWNER SETGID SETUID'],
  ['apk --no-cache add curl; exec app', ['apk add'], 'CHOWN DAC_OVERRIDE FOWNER SETGID SETUID'],
  ['dnf -y install x; rpm -Uvh y; dpkg -i z', ['dnf install', 'rpm -Uvh', 'dpkg -i'], 'CHOWN DAC_OVERRIDE FOWNER SETGID SETUID'],
  ['adduser -D app && echo "app:x" | chpasswd', ['adduser', 'chpasswd'], 'CHOWN DAC_OVERRIDE FOWNER'],
  ['update-ca-certificates && exec app', ['update-ca-certificates'], ''],
  ['chown -R redis /data; exec gosu redis redis-server', ['chown', 'gosu'], 'CHOWN DAC_OVERRIDE FOWNER SETGID SETUID'],
  ['su -p -c "/vt/bin/vtgate -cell test" vitess', ['su'], 'AUDIT_WRITE SETGID SETUID'],
  ['sudo -E /usr/sbin/crond -f', ['sudo', 'crond'], 'AUDIT_WRITE SETGID SETUID'],
  ['/usr/sbin/sshd -De -p 22 # start', ['sshd'], 'AUDIT_WRITE CHOWN NET_BIND_SERVICE SETGID SETUID SYS_CHROOT'],
  ['iptables -t nat -A PREROUTING -j REDIRECT; iptables-restore < /x', ['iptables', 'iptables-restore'], 'NET_ADMIN NET_RAW'],
  ['ip -4 route add 10.0.0.0/8 via 1.1.1.1; tc qdisc add dev eth0', ['ip route add', 'tc'], 'NET_ADMIN'],
  ['ip link set dev eth0 mtu 1400', ['ip link set'], 'NET_ADMIN'],
  ['while ! ping -c1 db; do sleep 1; done', ['ping'], 'NET_RAW'],
  ['setcap cap_net_raw+ep /app/x; mknod /data/t c 10 200', ['setcap', 'mknod'], 'MKNOD SETFCAP'],
  ['sysctl -w vm.max_map_count=262144', ['sysctl -w'], '-'],
  ['sysctl net.core.somaxconn=1024; swapoff -a', ['sysctl net.core.somaxconn=1024', 'swapoff'], '-'],
  ['mount -t tmpfs none /mnt; chown 1 /mnt', ['mount tmpfs', 'chown'], '-'],
  ['mount -a', ['mount -a'], '-'],
  ['nsenter --target 1 --mount -- modprobe nbd', ['nsenter', 'modprobe'], '-'],
  ['chroot /host systemctl restart kubelet', ['chroot', 'systemctl restart'], '-'],
  ['mkfs.ext4 /dev/sdb; losetup -f; blkdiscard /dev/sdb', ['mkfs.ext4', 'losetup', 'blkdiscard'], '-'],
  ['dd if=/dev/zero of=/dev/nvme0n1 bs=1M', ['dd of=/dev/nvme0n1'], '-'],
  ['echo never > /sys/kernel/mm/transparent_hugepage/enabled', ['> /sys/kernel/mm/transparent_hugepage/enabled'], '-'],
  ['echo 1 | tee /proc/sys/net/ipv4/ip_forward', ['tee /proc/sys/net/ipv4/ip_forward'], '-'],
  ['ulimit -l unlimited && exec app', ['ulimit -l'], 'SYS_RESOURCE'],
  ['echo "10.0.0.1 db" >> /etc/hosts', ['>> /etc/hosts'], ''],
  ['echo Hello from the hook > /usr/share/message', ['> /usr/share/message'], ''],
  ['sed -i s/80/8080/ /etc/nginx/conf.d/default.conf', ['sed -i … /etc/nginx/conf.d/default.conf'], ''],
  ['ln -snf /usr/share/zoneinfo/$TZ /etc/localtime', ['ln … /etc/localtime'], ''],
  ['curl -Lo /usr/local/bin/app http://x/app', ['curl -o /usr/local/bin/app'], ''],
  ['cp -Lr /config/* /etc/bind/ && exec $(which named) -g', ['cp … /etc/bind'], ''],
  ['mkdir -p /www && echo ok > /www/index.html', ['mkdir /www'], ''],
  ["cat > /tmp/setup.sh <<'EOF'\napt-get update\nEOF\nsh /tmp/setup.sh", ['apt-get'], 'CHOWN DAC_OVERRIDE FOWNER SETGID SETUID'],
  ['echo "$(apk add jq >/dev/null; jq . x)"', ['apk add'], 'CHOWN DAC_OVERRIDE FOWNER SETGID SETUID'],
  ['chown 1 /a; chown 2 /b', ['chown'], 'CHOWN DAC_OVERRIDE FOWNER'],
];

/** Containers, and where the first evidence is. */
const PLACES: readonly (readonly [container: JsonObject, expected: string | undefined])[] = [
  [{}, undefined],
  [{ command: ['chmod', '0644', '/etc/x'] }, undefined],
  [{ args: ['mount', 'remote:', '/data'] }, undefined],
  [{ args: ['cron'] }, undefined],
  [{ args: ['install', '-o', 'json'] }, undefined],
  [{ args: ['--chown', 'chown'] }, undefined],
  [{ args: ['chown', '-R', '1000', '/data'] }, 'chown /args/0'],
  [{ args: ['/usr/sbin/cron', '-f'] }, 'cron /args/0'],
  [{ command: [], args: ['cron', '-f'] }, undefined],
  [{ command: ['tini', '--'], args: ['cron', '-f'] }, 'cron /args/0'],
  [{ command: ['cron', '-f'] }, 'cron /command/0'],
  [{ command: ['/sbin/init'] }, 'init /command/0'],
  [{ command: ['./init'] }, undefined],
  [{ command: ['/bin/sh', '-c'], args: ['set -e; apt-get update'] }, 'apt-get /args/0'],
  [{ args: ['-c', 'yum install -y git && run'] }, 'yum install /args/1'],
  [{ lifecycle: { postStart: { exec: { command: ['sh', '-c', 'su x'] } } } }, 'su /lifecycle/postStart/exec/command/2'],
  [{ command: ['run'], readinessProbe: { exec: { command: ['ping', '-c1', 'db'] } } }, 'ping /readinessProbe/exec/command/0'],
];

/** Shell text, mount paths, and what of it writes to the root file system. */
const WRITES: readonly (readonly [text: string, mounts: readonly string[], words: readonly string[]])[] = [
  ['exec nginx', [], []],
  ['apk info; npm ls -g; pip list', [], []],
  ['echo x > /tmp/a; echo x > /data/a; touch /data/b', ['/data'], []],
  ['chown -R 1000 /data', ['/data'], []],
  ['pip install --target=/deps x; pip3 install -t /deps y', ['/deps'], []],
  ['pip install "jax[tpu]" && python app.py', [], ['pip install']],
  ['python3 -m pip install --root-user-action=ignore x', [], ['pip install']],
  ['npm install -g serve && yarn global add x && gem install rake', [], ['npm install', 'yarn global', 'gem install']],
  ['go install ./cmd/x; cargo install y; bundle install --quiet', [], ['go install', 'cargo install', 'bundle install']],
  ['apt-get update && apt-get install -y curl', [], ['apt-get']],
  ['useradd app; iptables -L', [], ['useradd', 'iptables']],
  ['chown 1 /srv; chown 1 /srv', [], ['chown … /srv']],
  ['mkdir -p /www && echo ok > /www/index.html', [], ['mkdir /www', '> /www/index.html']],
  ['cp -Lr /config/* /etc/bind/; echo x > /etc/bind/named.conf', ['/etc/bind'], []],
  ['echo 1 > /sys/x', [], []],
];

suite('evidence/root', (test) => {
  for (const text of NO_EVIDENCE) test(`sees no need of root in ${text}`, () => assert.equal(evidenceIn(shell(text)), []));

  for (const [text, words, capabilities] of EVIDENCE) {
    test(`sees the need of root in ${text}`, () => {
      const found = evidenceIn(shell(text));
      assert.equal(
        found.map(({ word }) => word),
        words,
      );
      const isKnown = found.every(({ capabilities: known }) => known !== undefined);
      assert.is(
        isKnown ? [...new Set(found.flatMap(({ capabilities: known = [] }) => known))].sort().join(' ') : '-',
        capabilities,
      );
    });
  }

  for (const [container, expected] of PLACES) {
    test(`finds ${expected ?? 'nothing'} in ${JSON.stringify(container)}`, () => {
      const [first] = evidenceIn(container);
      assert.is(first && `${first.word} ${first.pointer}`, expected);
    });
  }

  for (const [text, mounts, words] of WRITES) {
    test(`sees what ${text} writes`, () => {
      assert.equal(
        writesIn(shell(text), ...mounts),
        words.map((word) => ({ word, pointer: '/command/2' })),
      );
    });
  }

  test('does not take a write to a mounted volume as evidence', () => {
    assert.equal(evidenceIn(shell('echo x > /etc/app/x; mkdir -p /www'), '/etc/app', '/www'), []);
    assert.is(evidenceIn(shell('echo x > /etc/apple'), '/etc/app')[0]?.word, '> /etc/apple');
    assert.is(evidenceIn(shell('echo 1 > /sys/x'), '/sys')[0]?.word, '> /sys/x');
  });

  test('takes a relative path as seen from the working directory', () => {
    assert.equal(evidenceIn(shell('echo x > hosts')), []);
    assert.is(evidenceIn(shell('cd /etc && echo x > hosts'))[0]?.word, '> /etc/hosts');
    assert.is(evidenceIn(shell('npm ci', '/usr/src/app'))[0]?.word, 'npm ci');
    assert.equal(evidenceIn(shell('npm ci', '/usr/src/app'), '/usr/src/app'), []);
  });

  test('a folder of the image belongs to root unless the image starts as another user', () => {
    const words = (container: JsonObject): string[] =>
      rootEvidence(readCommands(container), ['/data'], false).map(({ word, capabilities }) => `${word}: ${capabilities}`);
    assert.equal(words(shell('npm ci; chmod 755 run.sh')), ['npm ci: ']);
    assert.equal(words(shell('pip install flask; cp /app/x /data')), ['pip install: ']);
    assert.equal(words(shell('echo x > /app/x')), ['> /app/x: ']);
    assert.equal(words(shell('npm ci', '/data')), []);
  });

  test('tells what installs packages', () => {
    const flags = (text: string): readonly boolean[] => evidenceIn(shell(text), '/data').map(({ installs }) => installs);
    assert.equal(flags('chown 1 /data; apk add curl'), [false, true]);
    assert.equal(flags('echo x > /etc/x; adduser app'), [false, true]);
  });
});
