/** Commands that run the command that stands in their arguments, as their manual pages describe them. */

/** How a command that runs another command is called. */
export interface Wrapper {
  /** Short options that take the next word as their value. */
  readonly short?: string;
  /** Long options that take the next word as their value. */
  readonly long?: readonly string[];
  /** How many words stand before the command. */
  readonly operands?: number;
  /** The command begins after this word. */
  readonly after?: string;
  /** A short option whose value is shell text. */
  readonly text?: string;
  /** With one of these short options, nothing is run. */
  readonly lookup?: string;
}

const SUDO_OPTIONS = ['--user', '--group', '--other-user', '--host', '--prompt', '--chdir', '--chroot', '--role', '--type'];
const SUDO_LIMITS = ['--login-class', '--close-from', '--command-timeout'];
const SETPRIV_OPTIONS = ['--reuid', '--regid', '--ruid', '--euid', '--rgid', '--egid', '--groups', '--inh-caps'];
const CAPABILITY_OPTIONS = ['--ambient-caps', '--bounding-set', '--securebits', '--pdeathsig'];
const LABEL_OPTIONS = ['--selinux-label', '--apparmor-profile'];
const XARGS_OPTIONS = ['--max-args', '--max-procs', '--max-chars', '--delimiter', '--arg-file', '--process-slot-var'];

/** By the name of the command. */
export const WRAPPERS: ReadonlyMap<string, Wrapper> = new Map(
  Object.entries<Wrapper>({
    builtin: {},
    busybox: {},
    catatonit: {},
    chpst: { short: 'uUbenlLmdofcrtp/' },
    chroot: { operands: 1 },
    command: { lookup: 'vV' },
    'docker-entrypoint.sh': {},
    doas: { short: 'uC' },
    'dumb-init': { short: 'r', long: ['--rewrite'] },
    'entrypoint.sh': {},
    env: { short: 'uC', long: ['--unset', '--chdir'] },
    exec: { short: 'a' },
    flock: { short: 'wE', long: ['--timeout', '--wait', '--conflict-exit-code'], operands: 1, text: 'c' },
    gosu: { operands: 1 },
    ionice: { short: 'cnpPu', long: ['--class', '--classdata'] },
    nice: { short: 'n', long: ['--adjustment'] },
    nohup: {},
    nsenter: { short: 'tSGW', long: ['--target', '--setuid', '--setgid', '--wdns'] },
    python: { after: '-m' },
    runuser: { short: 'ugGsw', long: ['--user', '--group', '--supp-group', '--shell', '--whitelist-environment'], text: 'c' },
    's6-setuidgid': { operands: 1 },
    setpriv: { long: [...SETPRIV_OPTIONS, ...CAPABILITY_OPTIONS, ...LABEL_OPTIONS] },
    setsid: {},
    setuidgid: { operands: 1 },
    stdbuf: { short: 'ioe', long: ['--input', '--output', '--error'] },
    su: { operands: Infinity, text: 'c' },
    'su-exec': { operands: 1 },
    sudo: { short: 'ughpCcDRrTtU', long: [...SUDO_OPTIONS, ...SUDO_LIMITS] },
    time: { short: 'fo', long: ['--format', '--output'] },
    timeout: { short: 'sk', long: ['--signal', '--kill-after'], operands: 1 },
    tini: { short: 'pe' },
    toybox: {},
    unshare: {
      short: 'RwSG',
      long: ['--root', '--wd', '--setuid', '--setgid', '--propagation', '--setgroups', '--map-user', '--map-group'],
    },
    'wait-for-it': { after: '--' },
    'wait-for-it.sh': { after: '--' },
    xargs: { short: 'IEdLnPsa', long: XARGS_OPTIONS },
  }),
);
