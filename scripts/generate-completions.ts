/** Writes the shell completions and the man page; a test tells when they are out of date. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { completionFor } from '../src/cli/completion/index.ts';
import { SHELLS } from '../src/cli/completion/shells.ts';
import { createProgram } from '../src/cli/arguments/program.ts';
import { FORMATS } from '../src/report/formats/index.ts';
import { VERSION } from '../src/util/version.ts';
import { manPage } from './man-page.ts';

const NAMES = { bash: 'kharden.bash', zsh: '_kharden', fish: 'kharden.fish' };

/** The generated files by their path in the checkout. */
export function generatedFiles(): Record<string, string> {
  const program = createProgram(FORMATS, () => {});
  return {
    ...Object.fromEntries(SHELLS.map((shell) => [`completions/${NAMES[shell]}`, completionFor(shell, program)])),
    'man/kharden.1': manPage(program, FORMATS, VERSION),
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [path, text] of Object.entries(generatedFiles())) {
    const file = fileURLToPath(new URL(`../${path}`, import.meta.url));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}
