import type { HardenOptions } from '../src/index.ts';

/** The options that a fixture asks for in its line `# options: {"settings": {…}, "only": […]}`. */
export function optionsIn(text: string): HardenOptions {
  const line = /^\uFEFF?# options: (\{.*\})\r?$/m.exec(text)?.[1];
  return line === undefined ? {} : (JSON.parse(line) as HardenOptions);
}
