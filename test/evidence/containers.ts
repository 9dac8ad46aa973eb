/** A container alone in its pod, with its commands. */
import type { Command } from '../../src/shell/command.ts';
import type { Container } from '../../src/kubernetes/object.ts';
import { readCommands } from '../../src/shell/read-commands.ts';
import type { Json, JsonObject } from '../../src/util/json.ts';
import { readWorkloads } from '../objects.ts';

export interface Given {
  readonly container: Container;
  readonly commands: readonly Command[];
}

/** A container with some fields, in a pod with `volumes`. */
export function given(fields: JsonObject, volumes: Json = []): Given {
  const spec = { containers: [{ name: 'a', image: 'a', ...fields }], volumes };
  const container = readWorkloads({ apiVersion: 'v1', kind: 'Pod', spec })[0]?.pods[0]?.containers[0];
  if (!container) throw new Error('no container');
  return { container, commands: readCommands(container.value) };
}
