/** What COPY takes over from another stage besides files: owners, file capabilities, and the accounts in `/etc/passwd`. */
import { isWithin } from '../../kubernetes/volumes.ts';
import { holdsFiles } from './run.ts';
import type { Stage } from './stage.ts';

/**
 * Takes over what a source has; without `--chown`, BuildKit keeps the owners of another stage.
 *
 * @param source a file or folder of the other stage, in normal form
 * @param isFolder true when a file is put into the target
 */
export function takeOver(source: string, target: string, isFolder: boolean, other: Stage, stage: Stage): void {
  if (isWithin('/etc/passwd', source)) {
    for (const [name, account] of other.users) stage.users.set(name, account);
    stage.numbering = other.numbering;
  }
  if (isWithin('/etc/group', source)) for (const [name, gid] of other.groups) stage.groups.set(name, gid);
  const inFolder = (path: string): string => joined(target, path.slice(source === '/' ? 0 : source.length));
  const asFile = (path: string): string => (isFolder ? joined(target, path.slice(path.lastIndexOf('/'))) : target);
  for (const one of other.capabilities) {
    const { path } = one.value;
    if (isWithin(path, source))
      stage.capabilities.push({ ...one, value: { ...one.value, path: path === source ? asFile(path) : inFolder(path) } });
  }
  for (const one of other.owners)
    if (isWithin(one.value.path, source)) stage.owners.push({ ...one, value: { ...one.value, path: inFolder(one.value.path) } });
  for (const one of other.opened)
    if (isWithin(one.value.path, source)) stage.opened.push({ ...one, value: { ...one.value, path: inFolder(one.value.path) } });
  const closed = other.closed.filter(({ value }) => isWithin(value, source));
  stage.closed = [
    ...stage.closed,
    ...closed.map((one) => ({ ...one, value: one.value === source ? asFile(one.value) : inFolder(one.value) })),
  ];
}

/** True for a folder of a stage that is made there, and into which nothing is put. */
export function isEmptyFolder(path: string, stage: Stage): boolean {
  return stage.made.has(path) && !holdsFiles(path, stage);
}

function joined(folder: string, rest: string): string {
  return `${folder === '/' ? '' : folder}${rest}` || '/';
}
