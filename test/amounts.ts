/** What must hold of the amounts of every container, told without the code that chooses them. */
import { parseQuantity } from '../src/kubernetes/quantity.ts';
import type { Container, KubernetesObject } from '../src/kubernetes/object.ts';
import { itemsAt, path, stringAt, type Json } from '../src/util/json.ts';

const RESOURCES = ['cpu', 'memory', 'ephemeral-storage'];
/** The sizes that people give most: the heap of a JVM, of Node.js, of Redis, in one scale. */
const SIZES = /(?:-Xmx|--max[-_]old[-_]space[-_]size[= ]|--?maxmemory[= ])(\d+)([kmg]?)/gi;

/** The containers of both sides by their place. */
function pairsOf(before: readonly KubernetesObject[], after: readonly KubernetesObject[]): [Container, Container][] {
  return after.flatMap((object, index) =>
    object.pods.flatMap((pod, place) =>
      pod.containers.flatMap((container, number): [Container, Container][] => {
        const old = before[index]?.pods[place]?.containers[number];
        return old ? [[old, container]] : [];
      }),
    ),
  );
}

/** A memory limit that is written now, and that is below what the container's own arguments or variables ask for. */
export function limitBelowOptions(before: readonly KubernetesObject[], after: readonly KubernetesObject[]): string | undefined {
  for (const [old, container] of pairsOf(before, after)) {
    const limit = parseQuantity(limitOf(container, 'memory'));
    if (!limit || limitOf(old, 'memory') !== undefined) continue;
    const asked = Math.max(0, ...sizesIn(container));
    if (BigInt(asked) * 10n ** 9n >= limit.nanos) return `${container.name} asks for ${asked} bytes, and may use no more`;
  }
  return undefined;
}

function limitOf({ value }: Container, resource: string): Json | undefined {
  return path(value, 'resources', 'limits', resource) ?? undefined;
}

function sizesIn({ value }: Container): number[] {
  const variables = itemsAt(value, 'env').map((variable) => stringAt(variable, 'value') ?? '');
  const words = [...itemsAt(value, 'command'), ...itemsAt(value, 'args')].map(String);
  return [words.join(' '), ...variables].flatMap((text) =>
    Array.from(text.matchAll(SIZES), ([option, digits = '', unit = '']) => {
      const bare = /space/i.test(option) ? 'm' : '';
      return Number(digits) * 1024 ** ' kmg'.indexOf((unit || bare).toLowerCase() || ' ');
    }),
  );
}

/** A request that is less than what the API server would have set without kharden: the request, else the limit. */
export function loweredRequest(before: readonly KubernetesObject[], after: readonly KubernetesObject[]): string | undefined {
  for (const [old, container] of pairsOf(before, after)) {
    for (const resource of RESOURCES) {
      const [was, is] = [requestOf(old, resource), requestOf(container, resource)];
      if (was !== undefined && (is === undefined || is < was))
        return `${container.name} loses some of its request of ${resource}`;
    }
  }
  return undefined;
}

function requestOf(container: Container, resource: string): bigint | undefined {
  const given = path(container.value, 'resources', 'requests', resource) ?? limitOf(container, resource);
  return parseQuantity(given)?.nanos;
}
