/** `kharden init`. */
import { writeFileSync } from 'node:fs';
import { CONFIG_NAMES, initialConfig } from '../config/index.ts';
import type { Output } from './output.ts';
import { reasonOf } from './files/reason.ts';

/** Writes the configuration to begin with, never over one that is there; gives the exit code. */
export function writeInitialConfig(output: Output): number {
  const [name] = CONFIG_NAMES;
  try {
    writeFileSync(name, initialConfig(), { flag: 'wx' });
    output.remark(`wrote ${name}`);
    return 0;
  } catch (error) {
    const isThere = (error as NodeJS.ErrnoException).code === 'EEXIST';
    output.remark(`${name}: ${isThere ? 'is there already: edit it' : reasonOf(error)}`);
    return 2;
  }
}
