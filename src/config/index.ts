/** The configuration and what stands beside it: finding it, reading it, and the file to begin with. */
export type { Config } from './config.ts';
export { printBaseline, readBaseline, type BaselineResult, type WrittenEntry } from './baseline.ts';
export { BASELINE_NAME, CONFIG_NAMES, findConfig, LEARNED_NAME, type ConfigPlace } from './discover.ts';
export { spell, type ConfigError, type Locator } from './errors.ts';
export { readConfig, readLearned, type ConfigResult, type LearnedResult } from './file.ts';
export { readFunctionConfig } from './function-config.ts';
export { initialConfig } from './initial.ts';
