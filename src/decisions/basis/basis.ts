/** What a container runs, and what is known about that: by which source, from the best to none. */
import { declaredPorts } from '../../evidence/ports.ts';
import { needsTmp, runsFromVolume, runsOnlyUtilities } from '../../evidence/utilities.ts';
import {
  asLikeness,
  completeEntry,
  isSettled,
  type FindLikeness,
  type ImageKnowledge,
  type ImageUser,
} from '../../images/index.ts';
import { formatRepository, parseImageReference, type ImageReference } from '../../kubernetes/image-reference.ts';
import type { Container } from '../../kubernetes/object.ts';
import { mountPaths } from '../../kubernetes/volumes.ts';
import type { Command } from '../../shell/command.ts';
import { readCommands, type Scripts } from '../../shell/read-commands.ts';
import { itemsAt, stringAt } from '../../util/json.ts';

/**
 * Where the knowledge comes from: `command`: the command of the container alone decides, because the program of the image does
 * not run; `image`: an entry for the image, of the configuration or of kharden, or a Dockerfile of the inputs that builds it;
 * `likeness`: the image looks like a known one, or like one that a Dockerfile builds; `nothing`: what is decided is a guess.
 */
export type KnowledgeSource = 'command' | 'image' | 'likeness' | 'nothing';

export interface Basis {
  /** Undefined when the image is no reference that a runtime can pull. */
  readonly image: ImageReference | undefined;
  /** What is known about the program that the container runs. */
  readonly knowledge: ImageKnowledge | undefined;
  readonly source: KnowledgeSource;
  /** What the source is, as a clause: `its image looks like docker.io/library/postgres (it has a volume at …)`. */
  readonly because: string;
  /** False when the command runs other programs than the one that the image is made for. */
  readonly runsImageProgram: boolean;
  /** Every command that the manifest shows, those in scripts of the inputs among them. */
  readonly commands: readonly Command[];
}

/** What the basis is found with. */
export interface BasisContext {
  lookup(reference: ImageReference): ImageKnowledge | undefined;
  readonly likeness: FindLikeness;
  /** What a Dockerfile of the inputs says about an image of which only the last part of the name is known to be built. */
  alike(reference: ImageReference): ImageKnowledge | undefined;
}

/**
 * Finds what the decisions about a container rest on.
 *
 * @param scripts the files of the container that are in the inputs, by their paths
 */
export function basisOf(container: Container, { lookup, likeness, alike }: BasisContext, scripts: Scripts): Basis {
  const image = imageOf(stringAt(container.value, 'image') ?? '');
  const commands = readCommands(container.value, scripts);
  const known = image && lookup(image);
  const isOfficial = image?.registry === 'docker.io' && image.repository.startsWith('library/');
  if (!known?.isToolbox && !container.pod.isWindows && runsOnlyUtilities(commands, isOfficial))
    return {
      image,
      knowledge: toolboxLike(known, needsTmp(commands)),
      source: 'command',
      because: 'its command runs only common tools',
      runsImageProgram: false,
      commands,
    };
  const isOpen = known !== undefined && !isSettled(known);
  if (!isOpen && runsFromVolume(commands, mountPaths(container)))
    return {
      image,
      knowledge: known && toolboxLike(known, true),
      source: 'nothing',
      because: 'its program comes from a volume',
      runsImageProgram: false,
      commands,
    };
  const base = { image, runsImageProgram: true, commands };
  if (known) {
    const because = known.built?.because ?? `its image is known as ${known.id}`;
    return { ...base, knowledge: known, source: 'image', because };
  }
  const asked = image ?? placeholderName(stringAt(container.value, 'image') ?? '');
  const built = asked && alike(asked);
  if (built?.built) return { ...base, knowledge: built, source: 'likeness', because: built.built.because };
  const like = asked && likeness(asked, signsOf(container));
  const original = like && lookup({ ...asked, ...splitRepository(like.repository) });
  if (original)
    return {
      ...base,
      knowledge: asLikeness(original),
      source: 'likeness',
      because: `its image looks like ${like.repository} (${like.why})`,
    };
  return { ...base, knowledge: undefined, source: 'nothing', because: 'nothing is known about its image' };
}

/** `ko://` stands for an image that ko builds from a Go package (https://ko.build/features/k8s). */
const KO = 'ko://';

function imageOf(text: string): ImageReference | undefined {
  if (!text.startsWith(KO)) return parseImageReference(text);
  return { registry: 'ko.build', repository: text.slice(KO.length), tag: undefined, digest: undefined };
}

/** The part of a placeholder that names the program: `$(REGISTRY)/shop/nginx:$(TAG)` is some nginx. */
function placeholderName(text: string): ImageReference | undefined {
  const [, name, tag] = /(?:^|\/)([a-z0-9]+(?:[._-][a-z0-9]+)*)(?::([\w.-]+))?[^/]*$/.exec(text) ?? [];
  return name === undefined ? undefined : { registry: '', repository: name, tag, digest: undefined };
}

/** An image as a place to run tools in: its users count, its own program and what that needs do not. */
function toolboxLike(known: ImageKnowledge | undefined, hasTmp: boolean): ImageKnowledge {
  return completeEntry({
    match: known?.match ?? [],
    id: known?.id ?? 'tools',
    nonRoot: 'works',
    user: userOfTools(known),
    isToolbox: true,
    ...(!hasTmp && { writesTmp: false as const }),
    readOnlyRootFilesystem: 'works',
    source: known?.source ?? [],
    confidence: 'medium',
  });
}

/** Clients ask for the name of their user, which only a user of the image has. */
function userOfTools(known: ImageKnowledge | undefined): ImageUser {
  if (!known || known.confidence === 'low' || known.isToolbox) return { arbitraryUid: true };
  const { arbitraryUid: _any, ...user } = known.user;
  return user;
}

function signsOf(container: Container) {
  return {
    variables: itemsAt(container.value, 'env').flatMap((variable) => stringAt(variable, 'name') ?? []),
    ports: declaredPorts(container),
    folders: mountPaths(container),
  };
}

function splitRepository(full: string): Pick<ImageReference, 'registry' | 'repository'> {
  const slash = full.indexOf('/');
  return { registry: full.slice(0, slash), repository: full.slice(slash + 1) };
}

/** The image of a basis in words: its repository, or the text of the manifest. */
export function imageName({ image }: Basis, container: Container): string {
  return image ? formatRepository(image) : (stringAt(container.value, 'image') ?? '');
}
