/**
 * What well-known commands need of a container: who may run them and what they write. Capabilities are those that the
 * command still needs when root has lost all others, from capabilities(7) and the manual pages of the commands.
 */
import { table } from './table.ts';

export interface Usage {
  /** Installs packages or makes users, which runs scripts that may need anything. */
  readonly installs?: true;
  /** Writes to the root file system of the container. */
  readonly writesRootFs?: true;
  /** The command counts only when some argument matches each of these; it is quoted up to the first match. */
  readonly with?: readonly RegExp[];
  /** The command does not count when an argument matches this. */
  readonly without?: RegExp;
  /** Is also a usual sub-command: first in `args`, for the entrypoint of the image, it is not this command. */
  readonly isSubcommand?: true;
}

export interface Need extends Usage {
  /** Without the `CAP_` prefix. Undefined: privileged, or unknown because the command runs whatever it is told to. */
  readonly capabilities: readonly string[] | undefined;
}

const PRIVILEGED: Need = { capabilities: undefined };
const OWNERSHIP: Need = { capabilities: ['CHOWN', 'DAC_OVERRIDE', 'FOWNER'] };
const PACKAGES: Need = {
  capabilities: ['CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'SETGID', 'SETUID'],
  installs: true,
  writesRootFs: true,
};
const ACCOUNTS: Need = { ...OWNERSHIP, installs: true, writesRootFs: true };
const FIREWALL: Need = { capabilities: ['NET_ADMIN', 'NET_RAW'], writesRootFs: true };
const NETWORK: Need = { capabilities: ['NET_ADMIN'] };
const SWITCH_USER: Need = { capabilities: ['SETGID', 'SETUID'] };
const LOGIN: Need = { capabilities: ['AUDIT_WRITE', 'SETGID', 'SETUID'] };
const TRACE: Need = { capabilities: ['SYS_PTRACE'] };
const CLOCK: Need = { capabilities: ['SYS_TIME'] };

/** Writing a file that belongs to root: its owner needs no capability for that. */
export const SYSTEM_FILES: Need = { capabilities: [], writesRootFs: true };
/** Writing to the kernel or to a device. */
export const KERNEL: Need = PRIVILEGED;

const CHANGES_PACKAGES = /^(?:add|del|upgrade|update|fix|install|reinstall|remove|erase|downgrade|builddep|localinstall)$/;
const SERVICE_ACTION = /^(?:start|restart|reload|force-reload|enable)$/;

/** Commands that need root. A name with a slash is a whole path. */
export const ROOT_WORDS: ReadonlyMap<string, Need> = table<Need>([
  ['chown chgrp setfacl', OWNERSHIP],
  ['install', { ...OWNERSHIP, with: [/^(?:-[a-zA-Z]*[og]|--owner\b|--group\b)/], isSubcommand: true }],

  ['apt apt-get apt-key apt-mark aptitude add-apt-repository pacman', PACKAGES],
  ['apk yum dnf microdnf tdnf', { ...PACKAGES, with: [CHANGES_PACKAGES] }],
  ['zypper', { ...PACKAGES, with: [/^(?:in|install|rm|remove|up|update|ref|refresh|ar|addrepo|dup|patch)$/] }],
  ['rpm', { ...PACKAGES, with: [/^(?:-[a-zA-Z]*[iUFe]|--(?:install|upgrade|erase|import)$)/], without: /^-(?:-q|[a-zA-Z]*q)/ }],
  ['dpkg', { ...PACKAGES, with: [/^(?:-[irP]$|--(?:install|remove|purge|configure|unpack|add-architecture)$)/] }],
  ['docker-php-ext-install docker-php-ext-enable dpkg-reconfigure install_packages', PACKAGES],
  ['update-ca-certificates update-ca-trust update-alternatives update-locale ldconfig locale-gen', SYSTEM_FILES],
  ['a2enmod a2dismod a2ensite a2dissite a2enconf phpenmod phpdismod', SYSTEM_FILES],

  ['useradd adduser usermod userdel deluser groupadd addgroup groupmod groupdel delgroup', ACCOUNTS],
  ['passwd', { ...ACCOUNTS, isSubcommand: true }],
  ['chpasswd', ACCOUNTS],

  ['iptables iptables-save iptables-restore iptables-legacy iptables-nft', FIREWALL],
  ['ip6tables ip6tables-save ip6tables-restore ip6tables-legacy ip6tables-nft', FIREWALL],
  ['iptables-legacy-restore iptables-nft-restore ip6tables-legacy-restore ip6tables-nft-restore istio-iptables', FIREWALL],
  ['ebtables arptables', FIREWALL],
  ['ipset ipvsadm conntrack brctl wg wg-quick', NETWORK],
  ['nft tc', { ...NETWORK, isSubcommand: true }],
  ['ip bridge', { ...NETWORK, with: [/^(?:add|del|delete|set|replace|change|append|prepend|flush|exec)$/] }],
  ['ifconfig', { ...NETWORK, with: [/^(?:up|down|add|del|netmask|mtu|hw)$/] }],
  ['route', { ...NETWORK, with: [/^(?:add|del)$/], isSubcommand: true }],
  ['keepalived', { capabilities: ['NET_ADMIN', 'NET_BROADCAST', 'NET_RAW'] }],
  ['ping', { capabilities: ['NET_RAW'], isSubcommand: true }],
  ['ping6 arping fping traceroute mtr', { capabilities: ['NET_RAW'] }],
  ['tcpdump tshark', { capabilities: ['NET_RAW', 'SETGID', 'SETUID'] }],

  ['gosu su-exec chpst setuidgid s6-setuidgid runuser', SWITCH_USER],
  ['setpriv', { ...SWITCH_USER, with: [/^--(?:re|r|e)[ug]id\b|^--(?:groups|clear-groups|init-groups)\b/] }],
  ['su sudo doas', LOGIN],
  ['crond', SWITCH_USER],
  ['cron', { ...SWITCH_USER, isSubcommand: true }],
  ['supervisord', SWITCH_USER],
  ['sshd', { capabilities: ['AUDIT_WRITE', 'CHOWN', 'NET_BIND_SERVICE', 'SETGID', 'SETUID', 'SYS_CHROOT'] }],
  ['service', { ...PRIVILEGED, with: [SERVICE_ACTION], isSubcommand: true }],
  ['systemctl rc-service invoke-rc.d', { ...PRIVILEGED, with: [SERVICE_ACTION] }],
  ['s6-svscan runsvdir systemd /init /sbin/init /usr/sbin/init', PRIVILEGED],
  ['dockerd containerd rpcbind rpc.mountd rpc.nfsd exportfs', PRIVILEGED],

  ['sysctl', { ...PRIVILEGED, with: [/^(?:-[a-zA-Z]*[wp]|--write|--load|--system|[^-].*=)/] }],
  ['mount', { ...PRIVILEGED, with: [/^(?:[^-]|-a$|--all$)/], isSubcommand: true }],
  ['umount', { ...PRIVILEGED, isSubcommand: true }],
  ['modprobe insmod rmmod', PRIVILEGED],
  ['nsenter unshare chroot pivot_root', PRIVILEGED],
  ['losetup mkfs mkfs.ext3 mkfs.ext4 mkfs.xfs mkfs.btrfs mkfs.vfat mke2fs mkswap swapon swapoff', PRIVILEGED],
  ['resize2fs xfs_growfs fdisk sfdisk sgdisk gdisk parted partprobe wipefs blkdiscard', PRIVILEGED],
  ['cryptsetup mdadm dmsetup pvcreate vgcreate lvcreate iscsiadm', PRIVILEGED],

  ['setcap', { capabilities: ['SETFCAP'], writesRootFs: true }],
  ['mknod', { capabilities: ['MKNOD'] }],
  ['strace gdb', TRACE],
  ['perf', { capabilities: ['PERFMON'] }],
  ['date', { ...CLOCK, with: [/^(?:-[a-zA-Z]*s|--set\b)/] }],
  ['hwclock', { ...CLOCK, with: [/^(?:-[a-zA-Z]*[sw]|--hctosys|--systohc)/] }],
  ['ntpd ntpdate chronyd', CLOCK],
  ['ulimit', { capabilities: ['SYS_RESOURCE'], with: [/^-[HS]*l/] }],
]);

const IN_ENVIRONMENT: Usage = { writesRootFs: true };
const INSTALL = /^(?:install|i|add|update|upgrade|remove|uninstall)$/;
const ELSEWHERE = /^(?:-t|--(?:target|prefix|root|path)(?:=|$)|--dry-run$)/;

/** Commands that install into the language environment of the image: no root needed where it belongs to the user. */
export const INSTALLERS: ReadonlyMap<string, Usage> = table<Usage>([
  ['pip', { ...IN_ENVIRONMENT, with: [INSTALL], without: ELSEWHERE }],
  ['npm pnpm', { ...IN_ENVIRONMENT, with: [INSTALL, /^(?:-g|--global)$/], without: ELSEWHERE }],
  ['yarn', { ...IN_ENVIRONMENT, with: [/^global$/, INSTALL] }],
  ['gem conda mamba micromamba pecl pear luarocks cpanm', { ...IN_ENVIRONMENT, with: [INSTALL], without: ELSEWHERE }],
  ['easy_install cpan', IN_ENVIRONMENT],
  // named(8): its process ID, session key and cache, below /run/named and /var/cache/bind. `which named` stands for it.
  ['named', { ...IN_ENVIRONMENT, isSubcommand: true }],
  ['which', { ...IN_ENVIRONMENT, with: [/^named$/] }],
  // To `$GOPATH/bin`, `$CARGO_HOME/bin` and the folder of the gems.
  ['go', { ...IN_ENVIRONMENT, with: [/^(?:install|get)$/] }],
  ['cargo', { ...IN_ENVIRONMENT, with: [/^install$/], without: ELSEWHERE }],
  ['bundle bundler', { ...IN_ENVIRONMENT, with: [/^(?:install|update)$/], without: ELSEWHERE }],
]);
