/** What the commands of RUN leave in an image: users, folders and their owners, file capabilities. */
import { fileWrites } from '../../evidence/file-writes.ts';
import { isWithin, normalPath } from '../../kubernetes/volumes.ts';
import { argumentsOf, commandName, type Command } from '../../shell/command.ts';
import { isUnknown, pathFrom } from '../../shell/folder.ts';
import { readArguments } from '../../shell/options.ts';
import { changeAccounts } from './accounts.ts';
import type { Place, Stage } from './stage.ts';

const MKDIR = { short: 'mZ', long: ['--mode'] };
const INSTALL = { short: 'gmotS', long: ['--group', '--mode', '--owner', '--target-directory', '--suffix'] };
/** Commands that put nothing into the folder that they run in. */
const LEAVES_FOLDER = new Set(
  ': [ addgroup a2enmod adduser apk apt apt-get cd chgrp chmod chown command dnf echo exit export false find groupadd id install ln mkdir microdnf printf rm set setcap sh bash test true update-ca-certificates useradd usermod yum'.split(
    ' ',
  ),
);
/** Modes after which everybody may write, and after which the group may. */
const OPEN_MODE = /^[0-7]?[0-7][0-7][2367]$|(?:^|,)(?:a|ugo|[ug]*o[ug]*)?[+=][rxXst]*w/;
const GROUP_MODE = /^[0-7]?[0-7][2367][0-7]$|(?:^|,)(?:u?g|gu)[+=][rxXst]*w|(?:^|,)g=u/;
/** Modes after which others may neither read nor enter, and after which they may read. */
const CLOSED_MODE = /^[0-7]?[0-7][0-7][02]$|(?:^|,)(?:g?o|og)(?:=(?:,|$)|-[wxXst]*r)/;
const READABLE_MODE = /^[0-7]?[0-7][0-7][4-7]$|(?:^|,)(?:[ug]*[oa][ugoa]*)?[+=][wxXst]*r/;
const CHANGES_ACCESS = new Set(['chown', 'chgrp', 'chmod', 'install']);
const INSTALLERS = new Set(['apk', 'apt', 'apt-get', 'dnf', 'dpkg', 'microdnf', 'rpm', 'yum', 'zypper']);
const INSTALLS = /^(?:add|install|upgrade|dist-upgrade|-i|-U|-ivh)$/;
/** Packages of Alpine and Debian whose install scripts make no users. */
const USERLESS: ReadonlySet<string> = new Set(
  'bash ca-certificates curl dumb-init gcompat git gosu jq libc6-compat libcap netcat-openbsd openssl su-exec tini tzdata unzip wget'.split(
    ' ',
  ),
);
const NAMED_PATH = /(?:^|=)(\/[^\s:=,*$]+)/;
const CAPABILITY = /cap_([a-z_]+)/gi;

/** More commands than people write for one image. */
const MOST_COMMANDS = 2000;

/** Carries out the commands of a RUN, in their order. What is too much is left out, as what nobody can place. */
export function carryOut(commands: readonly Command[], stage: Stage, place: Place): void {
  for (const command of commands) {
    if (stage.commands === MOST_COMMANDS) {
      stage.hidesPaths = true;
      return;
    }
    stage.commands++;
    carryOutOne(command, stage, place);
  }
}

function carryOutOne(command: Command, stage: Stage, place: Place): void {
  const name = commandName(command);
  const words = argumentsOf(command);
  if (changeAccounts(name, words, stage)) return;
  if (INSTALLERS.has(name) && !bringsNoUsers(words)) stage.numbering = undefined;
  const paths = (operands: readonly string[]): string[] => {
    const found = operands.flatMap((one) => placed(command.folder, one));
    if (found.length < operands.length && CHANGES_ACCESS.has(name)) stage.hidesPaths = true;
    return found;
  };
  const { operands } = readArguments(words, { short: '', long: ['--reference', '--from'] });
  const [first = '', ...rest] = operands;
  switch (name) {
    case 'mkdir':
      for (const path of paths(readArguments(words, MKDIR).operands)) makeFolder(path, stage);
      return;
    case 'mv':
      for (const path of paths(operands.slice(0, -1))) moveAway(path, stage);
      for (const path of paths(operands.slice(-1))) stage.filled.add(path);
      return;
    case 'install':
      installFolders(words, paths, stage, place);
      break;
    case 'chown':
      for (const path of paths(rest)) own(path, first, stage, place);
      return;
    case 'chgrp':
      for (const path of paths(rest)) own(path, `:${first}`, stage, place);
      return;
    case 'chmod':
      openPaths(words, paths, stage, place);
      return;
    case 'setcap': {
      const file = paths(operands.slice(-1))[0];
      const names = Array.from(first.matchAll(CAPABILITY), ([, capability = '']) => capability.toUpperCase());
      if (file !== undefined && operands.length > 1 && names.length > 0 && /[=+][ip]*e/.test(first))
        stage.capabilities.push({ ...place, words: `setcap ${first} ${file}`, value: { path: file, names } });
      return;
    }
  }
  for (const { path } of fileWrites(command, [])) if (path.startsWith('/')) stage.filled.add(path);
  if (name === '' || LEAVES_FOLDER.has(name)) return;
  // Who knows what a program does with the folders that it is told of.
  const named = words.flatMap((word) => NAMED_PATH.exec(word)?.[1] ?? []);
  for (const path of [command.folder, ...named]) if (path.startsWith('/') && path !== '/') stage.filled.add(normalPath(path));
}

/** True for installing nothing, or packages without scripts that make users. */
function bringsNoUsers(words: readonly string[]): boolean {
  if (!words.some((word) => INSTALLS.test(word))) return true;
  const { operands } = readArguments(words, { short: 't', long: ['--virtual', '-t'] });
  return operands.every((word) => INSTALLS.test(word) || USERLESS.has(word.replace(/[=~<>@].*$/, '')));
}

/** The path of a word; none when it is not written out. */
function placed(folder: string, word: string): string[] {
  const path = pathFrom(folder, word);
  return isUnknown(path) || /[$*{?]/.test(path) || !path.startsWith('/') ? [] : [normalPath(path)];
}

/** A folder that no base has (Filesystem Hierarchy Standard 3.0, 3.2): `mkdir -p /loki/rules` makes `/loki` too. */
const NEW_AT_ROOT =
  /^\/(?!(?:bin|boot|dev|etc|home|lib\w*|media|mnt|opt|proc|root|run|sbin|srv|sys|tmp|usr|var|app)(?:\/|$))[\w.-]+(?=\/)/;

/** Notes a folder that is made by the user of the stage. */
export function makeFolder(path: string, stage: Stage): void {
  const [top] = NEW_AT_ROOT.exec(path) ?? [];
  for (const one of [...(top === undefined || holdsFiles(top, stage) ? [] : [top]), path])
    if (!stage.made.has(one)) stage.made.set(one, stage.user === undefined ? '0' : stage.user.value);
}

/** True when files are put into a folder, as far as the Dockerfile shows. */
export function holdsFiles(folder: string, { filled }: Stage): boolean {
  for (const path of filled) if (isWithin(path, folder)) return true;
  return false;
}

function moveAway(path: string, stage: Stage): void {
  for (const one of [...stage.filled]) if (isWithin(one, path)) stage.filled.delete(one);
  stage.made.delete(path);
}

/** Notes `user:group` as the owner of a path. */
export function own(path: string, owner: string, stage: Stage, place: Place): void {
  const [user = '', group] = owner.split(/[:.]/);
  const value = { path, user: user === '' ? undefined : user, group: group === '' ? undefined : group };
  stage.owners.push({ ...place, value });
}

function installFolders(
  words: readonly string[],
  paths: (operands: readonly string[]) => string[],
  stage: Stage,
  place: Place,
): void {
  const { operands, values } = readArguments(words, INSTALL);
  if (!words.some((word) => /^-[a-zA-Z]*d/.test(word) || word === '--directory')) return;
  const value = (short: string, long: string): string => values.find(({ name }) => name === short || name === long)?.value ?? '';
  for (const path of paths(operands)) {
    makeFolder(path, stage);
    const owner = `${value('-o', '--owner')}:${value('-g', '--group')}`;
    if (owner !== ':') own(path, owner, stage, place);
    if (OPEN_MODE.test(value('-m', '--mode'))) stage.opened.push({ ...place, value: { path, for: 'all' } });
  }
}

function openPaths(words: readonly string[], paths: (operands: readonly string[]) => string[], stage: Stage, place: Place): void {
  const [mode = '', ...targets] = words.filter((word) => !/^-[RvcfhHLP]+$|^--/.test(word));
  const who = OPEN_MODE.test(mode) ? 'all' : GROUP_MODE.test(mode) ? 'group' : undefined;
  for (const path of paths(targets)) {
    if (who) stage.opened.push({ ...place, value: { path, for: who } });
    setReaders(path, mode, stage, place);
  }
}

/** Notes whether others may read what a mode is given to. */
export function setReaders(path: string, mode: string, stage: Stage, place: Place): void {
  if (CLOSED_MODE.test(mode)) stage.closed = [...stage.closed, { ...place, words: `chmod ${mode} ${path}`, value: path }];
  else if (READABLE_MODE.test(mode)) stage.closed = stage.closed.filter(({ value }) => !isWithin(value, path));
}
