/** What capabilities(7) and the manual pages say of commands that need root, and of those that change what an image holds. */
import { rootEvidence, rootFsWrites } from '../../src/evidence/root.ts';
import { INSTALLERS, ROOT_WORDS } from '../../src/evidence/root-words.ts';
import { readCommands } from '../../src/shell/read-commands.ts';
import type { JsonObject } from '../../src/util/json.ts';
import { assert, suite } from '../harness.ts';
import { linesIn } from './braces.ts';

interface Group {
  /** Separated by spaces; undefined: the command may need any. */
  readonly capabilities: string | undefined;
  readonly installs?: true;
  /** Writes outside of volumes besides. */
  readonly writes?: true;
  /** Separated by semicolons; in braces the words that may stand there. */
  readonly lines: string;
}

const PACKAGES = 'CHOWN DAC_OVERRIDE FOWNER SETGID SETUID';
const OWNER = 'CHOWN DAC_OVERRIDE FOWNER';

const GROUPS: Readonly<Record<string, Group>> = {
  'owners and modes': {
    capabilities: OWNER,
    lines:
      'chown 1 $X; chgrp 1 $X; setfacl -m u:1:r $X; install {-o,-g,-Do,-pg,--owner,--owner=app,--group,--group=app} a $X; /bin/chown 1 $X',
  },
  'package managers': {
    capabilities: PACKAGES,
    installs: true,
    writes: true,
    lines:
      '{apt,apt-get,aptitude} update; apt-key add x; apt-mark hold x; add-apt-repository x; pacman -S x; ' +
      '{apk,yum,dnf,microdnf,tdnf} {add,del,upgrade,update,fix,install,reinstall,remove,erase,downgrade,builddep,localinstall} x; ' +
      'yum -y install x; zypper {in,install,rm,remove,up,update,ref,refresh,ar,addrepo,dup,patch} x; ' +
      'rpm {-i,-U,-F,-e,-ivh,-Uvh,--install,--upgrade,--erase,--import} x; ' +
      'dpkg {-i,-r,-P,--install,--remove,--purge,--configure,--unpack,--add-architecture} x; ' +
      'docker-php-ext-install x; docker-php-ext-enable x; dpkg-reconfigure x; install_packages x',
  },
  accounts: {
    capabilities: OWNER,
    installs: true,
    writes: true,
    lines: '{useradd,adduser,usermod,userdel,deluser,groupadd,addgroup,groupmod,groupdel,delgroup,passwd,chpasswd} x',
  },
  'files of the system': {
    capabilities: '',
    writes: true,
    lines:
      '{update-ca-certificates,update-ca-trust,update-alternatives,update-locale,ldconfig,locale-gen}; ' +
      '{a2enmod,a2dismod,a2ensite,a2dissite,a2enconf,phpenmod,phpdismod} x',
  },
  firewalls: {
    capabilities: 'NET_ADMIN NET_RAW',
    writes: true,
    lines:
      '{iptables,ip6tables}{,-save,-restore,-legacy,-nft,-legacy-restore,-nft-restore} -L; istio-iptables; ebtables -L; arptables -L',
  },
  networks: {
    capabilities: 'NET_ADMIN',
    lines:
      '{ipset,ipvsadm,conntrack,brctl,wg,wg-quick,nft,tc} x; ' +
      '{ip,bridge} link {add,del,delete,set,replace,change,append,prepend,flush,exec} x; ' +
      'ifconfig eth0 {up,down,add,del,netmask,mtu,hw} 1; route {add,del} x',
  },
  'raw sockets': { capabilities: 'NET_RAW', lines: '{ping,ping6,arping,fping,traceroute,mtr} x' },
  VRRP: { capabilities: 'NET_ADMIN NET_BROADCAST NET_RAW', lines: 'keepalived -n' },
  captures: { capabilities: 'NET_RAW SETGID SETUID', lines: '{tcpdump,tshark} -i any' },
  'other users': {
    capabilities: 'SETGID SETUID',
    lines:
      '{gosu,su-exec,chpst,setuidgid,s6-setuidgid,runuser} app x; {crond,cron,supervisord} -n; ' +
      'setpriv {--reuid,--ruid,--euid,--regid,--rgid,--egid,--groups,--clear-groups,--init-groups} 1 x; setpriv --reuid=1 x',
  },
  logins: { capabilities: 'AUDIT_WRITE SETGID SETUID', lines: '{su,sudo,doas} app' },
  'a server of logins': { capabilities: 'AUDIT_WRITE CHOWN NET_BIND_SERVICE SETGID SETUID SYS_CHROOT', lines: 'sshd -D' },
  'services of an init system': {
    capabilities: undefined,
    lines:
      '{service,systemctl,rc-service,invoke-rc.d} x {start,restart,reload,force-reload,enable}; {s6-svscan,runsvdir,systemd} x; ' +
      '/init; /sbin/init; /usr/sbin/init; {dockerd,containerd,rpcbind,rpc.mountd,rpc.nfsd} x; exportfs -a',
  },
  'the kernel and its devices': {
    capabilities: undefined,
    lines:
      'sysctl {-w,-p,-qw,--write,--load=x,--system} a=b; sysctl a=b; mount {-a,--all}; mount /dev/sda /mnt; umount /mnt; ' +
      '{modprobe,insmod,rmmod} x; {nsenter,unshare,chroot,pivot_root} x; {losetup,mkfs,mkfs.ext3,mkfs.ext4,mkfs.xfs,mkfs.btrfs} x; ' +
      '{mkfs.vfat,mke2fs,mkswap,swapon,swapoff,resize2fs,xfs_growfs,fdisk,sfdisk,sgdisk,gdisk,parted,partprobe} x; ' +
      '{wipefs,blkdiscard,cryptsetup,mdadm,dmsetup,pvcreate,vgcreate,lvcreate,iscsiadm} x',
  },
  'capabilities of files': { capabilities: 'SETFCAP', writes: true, lines: 'setcap cap_net_raw+ep x' },
  'device files': { capabilities: 'MKNOD', lines: 'mknod $X c 1 3' },
  'other processes': { capabilities: 'SYS_PTRACE', lines: '{strace,gdb} x' },
  counters: { capabilities: 'PERFMON', lines: 'perf record' },
  clocks: {
    capabilities: 'SYS_TIME',
    lines: 'date {-s,-us,--set=x,--set} x; hwclock {-s,-w,-us,--hctosys,--systohc}; {ntpd,ntpdate,chronyd} x',
  },
  limits: { capabilities: 'SYS_RESOURCE', lines: 'ulimit {-l,-Hl,-SHl} unlimited' },
};

/** The same commands where they only look, or do what everybody may do. */
const HARMLESS =
  'install -m 644 a $X; apk {info,search,add-ons}; yum {list,search}; zypper {se,info}; rpm {-q,-qi,-qf,-qe,-V}; rpm --query x; ' +
  'dpkg {-l,-L,-s,--list}; {ip,bridge} {addr,link} show; ifconfig eth0; route -n; setpriv --dump; setpriv --no-new-privs x; ' +
  'service x status; systemctl status x; sysctl {-a,-n}; sysctl net.x; mount; mount -l; date; date +%s; hwclock -r; ' +
  'ulimit -n 1; init; ./init; chowner x; echo chown';

/** First in `args` they may be sub-commands of the entrypoint. */
const SUBCOMMANDS = 'install passwd nft tc route ping cron service mount umount';

const ENVIRONMENT: Group = {
  capabilities: '',
  writes: true,
  lines:
    'pip {install,uninstall} x; pip3 install x; {npm,pnpm} {install,i,add,update,upgrade,remove,uninstall} -g x; npm i --global x; ' +
    'yarn global {add,upgrade,remove} x; {gem,conda,mamba,micromamba,pecl,pear,luarocks,cpanm} {install,update} x; ' +
    '{easy_install,cpan} x; go {install,get} x; cargo install x; {bundle,bundler} {install,update}; named -g; which named',
};
const NO_ENVIRONMENT =
  'pip list; pip install {-t,--target,--target=$X,--prefix=$X,--root=$X} $X; pip install --dry-run x; npm ls -g; npm install --prefix $X -g x; ' +
  'yarn global list; gem list; go version; cargo install --root $X x; bundle exec x; cargo search x; which nginx';

const shell = (text: string): JsonObject => ({ command: ['sh', '-c', text] });
const evidenceOf = (container: JsonObject) => rootEvidence(readCommands(container), [], true);

suite('evidence/root-words', (test) => {
  for (const [what, { capabilities, installs, writes, lines }] of Object.entries(GROUPS)) {
    test(what, () => {
      for (const line of linesIn(lines)) {
        const found = evidenceOf(shell(line)).find(({ word }) => line.includes(word.split(' ')[0] ?? ''));
        assert.equal(
          [found?.capabilities && [...found.capabilities].sort().join(' '), found?.installs],
          [capabilities, installs ?? false],
          line,
        );
        assert.is(rootFsWrites(readCommands(shell(line)), []).length > 0, writes ?? false, line);
      }
    });
  }

  test('the same commands may need nothing', () => {
    for (const line of linesIn(HARMLESS)) assert.equal(evidenceOf(shell(line)), [], line);
  });

  test('a sub-command of the entrypoint is not the command of that name', () => {
    for (const name of SUBCOMMANDS.split(' ')) {
      const words = [name, '--owner=x', 'add', 'start', 'x'];
      assert.equal(evidenceOf({ args: words }), [], name);
      assert.ok(evidenceOf({ command: words }).length > 0, name);
    }
    for (const name of ['chown', 'apt-get', 'chpasswd', 'iptables', 'ping6', 'crond'])
      assert.ok(evidenceOf({ args: [name, 'x'] }).length > 0, name);
  });

  test('installers of languages write to the image without root', () => {
    for (const line of linesIn(ENVIRONMENT.lines)) {
      assert.ok(rootFsWrites(readCommands(shell(line)), []).length > 0, line);
      assert.ok(
        evidenceOf(shell(line)).every(({ capabilities, installs }) => capabilities?.length === 0 && !installs),
        line,
      );
    }
    for (const line of linesIn(NO_ENVIRONMENT)) assert.equal(rootFsWrites(readCommands(shell(line)), []), [], line);
  });

  test('every command of the tables is here', () => {
    const lines = [...Object.values(GROUPS), ENVIRONMENT].flatMap((group) => linesIn(group.lines));
    const names = new Set(lines.flatMap((line) => line.split(' ')[0] ?? []).map((name) => name.replace('pip3', 'pip')));
    assert.equal(
      [...ROOT_WORDS.keys(), ...INSTALLERS.keys()].filter((name) => !names.has(name)),
      [],
    );
  });
});
