/** What the properties are about. A build with a planted bug has the same shape, so that it can be tried in its place. */
import { createHarden } from '../../src/engine/harden.ts';
import { harden, type Harden } from '../../src/index.ts';
import * as patch from '../../src/patch/index.ts';
import * as yaml from '../../src/yaml/index.ts';

export interface Subject {
  readonly harden: Harden;
  readonly createHarden: typeof createHarden;
  readonly compose: typeof patch.compose;
  readonly parseYaml: typeof yaml.parseYaml;
  readonly splice: typeof yaml.splice;
}

/** The program as it is. */
export const program: Subject = { harden, createHarden, compose: patch.compose, parseYaml: yaml.parseYaml, splice: yaml.splice };
