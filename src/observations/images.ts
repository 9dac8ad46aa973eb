/** Images that nothing is known about, and texts that are no image, or not yet. */
import type { ContainerDecision } from '../decisions/container/container.ts';
import { formatRepository, type ImageReference } from '../kubernetes/image-reference.ts';
import type { Container, Pod } from '../kubernetes/object.ts';
import { stringAt } from '../util/json.ts';
import { observation, type Observation, type Place } from './observation.ts';

/** `${IMAGE}`, `$(IMAGE)`, `{{ image }}`, `$IMAGE`, `<image>`, `@IMAGE@`: a tool puts the image there before the manifest is applied. */
const PLACEHOLDER = /\$\{|\$\(|\{\{|\$[A-Za-z_]|<[\w .-]+>|@[\w.-]+@|^(?:IMAGE|REPLACE|CHANGE_?ME)/;

/** The images of a pod that are unknown, that change under their name, that are decided later, or that cannot be pulled. */
export function observeImages(pod: Pod, decide: (container: Container) => ContainerDecision): Observation[] {
  const seen: Observation[] = [];
  for (const container of pod.containers) {
    const decision = decide(container);
    const { image } = decision;
    const isUnknown = !decision.isKnown && !decision.isLeftAlone;
    if (image && !isUnknown && !isLatest(image)) continue;
    const place = { at: `${container.pointer}/image`, container: container.name };
    if (!image) {
      seen.push(observeText(stringAt(container.value, 'image') ?? '', place));
      continue;
    }
    const name = formatRepository(image);
    if (isUnknown) seen.push({ ...observation('unknown-image', whatIsKnown(decision, name), place), oncePerRun: name });
    if (isLatest(image)) seen.push({ ...observation('latest-image', whatRuns(name), place), oncePerRun: `latest ${name}` });
  }
  return seen;
}

/** True for an image without a digest whose tag is `latest` or missing, which means the same. ko puts in the digest of what it builds. */
function isLatest({ registry, tag = 'latest', digest }: ImageReference): boolean {
  return tag === 'latest' && digest === undefined && registry !== 'ko.build';
}

function whatRuns(name: string): string {
  return `the image ${name} has no version, so what runs is whatever is latest then`;
}

function observeText(text: string, place: Place): Observation {
  const quoted = JSON.stringify(text);
  return PLACEHOLDER.test(text)
    ? observation(
        'build-time-image',
        `the image ${quoted} is decided when the manifest is built, so nothing is known about it`,
        place,
      )
    : observation('invalid-image', `no container runtime can pull the image ${quoted}`, place);
}

function whatIsKnown({ source, because, runsImageProgram }: ContainerDecision, name: string): string {
  if (!runsImageProgram) return `it is not known what runs in the image ${name}, because ${because}`;
  if (source === 'image') return `it is not known whether the image ${name} works without root`;
  if (source === 'likeness') return `the image ${name} is not known, and ${because}`;
  return `nothing is known about the image ${name}, which kharden learn has not read and no Dockerfile here builds`;
}
