/** `kharden init`. */
import { existsSync, writeFileSync } from 'node:fs';
import { CONFIG_NAMES, initialConfig } from '../config/index.ts';
import type { Output } from './output.ts';
import { reasonOf } from './files/reason.ts';

const THERE = 'is there already, and a folder has one configuration: edit it';

/** Writes the configuration to begin with, never over or beside one that is there; gives the exit code. */
export function writeInitialConfig(output: Output): number {
  const [name] = CONFIG_NAMES;
  const existing = CONFIG_NAMES.find((one) => existsSync(one));
  if (existing !== undefined) {
    output.remark(`${existing}: ${THERE}`);
    return 2;
  }
  try {
    writeFileSync(name, initialConfig(), { flag: 'wx' });
    output.remark(`wrote ${name}`);
    return 0;
  } catch (error) {
    const isThere = (error as NodeJS.ErrnoException).code === 'EEXIST';
    output.remark(`${name}: ${isThere ? THERE : reasonOf(error)}`);
    return 2;
  }
}
