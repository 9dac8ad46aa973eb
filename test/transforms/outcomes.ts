/** What one transform yields for a workload, as lines to read. */
import { decideContainer, type ContainerDecision } from '../../src/decisions/container.ts';
import { readInput } from '../../src/engine/read.ts';
import type { HardenOptions } from '../../src/index.ts';
import { reachOf, readWorkspace } from '../../src/workspace/workspace.ts';
import { createImageLookup } from '../../src/images/index.ts';
import { merge, type JsonObject } from '../../src/util/json.ts';
import { collectFacts } from '../../src/workspace/facts.ts';
import { isWorkload, objectsOf, readWorkload, type Container, type Workload } from '../../src/kubernetes/object.ts';
import { DEFAULT_SETTINGS } from '../../src/decisions/settings.ts';
import type { Change, Context, Op, Skip, Targets, Transform } from '../../src/transform/transform.ts';
import { transforms } from '../../transforms/index.ts';

export interface Given extends Pick<HardenOptions, 'settings' | 'images' | 'options' | 'skip'> {
  /** Names of containers that the author opted out. */
  readonly without?: readonly string[];
  readonly room?: Workload['room'];
}

/** Runs a transform on the first workload of a stream; the other documents are facts. */
export function outcomesOf(id: string, text: string, given: Given): string[] {
  const transform = transforms.find(({ meta }) => meta.id === id);
  if (!transform) throw new Error(`no transform ${id}`);
  const file = readInput({ path: 'app.yaml', content: text });
  const objects = file.documents.flatMap(({ parsed }) =>
    [...objectsOf(parsed.value)].map(({ object }) => ({ object, file: 'app.yaml', line: 1 })),
  );
  const workload = objects
    .map(({ object }) => readWorkload(object, '', given.room ?? 'document', 'app.yaml', () => false))
    .find((read): read is Workload => read !== undefined && isWorkload(read));
  if (!workload) throw new Error('no workload');
  const facts = collectFacts([{ file: 'app.yaml', text, objects: () => objects }])(reachOf('app.yaml', readWorkspace([file])));
  const applies = ({ name }: Container): boolean => !given.without?.includes(name);
  const context: Context<unknown> = { ...decisionsOf(given, applies), options: optionsOf(transform, given), facts, applies };
  const targets = { container: workload.pod.containers, pod: [workload.pod], workload: [workload] }[
    transform.meta.target
  ] as readonly Targets[keyof Targets][];
  return targets.flatMap((target) => [...transform.run(target, context)].flatMap((result) => linesOf(transform, result)));
}

function optionsOf({ meta }: Transform, given: Given): JsonObject {
  return merge(meta.options as JsonObject, given.options?.[meta.id]);
}

function decisionsOf(given: Given, applies: (container: Container) => boolean): Pick<Context<unknown>, 'settings' | 'decide'> {
  const settings = { ...DEFAULT_SETTINGS, ...given.settings };
  const decided = new Map<Container, ContainerDecision>();
  const decide = (container: Container): ContainerDecision => {
    const decision =
      decided.get(container) ??
      decideContainer(container, {
        settings,
        lookup: createImageLookup(given.images ?? []),
        options: (id) => transforms.filter(({ meta }) => meta.id === id).map((one) => optionsOf(one, given))[0],
        writable: () => [],
        isOn: (id, one) => applies(one) && !given.skip?.includes(id),
      });
    decided.set(container, decision);
    return decision;
  };
  return { settings, decide };
}

/** `message {data} (safety) [container] @place`, then the operations and new objects, indented. */
function linesOf({ meta }: Transform, result: Change | Skip): string[] {
  if (!Object.hasOwn(meta.messages, result.message)) throw new Error(`no message ${result.message}`);
  const placeholders = [...(meta.messages[result.message] ?? '').matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  const missing = placeholders.filter((name) => result.data?.[name] === undefined);
  if (missing.length > 0) throw new Error(`${result.message} lacks ${missing.join(', ')}`);
  const head = [
    result.message,
    ...(result.data ? [JSON.stringify(result.data)] : []),
    ...(result.ops && result.safety ? [`(${result.safety})`] : []),
    ...(result.container ? [`[${result.container.name}]`] : []),
    ...(!result.ops && result.at !== undefined ? [`@${result.at}`] : []),
  ];
  const objects = result.ops ? (result.newObjects ?? []) : [];
  return [head.join(' '), ...(result.ops ?? []).map(opLine), ...objects.map((object) => `  new ${JSON.stringify(object)}`)];
}

function opLine(op: Op): string {
  switch (op.op) {
    case 'add':
      return `  add ${op.path} ${JSON.stringify(op.value)}`;
    case 'replace':
      return `  replace ${op.path} ${JSON.stringify(op.was)} ${JSON.stringify(op.value)}`;
    case 'remove':
      return `  remove ${op.path} ${JSON.stringify(op.was)}`;
    default:
      throw new Error(`no operation ${JSON.stringify(op)}`);
  }
}
