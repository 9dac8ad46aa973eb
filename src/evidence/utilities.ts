/** Commands that are found in images of every kind and say themselves what they do: not the program that an image is made for. */
import { isWithin } from '../kubernetes/volumes.ts';
import { commandName, isMain, READS_SCRIPT, SHELLS, type Command } from '../shell/command.ts';

/** POSIX utilities and shell built-ins, GNU coreutils, and what BusyBox has of other packages. */
const TOOLS =
  '. : [ ash awk base64 basename bash break bunzip2 bzip2 busybox cal case cat cd chgrp chmod chown cksum clear cmp comm command continue ' +
  'cp cpio cut dash date dd df diff dirname dos2unix du echo egrep env eval exec exit export expand expr factor false fgrep find fold ' +
  'free getent getopts grep groups gunzip gzip hash head hexdump host hostid hostname id ifconfig install ionice ip join jobs kill ' +
  'killall ksh less let ln local log logger ls md5sum mkdir mkfifo mktemp more mv nc ncat netcat netstat nice nl nohup nproc nslookup od ' +
  'paste pgrep pidof ping ping6 pkill popd printenv printf ps pushd pwd read readlink realpath readonly renice return rev rm rmdir route ' +
  'sed seq set setsid sh sha1sum sha256sum sha512sum shift shuf sleep sort split stat stty sum sync sysctl tac tail tar tee test ' +
  'telnet time timeout touch tr trap true tty type ulimit umask unalias uname uniq unset unzip uptime usleep vi wait watch wc which ' +
  'while who whoami xargs xxd xz yes zcat zip zsh';

/** Clients: they end, or ask another program, whatever the image serves. */
const CLIENTS =
  'aws az cilium consul createdb curl dig dropdb gcloud git grpcurl helm http jq kafka-topics kafka-topics.sh kubectl mariadb mariadb-admin ' +
  'mariadb-dump mc mongo mongodump mongoexport mongoimport mongorestore mongosh mysql mysqladmin mysqldump oc openssl pg_basebackup ' +
  'pg_dump pg_dumpall pg_isready pg_restore psql rclone redis-cli redis-benchmark restic rsync s3cmd scp sftp sqlcmd sqlite3 ssh ' +
  'ssh-keyscan wait-for wait-for-it wait-for-it.sh wget yq';

/** What the entrypoints of the Docker Official Images run as it is when it comes in `args` ("Consistency" in docker-library/official-images). */
const PASSED_ON =
  'bash sh sleep mariadb-dump mongodump mongorestore mongosh mysqladmin mysqldump pg_basebackup pg_dump pg_dumpall pg_isready pg_restore psql redis-cli';

const UTILITIES = new Set(`${TOOLS} ${CLIENTS}`.split(' '));
const RUN_BY_OFFICIAL_IMAGES = new Set(PASSED_ON.split(' '));

/**
 * True when a container runs nothing but utilities, so that the program of its image never starts. A shell counts only with a
 * text that is in the manifest; a command whose name is a variable, or a file that is run, may be anything.
 *
 * @param commands those of the container, the ones that other commands run among them
 * @param isOfficial true for a Docker Official Image, whose entrypoint runs arguments that are commands
 */
export function runsOnlyUtilities(commands: readonly Command[], isOfficial: boolean): boolean {
  const main = commands.filter(isMain);
  const [first] = main;
  if (!first) return false;
  if (first.isArgument && !(isOfficial && RUN_BY_OFFICIAL_IMAGES.has(commandName(first)))) return false;
  return main.every((command) => command.words.length === 0 || isUtility(command));
}

function isUtility(command: Command): boolean {
  if (command.runsKnownScript) return true;
  const name = commandName(command);
  if (READS_SCRIPT.has(name) || name === 'eval') return false;
  if (SHELLS.has(name)) return hasText(command);
  return UTILITIES.has(name) || (name === 'exec' && command.words.length > 1);
}

/** True when the text that a shell runs is an argument of it or its input. */
function hasText({ words, input }: Command): boolean {
  return input !== undefined || words.some(({ text }) => /^-[^-]*c/.test(text));
}

/** Tools that keep temporary files by themselves; a shell does for here-documents (Bash reference manual, 3.6.6). */
const USES_TMP = new Set(['mktemp', 'sort', 'tac', 'vi', 'less', 'patch', 'ssh', ...CLIENTS.split(' ')]);
const WITHOUT_TMP = new Set([
  'curl',
  'dig',
  'http',
  'jq',
  'nc',
  'pg_isready',
  'redis-cli',
  'wait-for',
  'wait-for-it',
  'wait-for-it.sh',
  'wget',
]);

/** True unless the tools that a container runs are known to leave `/tmp` alone. */
export function needsTmp(commands: readonly Command[]): boolean {
  return commands.some((command) => {
    const name = commandName(command);
    const names = [...command.words.map(({ text }) => text), ...command.redirects.map(({ path }) => path)];
    return (
      (USES_TMP.has(name) && !WITHOUT_TMP.has(name)) ||
      command.input !== undefined ||
      command.runsKnownScript ||
      names.some((text) => text.includes('/tmp') || text.includes('<<'))
    );
  });
}

/**
 * True when the first program that a container runs lies in a volume: itself, or the script that a shell is given. What it does is
 * not known, but it is not what the image is made for.
 *
 * @param mounts where its volumes are mounted, in normal form
 */
export function runsFromVolume(commands: readonly Command[], mounts: readonly string[]): boolean {
  const [first] = commands;
  if (!first?.pointer.startsWith('/command/') || first.runsKnownScript) return false;
  const operand = first.words.slice(1).find(({ text }) => !text.startsWith('-'));
  const program = SHELLS.has(commandName(first)) && !hasText(first) ? operand : first.words[0];
  const path = program?.text ?? '';
  return path.startsWith('/') && mounts.some((mount) => mount !== '/' && isWithin(path, mount));
}

const IDLE = new Set(['echo', 'exec', 'sleep', 'tail', 'trap', 'true', 'wait', 'while', ...SHELLS]);

/** True for a container that only waits, such as one that reserves a node. */
export function isIdle(commands: readonly Command[]): boolean {
  return commands.length > 0 && commands.every((command) => command.words.length > 0 && IDLE.has(commandName(command)));
}
