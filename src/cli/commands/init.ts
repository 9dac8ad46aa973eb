/** `kharden init`. */
import { writeFileSync } from 'node:fs';
import { CONFIG_NAMES, initialConfig } from '../../config/index.ts';
import { reasonOf } from '../files/reason.ts';
import { remark, type Outcome } from '../output/outcome.ts';

/** Writes the configuration to begin with, never over one that exists. */
export function writeInitialConfig(): Outcome {
  const [name] = CONFIG_NAMES;
  try {
    writeFileSync(name, initialConfig(), { flag: 'wx' });
    return remark(0, `wrote ${name}`);
  } catch (error) {
    const exists = (error as NodeJS.ErrnoException).code === 'EEXIST';
    return remark(2, `${name}: ${exists ? 'already exists: edit it' : reasonOf(error)}`);
  }
}
