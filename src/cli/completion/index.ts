/** Shell completion, written from the commander program. */
import type { Command } from 'commander';
import { transforms } from '../../../transforms/index.ts';
import { bash } from './bash.ts';
import { fish } from './fish.ts';
import type { Shell } from './shells.ts';
import { commandsOf, flagsOf } from './words.ts';
import { zsh } from './zsh.ts';

const SCRIPTS = { bash, zsh, fish };

/** The completion script of a shell. */
export function completionFor(shell: Shell, program: Command): string {
  const ids = transforms.map(({ meta }) => meta.id);
  return SCRIPTS[shell](flagsOf(program, ids), commandsOf(program, ids));
}
