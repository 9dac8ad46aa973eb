import type { Container } from '../kubernetes/object.ts';
import { readCommands } from '../shell/read-commands.ts';
import { memo } from '../util/memo.ts';

/** Every command that a container runs, as far as its manifest shows them; read once. */
export const commandsOf = memo((container: Container) => readCommands(container.value));
