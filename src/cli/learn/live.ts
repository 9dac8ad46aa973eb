/** The images that a cluster runs, as `kubectl get pods -o json` prints them: nothing here asks a cluster. */
import { readFileSync } from 'node:fs';
import type { Config } from '../../config/index.ts';
import { kindsOf } from '../../kubernetes/kinds.ts';
import { parseImageReference } from '../../kubernetes/image-reference.ts';
import { objectsIn } from '../../kubernetes/read-object.ts';
import type { Problem } from '../../report/result.ts';
import { itemsAt, stringAt, type JsonObject } from '../../util/json.ts';
import { isParsed, parseYaml, splitStream } from '../../yaml/index.ts';
import { unusablePath } from '../files/problem.ts';
import { reasonOf } from '../files/reason.ts';
import { unknownTargets, type Target, type Targets } from './targets.ts';

/** The manifest that a node pulled (core/v1, `ContainerStatus.imageID`); a digest without a repository is no manifest. */
const PULLED = /@(sha256:[a-f0-9]{64})$/;
const CONTAINERS = ['initContainers', 'containers'] as const;
const STATUSES = ['initContainerStatuses', 'containerStatuses'] as const;
const STDIN = 0;

/** The images of pods, each by the digest that its node pulled; `-` is stdin. Images that are known are left out. */
export function liveTargets(paths: readonly string[], config: Config): Targets {
  const problems: Problem[] = [];
  const found = paths.flatMap((path) => {
    try {
      const targets = podsIn(readFileSync(path === '-' ? STDIN : path, 'utf8')).flatMap(imagesOf);
      if (targets.length === 0) problems.push(unusablePath(path, 'no pods: use what kubectl get pods -o json prints'));
      return targets;
    } catch (error) {
      problems.push(unusablePath(path, reasonOf(error)));
      return [];
    }
  });
  return { ...unknownTargets([...new Map(found.map((target) => [target.name, target])).values()], config), problems };
}

function podsIn(text: string): JsonObject[] {
  return splitStream(text).flatMap(({ start, end }) => {
    const parsed = parseYaml(text.slice(start, end));
    const objects = isParsed(parsed) ? [...objectsIn(parsed.value, kindsOf())] : [];
    return objects.map(({ value }) => value).filter((value) => stringAt(value, 'kind') === 'Pod');
  });
}

function imagesOf(pod: JsonObject): Target[] {
  const statuses = STATUSES.flatMap((key) => itemsAt(pod, 'status', key));
  return CONTAINERS.flatMap((key) => itemsAt(pod, 'spec', key)).flatMap((container) => {
    const name = stringAt(container, 'image') ?? '';
    const reference = parseImageReference(name);
    const status = statuses.find((one) => stringAt(one, 'name') === stringAt(container, 'name'));
    const [, pulled] = PULLED.exec(stringAt(status, 'imageID') ?? '') ?? [];
    if (!reference) return [];
    return [
      { name, place: { kind: 'docker', reference: { ...reference, digest: pulled ?? reference.digest } }, reference: undefined },
    ];
  });
}
