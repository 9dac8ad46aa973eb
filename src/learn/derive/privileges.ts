/** Programs that get rights when they are started: file capabilities (capabilities(7), linux/capability.h) and setuid bits. */
import type { FileTree, FoundFile } from '../image/file-tree.ts';

/** In the order of their numbers. */
const CAPABILITIES = [
  'CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID KILL SETGID SETUID SETPCAP LINUX_IMMUTABLE NET_BIND_SERVICE NET_BROADCAST',
  'NET_ADMIN NET_RAW IPC_LOCK IPC_OWNER SYS_MODULE SYS_RAWIO SYS_CHROOT SYS_PTRACE SYS_PACCT SYS_ADMIN SYS_BOOT SYS_NICE',
  'SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG MKNOD LEASE AUDIT_WRITE AUDIT_CONTROL SETFCAP MAC_OVERRIDE MAC_ADMIN SYSLOG WAKE_ALARM',
  'BLOCK_SUSPEND AUDIT_READ PERFMON BPF CHECKPOINT_RESTORE',
]
  .join(' ')
  .split(' ');

/** What the packages of distributions bring with setuid bits: they are in most images, and programs do not need them. */
const USUAL =
  /^(?:.*\/)?(?:su|mount|umount|passwd|gpasswd|chsh|chfn|chage|expiry|newgrp|unix_chkpwd|pam_timestamp_check|bbsuid|busybox|wall|write|ssh-keysign|ssh-agent|crontab|dbus-daemon-launch-helper|dotlockfile|pkexec|polkit-agent-helper-1|utempter|fusermount3?|ntfs-3g|ping6?|arping|newuidmap|newgidmap)$/;
const SETUID = 0o4000;

export interface FileCapabilities {
  readonly names: readonly string[];
  /** True when the kernel refuses to start the program without them. */
  readonly isEffective: boolean;
}

/** What `security.capability` says (`struct vfs_cap_data` of versions 1 to 3); undefined for anything else. */
export function readCapabilities(bytes: Uint8Array): FileCapabilities | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const words = { 12: 1, 20: 2, 24: 2 }[bytes.length];
  const magic = words === undefined ? 0 : view.getUint32(0, true);
  const version = magic >>> 24;
  if (words === undefined || version < 1 || version > 3) return undefined;
  const names = Array.from({ length: words }, (_, word) => view.getUint32(4 + 8 * word, true)).flatMap((mask, word) =>
    CAPABILITIES.slice(32 * word, 32 * (word + 1)).filter((_, bit) => (mask & (2 ** bit)) !== 0),
  );
  return names.length === 0 ? undefined : { names, isEffective: (magic & 1) === 1 };
}

/** The programs of an image that carry capabilities, and those with a setuid bit that few images have: `sudo`. */
export function privilegedPrograms(tree: FileTree): {
  capable: { file: FoundFile; capabilities: FileCapabilities }[];
  setuid: string[];
} {
  const files = [...tree.all()].filter(({ node }) => node.kind === 'file');
  return {
    capable: files.flatMap((file) => {
      const capabilities = file.node.capability && readCapabilities(file.node.capability);
      return capabilities ? [{ file, capabilities }] : [];
    }),
    setuid: files.filter(({ path, node }) => (node.mode & SETUID) !== 0 && !USUAL.test(path)).map(({ path }) => path),
  };
}
