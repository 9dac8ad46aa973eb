/** `kharden init`. */
import { existsSync, writeFileSync } from 'node:fs';
import { CONFIG_NAMES, initialConfig } from '../../config/index.ts';
import { reasonOf } from '../files/reason.ts';
import { remark, type Outcome } from '../output/outcome.ts';

const EXISTS = 'already exists, and a folder has one configuration: edit it';

/** Writes the configuration to begin with, never over or beside one that exists. */
export function writeInitialConfig(): Outcome {
  const [name] = CONFIG_NAMES;
  const existing = CONFIG_NAMES.find((one) => existsSync(one));
  if (existing !== undefined) return remark(2, `${existing}: ${EXISTS}`);
  try {
    writeFileSync(name, initialConfig(), { flag: 'wx' });
    return remark(0, `wrote ${name}`);
  } catch (error) {
    const exists = (error as NodeJS.ErrnoException).code === 'EEXIST';
    return remark(2, `${name}: ${exists ? EXISTS : reasonOf(error)}`);
  }
}
