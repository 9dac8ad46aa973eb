/** What the program can do: everything that it loads only when it is asked for it. */
export { completionFor } from './completion.ts';
export { hardenFiles } from './harden-files.ts';
export { writeInitialConfig } from './init.ts';
export { unknownTransform } from './options.ts';
export { createOutput } from './output.ts';
export { hardenStream } from './harden-stream.ts';
