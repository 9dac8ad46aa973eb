/** Carries out the instructions of a stage (docs.docker.com/reference/dockerfile), as far as they tell what the image is like. */
import { normalPath } from '../../kubernetes/volumes.ts';
import { readCommands } from '../../shell/read-commands.ts';
import { expandShell } from '../../shell/variables.ts';
import { execForm, wordsIn, type Instruction } from '../text/instructions.ts';
import { expand } from '../text/variables.ts';
import { carryOut, makeFolder, own, setReaders } from './run.ts';
import { isEmptyFolder, takeOver } from './take-over.ts';
import type { Place, Stage } from './stage.ts';

/** What an instruction is carried out with. */
export interface Surroundings {
  /** The path of the Dockerfile. */
  readonly file: string;
  readonly context: string;
  /** The arguments that the stage has declared so far, with their values. */
  readonly args: Map<string, string | undefined>;
  /** What the build is called with: for ARG without and with a default. */
  readonly given: ReadonlyMap<string, string>;
  /** The arguments before the first FROM. */
  readonly global: ReadonlyMap<string, string | undefined>;
  /** A stage by its name or number; undefined for an image or a context. */
  stageOf(name: string): Stage | undefined;
}

/** Programs that start a server as another user, so that the image itself starts as root. */
const SWITCHER = /(?<![\w-])(?:gosu|su-exec|s6-overlay|supervisord?|runit|setuidgid)(?![\w])/;

const UNKNOWN_FOLDER = '$WORKDIR';

type Handler = (instruction: Instruction, stage: Stage, around: Surroundings, place: Place) => void;

const HANDLERS: Readonly<Record<string, Handler>> = {
  ARG: declare,
  ENV: setVariables,
  USER: (instruction, stage, around, place) => {
    const value = expand(instruction.text, valuesOf(stage, around));
    stage.user = { ...place, words: `USER ${value ?? instruction.text}`, value };
  },
  WORKDIR: enterFolder,
  EXPOSE: (instruction, stage, around, place) => {
    for (const port of expandedWords(instruction, stage, around)) {
      const [first = '', last = first] = port.replace(/\/.*$/, '').split('-');
      if (/^\d+$/.test(first) && /^\d+$/.test(last))
        stage.ports.push({ ...place, words: `EXPOSE ${port}`, value: Number(first) });
    }
  },
  VOLUME: (instruction, stage, around, place) => {
    for (const path of expandedWords(instruction, stage, around))
      if (path.startsWith('/')) stage.volumes.push({ ...place, words: `VOLUME ${path}`, value: normalPath(path) });
  },
  SHELL: (instruction, stage) => {
    stage.shell = execForm(instruction.text) ?? stage.shell;
  },
  ENTRYPOINT: (instruction, stage, around, place) => {
    const value = commandLine(instruction, stage, around);
    stage.entrypoint = { ...place, words: `ENTRYPOINT ${instruction.text}`, value };
    if (!stage.hasOwnCommand) stage.command = undefined;
  },
  CMD: (instruction, stage, around, place) => {
    stage.command = { ...place, words: `CMD ${instruction.text}`, value: commandLine(instruction, stage, around) };
    stage.hasOwnCommand = true;
  },
  RUN: run,
  COPY: copy,
  ADD: copy,
};

/** Carries out one instruction; one that tells nothing about the image is passed over. */
export function instruct(instruction: Instruction, stage: Stage, around: Surroundings): void {
  const place: Place = {
    file: around.file,
    line: instruction.line,
    words: `${instruction.keyword} ${instruction.text}`.slice(0, 60),
  };
  if (['RUN', 'COPY', 'ADD'].includes(instruction.keyword)) noteSwitcher(instruction, stage, place);
  HANDLERS[instruction.keyword]?.(instruction, stage, around, place);
}

/** Arguments count where no variable of the environment has their name. */
function valuesOf(stage: Stage, { args }: Surroundings): (name: string) => string | undefined {
  return (name) => stage.env.get(name) ?? args.get(name);
}

/** ARG with a default, or one that the build or the part before the first FROM gives. */
function declare(instruction: Instruction, stage: Stage, around: Surroundings): void {
  for (const word of wordsIn(instruction.text)) {
    const [name = '', ...rest] = word.split('=');
    const written = rest.length > 0 ? expand(rest.join('='), valuesOf(stage, around)) : around.global.get(name);
    around.args.set(name, around.given.get(name) ?? written);
  }
}

/** WORKDIR makes its folder as root, unless it is there; a path that is not written out leaves it unknown. */
function enterFolder(instruction: Instruction, stage: Stage, around: Surroundings): void {
  const path = expand(instruction.text, valuesOf(stage, around));
  const folder = path === undefined ? UNKNOWN_FOLDER : path.startsWith('/') ? path : `${stage.workdir}/${path}`;
  stage.workdir = folder.startsWith('/') ? normalPath(folder) : UNKNOWN_FOLDER;
  const isThere = stage.owners.some(({ value }) => value.path === stage.workdir);
  if (folder.startsWith('/') && !isThere && !stage.made.has(stage.workdir)) stage.made.set(stage.workdir, '0');
}

/** `ENV a=b c=d`, and the old form `ENV a b`. */
function setVariables(instruction: Instruction, stage: Stage, around: Surroundings): void {
  const words = wordsIn(instruction.text);
  const isOld = !words[0]?.includes('=');
  const pairs = isOld ? [[words[0] ?? '', instruction.text.slice(words[0]?.length).trim()]] : words.map(splitPair);
  const valueOf = valuesOf(stage, around);
  const values = pairs.map(([name = '', text = '']) => [name, expand(text, valueOf)] as const);
  for (const [name, value] of values) {
    if (value === undefined) stage.env.delete(name);
    else stage.env.set(name, value);
  }
}

function splitPair(word: string): [string, string] {
  const equals = word.indexOf('=');
  return equals === -1 ? [word, ''] : [word.slice(0, equals), word.slice(equals + 1)];
}

function expandedWords(instruction: Instruction, stage: Stage, around: Surroundings): string[] {
  const words = execForm(instruction.text) ?? wordsIn(instruction.text);
  return words.flatMap((word) => expand(word, valuesOf(stage, around)) ?? []);
}

/** The shell form is a text that the shell is given. */
function commandLine({ text }: Instruction, stage: Stage, around: Surroundings): readonly string[] {
  const words = execForm(text);
  if (words) return words;
  return text === '' ? [] : [...stage.shell, expandShell(text, valuesOf(stage, around))];
}

function run(instruction: Instruction, stage: Stage, around: Surroundings, place: Place): void {
  const { text, documents } = instruction;
  const words = execForm(text);
  const [document] = documents;
  const script = document && /^<<-?["']?[\w.]+["']?$/.test(text) ? document.text : withDocuments(instruction);
  const command = words ?? [...stage.shell, expandShell(script, valuesOf(stage, around))];
  const isPosix = /(?:^|\/)(?:ba|da|a|k|z)?sh$/.test(command[0] ?? '') || words !== undefined;
  if (isPosix) carryOut(readCommands({ command: [...command], workingDir: stage.workdir }), stage, place);
}

function withDocuments({ text, documents }: Instruction): string {
  return [text, ...documents.map((one) => `${one.text}${one.name}`)].join('\n');
}

function noteSwitcher({ text, documents }: Instruction, stage: Stage, place: Place): void {
  const [found] = SWITCHER.exec([text, ...documents.map((one) => one.text)].join('\n')) ?? [];
  if (found !== undefined) stage.switcher ??= { ...place, value: found };
}

function copy(instruction: Instruction, stage: Stage, around: Surroundings, place: Place): void {
  const words = expandedWords(instruction, stage, around);
  const written = words.at(-1);
  const sources = words.slice(0, -1);
  if (written === undefined || sources.length === 0) return;
  const isAbsolute = written.startsWith('/');
  if (!isAbsolute && !stage.workdir.startsWith('/')) return;
  const target = normalPath(isAbsolute ? written : `${stage.workdir}/${written}`);
  const from = instruction.flags.get('from');
  const [document] = instruction.documents;
  const isFolder = /(?:^|\/)\.{0,2}$/.test(written) || sources.length > 1 || target === stage.workdir || stage.made.has(target);
  const other = from === undefined ? undefined : around.stageOf(from);
  const isOutside = from !== undefined && !other;
  if (!other || !sources.every((source) => isEmptyFolder(normalPath(source), other))) stage.filled.add(target);
  else makeFolder(target, stage);
  if (other) for (const source of sources) takeOver(normalPath(source), target, isFolder, other, stage);
  if (!isOutside)
    stage.copies.push({
      sources,
      target,
      isFolder,
      from: other,
      text: sources[0]?.startsWith('<<') ? document?.text : undefined,
      context: around.context,
    });
  const owner = expand(instruction.flags.get('chown') ?? '', valuesOf(stage, around));
  if (owner !== undefined && owner !== '') {
    makeFolder(target, stage);
    own(target, owner, stage, { ...place, words: `${instruction.keyword} --chown=${owner}` });
  }
  const mode = instruction.flags.get('chmod');
  if (mode !== undefined && !isFolder) setReaders(target, mode, stage, place);
  if (mode !== undefined && /[2367]$/.test(mode)) stage.opened.push({ ...place, value: { path: target, for: 'all' } });
}
