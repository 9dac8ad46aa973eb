/** The output formats. */
import { diffFormat } from '../diff.ts';
import type { Format } from '../format.ts';
import { githubFormat } from './github.ts';

/** Output formats to choose from; the first one is the default. */
export type Formats = readonly [Format, ...Format[]];

export const FORMATS: Formats = [diffFormat, githubFormat];
