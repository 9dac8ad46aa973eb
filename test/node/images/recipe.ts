/**
 * What an image is made of, written as a Dockerfile of few words: FROM (base, scratch or another recipe), RUN, COPY with a text that follows,
 * USER, ENV, WORKDIR, VOLUME, EXPOSE, ENTRYPOINT and CMD as JSON. Comments `# image:` give the names that manifests use, `# source:` what was
 * read of the official image for the copy, `# knowledge:` what was read only for the image knowledge, which the copy follows; `# unknown` marks
 * a stand-in for a private image.
 */
import { basename } from 'node:path';

export interface Recipe {
  readonly name: string;
  /** Its file, in the folder of the recipes. */
  readonly path: string;
  readonly references: readonly string[];
  readonly sources: readonly string[];
  readonly knowledge: readonly string[];
  readonly isUnknown: boolean;
  readonly from: string;
  /** What runs while the layer is made, for /bin/sh. */
  readonly script: string;
  /** The fields of the image's configuration that the recipe sets. */
  readonly config: ImageConfig;
}

export interface ImageConfig {
  readonly User?: string;
  readonly WorkingDir?: string;
  readonly Env?: readonly string[];
  readonly Entrypoint?: readonly string[];
  readonly Cmd?: readonly string[];
  readonly Volumes?: Readonly<Record<string, object>>;
  readonly ExposedPorts?: Readonly<Record<string, object>>;
}

interface Instruction {
  readonly word: string;
  readonly rest: string;
  /** The lines of a heredoc. */
  readonly text: string | undefined;
}

const HEREDOC = /<<'?(?<mark>\w+)'?/;

/** The instructions of a text, comments left out. */
function instructionsOf(text: string): Instruction[] {
  const lines = text.split('\n');
  const found: Instruction[] = [];
  for (let index = 0; index < lines.length; index++) {
    let line = lines[index] ?? '';
    if (line.trim() === '' || line.startsWith('#')) continue;
    while (line.endsWith('\\')) line = `${line.slice(0, -1)}${(lines[++index] ?? '').trim()}`;
    const [, word = '', rest = ''] = /^(\w+)\s+(.*)$/.exec(line) ?? [];
    const mark = HEREDOC.exec(rest)?.groups?.['mark'];
    if (mark === undefined) {
      found.push({ word, rest, text: undefined });
      continue;
    }
    const end = lines.indexOf(mark, index + 1);
    if (end === -1) throw new Error(`no line ${mark} ends the text of: ${line}`);
    found.push({ word, rest: rest.replace(HEREDOC, '').trim(), text: `${lines.slice(index + 1, end).join('\n')}\n` });
    index = end;
  }
  return found;
}

/** A COPY as shell: the text that follows becomes a file, with the mode of `--chmod`. */
function copyCommand({ rest, text }: Instruction): string {
  const [, mode = '644', path] = /^(?:--chmod=(\d+)\s+)?(\/\S+)$/.exec(rest) ?? [];
  if (path === undefined || text === undefined) throw new Error(`COPY needs a text and a path: ${rest}`);
  return `mkdir -p "$(dirname '${path}')"\ncat >'${path}' <<'END-OF-FILE'\n${text}END-OF-FILE\nchmod ${mode} '${path}'`;
}

function withInstruction(config: ImageConfig, { word, rest }: Instruction): ImageConfig {
  const list = (): string[] => JSON.parse(rest) as string[];
  const keys = (names: readonly string[]): Record<string, object> => Object.fromEntries(names.map((name) => [name, {}]));
  switch (word) {
    case 'USER':
      return { ...config, User: rest };
    case 'WORKDIR':
      return { ...config, WorkingDir: rest };
    case 'ENV':
      return { ...config, Env: [...(config.Env ?? []), rest] };
    case 'ENTRYPOINT':
      return { ...config, Entrypoint: list() };
    case 'CMD':
      return { ...config, Cmd: list() };
    case 'VOLUME':
      return { ...config, Volumes: { ...config.Volumes, ...keys(list()) } };
    case 'EXPOSE':
      return { ...config, ExposedPorts: { ...config.ExposedPorts, ...keys(rest.split(' ').map((port) => `${port}/tcp`)) } };
    default:
      throw new Error(`no instruction of a recipe: ${word}`);
  }
}

export function readRecipe(path: string, text: string): Recipe {
  const name = basename(path, '.dockerfile');
  const comments = (key: string): string[] =>
    [...text.matchAll(new RegExp(`^# ${key}: (.*)$`, 'gm'))].map(([, value = '']) => value);
  const scripts: string[] = [];
  let from: string | undefined;
  let config: ImageConfig = {};
  for (const instruction of instructionsOf(text)) {
    if (instruction.word === 'FROM') from = instruction.rest;
    else if (instruction.word === 'RUN') scripts.push(instruction.text ?? instruction.rest);
    else if (instruction.word === 'COPY') scripts.push(copyCommand(instruction));
    else config = withInstruction(config, instruction);
  }
  if (from === undefined) throw new Error(`${name}: no FROM`);
  return {
    name,
    path,
    references: comments('image'),
    sources: comments('source'),
    knowledge: comments('knowledge'),
    isUnknown: /^# unknown/m.test(text),
    from,
    script: scripts.map((script) => `${script.trimEnd()}\n`).join(''),
    config,
  };
}
