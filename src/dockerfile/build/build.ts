/** From a Dockerfile to the stage that makes its image, through the stages and images that it is built on. */
import type { ImageKnowledge } from '../../images/index.ts';
import { parseImageReference, type ImageReference } from '../../kubernetes/image-reference.ts';
import { readInstructions, wordsIn, type Instruction } from '../text/instructions.ts';
import { expand } from '../text/variables.ts';
import { baseFacts, isTold, originalName } from './bases.ts';
import { instruct, type Surroundings } from './instruct.ts';
import { newStage, stageFrom, type Place, type Stage } from './stage.ts';

/** A build of an image. */
export interface BuildOrder {
  readonly file: string;
  readonly text: string;
  readonly context: string;
  /** The stage; undefined for the last one. */
  readonly target: string | undefined;
  readonly args: ReadonlyMap<string, string>;
}

/** What is known of the images that others are built on. */
export interface Bases {
  /** The one name of a repository. */
  canonical(reference: ImageReference): string;
  /** Of the configuration, of what was learned, or of kharden. */
  lookup(reference: ImageReference): ImageKnowledge | undefined;
  /** The image of another Dockerfile of the repository. */
  built(reference: ImageReference): Stage | undefined;
}

interface Part {
  readonly from: Instruction;
  readonly instructions: readonly Instruction[];
  readonly name: string | undefined;
}

/** More than a Dockerfile that people write has: nothing is known of what one with more builds. */
const MOST_INSTRUCTIONS = 1000;

/** The stage that makes the image; undefined where there is none, such as in an empty file, or under a wrong target, or too much. */
export function buildImage(order: BuildOrder, bases: Bases): Stage | undefined {
  const instructions = readInstructions(order.text);
  if (instructions.length > MOST_INSTRUCTIONS) return undefined;
  const global = globalArguments(instructions, order.args);
  const parts = partsOf(instructions);
  const wanted = order.target === undefined ? parts.length - 1 : indexOf(order.target, parts);
  const stages = new Map<number, Stage>();
  const stageAt = (index: number): Stage | undefined => {
    const part = parts[index];
    if (!part || index < 0) return undefined;
    const stage = stages.get(index) ?? finish(part, index);
    stages.set(index, stage);
    return stage;
  };
  const finish = (part: Part, index: number): Stage => {
    const earlier = parts.slice(0, index);
    const around: Surroundings = {
      ...{ file: order.file, context: order.context, args: new Map(), given: order.args, global },
      stageOf: (name) => stageAt(indexOf(name, earlier)),
    };
    const stage = beginning(part, around, bases);
    for (const instruction of part.instructions) instruct(instruction, stage, around);
    return stage;
  };
  return stageAt(wanted);
}

/** ARG before the first FROM: for the names of bases, and for stages that declare them again. */
function globalArguments(
  instructions: readonly Instruction[],
  given: ReadonlyMap<string, string>,
): Map<string, string | undefined> {
  const found = new Map<string, string | undefined>();
  for (const { keyword, text } of instructions) {
    if (keyword === 'FROM') break;
    if (keyword !== 'ARG') continue;
    for (const word of wordsIn(text)) {
      const [name = '', ...rest] = word.split('=');
      found.set(name, given.get(name) ?? (rest.length > 0 ? expand(rest.join('='), (other) => found.get(other)) : undefined));
    }
  }
  return found;
}

function partsOf(instructions: readonly Instruction[]): Part[] {
  const parts: { from: Instruction; instructions: Instruction[]; name: string | undefined }[] = [];
  for (const instruction of instructions) {
    if (instruction.keyword === 'FROM') {
      const [, as, name] = wordsIn(instruction.text);
      parts.push({ from: instruction, instructions: [], name: as?.toLowerCase() === 'as' ? name?.toLowerCase() : undefined });
    } else parts.at(-1)?.instructions.push(instruction);
  }
  return parts;
}

/** By name, or by number for COPY. */
function indexOf(name: string, parts: readonly Part[]): number {
  const byName = parts.findLastIndex((part) => part.name === name.toLowerCase());
  return byName === -1 && /^\d+$/.test(name) && Number(name) < parts.length ? Number(name) : byName;
}

function beginning({ from }: Part, around: Surroundings, bases: Bases): Stage {
  const [word = ''] = wordsIn(from.text);
  const place: Place = { file: around.file, line: from.line, words: `FROM ${word}` };
  const name = expand(word, (one) => around.global.get(one));
  const repository = name ?? withoutTag(word, around);
  if (repository === undefined) return newStage({ kind: 'unknown', name: word }, place);
  if (repository === 'scratch') return newStage({ kind: 'empty' }, place);
  const stage = around.stageOf(repository);
  if (stage) return stageFrom(stage);
  const reference = parseImageReference(repository);
  if (!reference) return newStage({ kind: 'unknown', name: repository }, place);
  const built = bases.built(reference);
  return built ? stageFrom(built) : fromImage(reference, name !== undefined, place, bases);
}

/** `FROM node:${VERSION}` is some node, whatever the version. */
function withoutTag(word: string, { global }: Surroundings): string | undefined {
  return expand(word.replace(/[:@][^/]*$/, ''), (name) => global.get(name));
}

const SOME_DIGEST = `sha256:${'0'.repeat(64)}`;

/** Where the tag is not known, an entry counts only when all variants of the image are alike, as for a digest without a tag. */
function fromImage(reference: ImageReference, isTagKnown: boolean, place: Place, bases: Bases): Stage {
  const name = originalName(bases.canonical(reference));
  const slash = name.indexOf('/');
  const whole = { ...reference, registry: name.slice(0, slash), repository: name.slice(slash + 1) };
  const asked = isTagKnown ? whole : { ...whole, tag: undefined, digest: SOME_DIGEST };
  const knowledge = isTold(name) ? bases.lookup(asked) : undefined;
  if (!knowledge || knowledge.confidence === 'low' || knowledge.os === 'windows')
    return newStage({ kind: 'unknown', name }, place);
  const { users, env, numbering, isRuntime } = baseFacts(name, asked);
  const stage = newStage({ kind: 'known', name, knowledge, isRuntime }, place);
  stage.numbering = isTagKnown ? numbering : undefined;
  for (const [user, account] of users) stage.users.set(user, account);
  for (const [variable, value] of env) stage.env.set(variable, value);
  const own = knowledge.user;
  const names = [own.default ?? '', name.slice(name.lastIndexOf('/') + 1)].map((one) => one.replace(/:.*$/, ''));
  for (const one of names)
    if (/^[a-z_]/.test(one) && one !== 'root' && own.uid !== undefined && own.uid !== 10001 && !stage.users.has(one))
      stage.users.set(one, { uid: own.uid, gid: own.gid, home: undefined });
  return stage;
}
