/** What one transform yields for a workload, as lines to read. */
import { decide, type Surroundings } from '../../src/decisions/container/decide.ts';
import { DEFAULT_SETTINGS } from '../../src/decisions/basis/settings.ts';
import { isWithinVersion } from '../../src/engine/outcomes.ts';
import { openFile } from '../../src/engine/read.ts';
import { connectionsOf as connectionsOfImage, createImageLookup, createLikeness, knownEntries } from '../../src/images/index.ts';
import type { HardenOptions } from '../../src/index.ts';
import { kindsOf } from '../../src/kubernetes/kinds.ts';
import { parseImageReference } from '../../src/kubernetes/image-reference.ts';
import type { Container, KubernetesObject } from '../../src/kubernetes/object.ts';
import { defaultsOf } from '../../src/transform/options.ts';
import { DEFAULT_PROFILE } from '../../src/transform/profiles.ts';
import type { Change, Context, NamespaceLevel, Op, Skip, Targets, Transform } from '../../src/transform/transform.ts';
import { matchUsage } from '../../src/usage/match.ts';
import { merge, stringAt, type JsonObject } from '../../src/util/json.ts';
import { collectFacts, type Facts } from '../../src/workspace/facts.ts';
import { reachOf } from '../../src/workspace/reach.ts';
import { readWorkspace } from '../../src/workspace/workspace.ts';
import { transforms } from '../../transforms/index.ts';

export interface Given extends Pick<HardenOptions, 'settings' | 'images' | 'options' | 'skip' | 'usage'> {
  /** Names of containers that the author opted out. */
  readonly without?: readonly string[];
  /** The name of another workload that the author opted out. */
  readonly optedOut?: string;
  /** What the workloads of a Namespace meet. */
  readonly level?: Partial<NamespaceLevel>;
  /** Where the workload's new objects can go. */
  readonly placement?: KubernetesObject['placement']['kind'];
}

/** Runs a transform on the first workload of a stream; the other documents are facts. */
export function outcomesOf(id: string, text: string, given: Given): string[] {
  const transform = transforms.find(({ meta }) => meta.id === id);
  if (!transform) throw new Error(`no transform ${id}`);
  const run = { kinds: kindsOf([], [], transform.meta.facts), lookup: createImageLookup([]) };
  const file = openFile({ path: 'app.yaml', content: text }, run);
  const kinds = transform.meta.kinds?.map(({ kind }) => kind);
  const workload = file.objects().find(({ kind, pods }) => (kinds ? kinds.includes(kind) : pods.length > 0));
  if (!workload) throw new Error('nothing that the transform targets');
  if (given.placement === 'none') Object.assign(workload, { placement: { kind: 'none' } });
  const workspace = readWorkspace([file]);
  const facts = collectFacts([file], run.kinds, workspace.membershipOf)(reachOf('app.yaml', workspace));
  const context = contextFor(transform, given, facts, workload);
  return targetsOf(transform, workload).flatMap((target) =>
    [...transform.run(target, context)].flatMap((result) => linesOf(transform, result, isOptedOut(result, target, given))),
  );
}

function isOptedOut({ container }: Change | Skip, target: Targets[keyof Targets], { without }: Given): boolean {
  const name = container?.name ?? ('role' in target ? target.name : undefined);
  return name !== undefined && without?.includes(name) === true;
}

function targetsOf({ meta }: Transform, workload: KubernetesObject): readonly Targets[keyof Targets][] {
  if (meta.target === 'object') return [workload];
  return meta.target === 'pod' ? workload.pods : workload.pods.flatMap(({ containers }) => containers);
}

function contextFor(transform: Transform, given: Given, facts: Facts, workload: KubernetesObject): Context<JsonObject> {
  const settings = { ...DEFAULT_SETTINGS, ...given.settings };
  const running = transforms.filter(
    (one) => (one === transform || one.meta.profiles.includes(DEFAULT_PROFILE)) && !given.skip?.includes(one.meta.id),
  );
  const has = ({ meta }: Transform, field: string): boolean => isWithinVersion(meta, field, settings.kubeVersion);
  const applies = ({ name }: Container): boolean => !given.without?.includes(name);
  const writes = (field: string, container?: Container): boolean =>
    running.some((one) => has(one, field)) && (!container || applies(container));
  const surroundings: Surroundings = {
    settings,
    facts,
    writes,
    writable: () => [],
    lookup: createImageLookup(given.images ?? []),
    likeness: createLikeness(knownEntries),
    alike: () => undefined,
  };
  const decisions = decide(
    workload.pods.flatMap(({ containers }) => containers),
    surroundings,
  );
  const options = merge(defaultsOf(transform.meta.options), given.options?.[transform.meta.id]);
  const supports = (field: string): boolean => has(transform, field);
  const levelOf = (): NamespaceLevel => ({
    level: undefined,
    workloads: 0,
    lowest: undefined,
    uncertain: undefined,
    ...given.level,
  });
  const connectionsOf: Context<JsonObject>['connectionsOf'] = ({ value }) => {
    const image = parseImageReference(stringAt(value, 'image') ?? '');
    const knowledge = image && surroundings.lookup(image);
    return knowledge && connectionsOfImage(knowledge, image.repository);
  };
  const appliesTo = ({ name }: KubernetesObject): boolean => name !== given.optedOut;
  const { usageOf } = matchUsage(given.usage ?? [], () => [workload]);
  return { options, settings, facts, applies, supports, writes, decide: decisions, levelOf, connectionsOf, appliesTo, usageOf };
}

/** `message {data} (safety) [container] @place`, then the operations and new objects, indented. */
function linesOf({ meta }: Transform, result: Change | Skip, isLeftOut: boolean): string[] {
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
    ...(isLeftOut ? ['(opted out)'] : []),
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
