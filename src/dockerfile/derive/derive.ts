/** From the stage that makes an image to what is known about the image. */
import { listeningPorts } from '../../evidence/ports.ts';
import type { ImageEntry, ImageKnowledge, Need } from '../../images/index.ts';
import { isWithin } from '../../kubernetes/volumes.ts';
import type { TextOf } from '../build/files.ts';
import type { Place, Stage } from '../build/stage.ts';
import { folderFindings } from './folders.ts';
import { readProgram, type Program } from './program.ts';
import { userFindings } from './user.ts';

export interface Derived {
  readonly entry: Omit<ImageEntry, 'match'>;
  /** What it rests on, the most telling first. */
  readonly places: readonly Place[];
  /** Why nobody knows whether it works without root; undefined where that is known, or for the container to show. */
  readonly open: string | undefined;
}

/** What a base that goes on running is known for besides users and folders. */
const OF_PROGRAM = ['env', 'args', 'usesApi', 'connects', 'resources', 'fsGroup', 'isToolbox', 'capabilitiesIfRoot'] as const;

/** What the image of a stage is known for. */
export function derive(stage: Stage, textOf: TextOf): Derived {
  const program = readProgram(stage, textOf);
  const base = stage.base.kind === 'known' ? stage.base.knowledge : undefined;
  const inherited = program.isInherited ? base : undefined;
  const user = userFindings(stage, program);
  const folders = folderFindings(stage, program, user);
  const ports = lowPorts(stage, program, inherited);
  const files = fileCapabilities(stage, program, inherited);
  const needs = new Set<Need>([
    ...(inherited?.needs ?? (base?.needs ?? []).filter((need) => need === 'sticky-tmp')),
    ...(user.fields.needs ?? []),
    ...(folders.fields.needs ?? []),
    ...(ports.length > 0 ? (['low-port'] as const) : []),
    ...(files.fileCaps ? (['file-cap'] as const) : []),
  ]);
  const nonRoot = user.fields.nonRoot ?? inherited?.nonRoot;
  const isChanged = nonRoot === 'works' && (needs.has('low-port') || needs.has('file-cap'));
  const { readOnlyRootFilesystem } = folders.fields;
  const isSure = nonRoot === 'works' && readOnlyRootFilesystem === 'works';
  return {
    entry: {
      ...(inherited && fieldsOf(inherited)),
      ...user.fields,
      ...folders.fields,
      ...files,
      ...(nonRoot && { nonRoot: isChanged ? ('needs-change' as const) : nonRoot }),
      user: { ...(user.open === undefined && inherited?.user), ...user.fields.user },
      needs: [...needs],
      ...(ports.length > 0 && { privilegedPorts: ports }),
      confidence: inherited?.confidence ?? (isSure ? 'high' : 'medium'),
    },
    places: [...user.places, ...exposed(stage), ...folders.places, ...stage.capabilities],
    open: user.open,
  };
}

function fieldsOf(knowledge: ImageKnowledge): Partial<ImageEntry> {
  return Object.fromEntries(OF_PROGRAM.flatMap((field) => (knowledge[field] === undefined ? [] : [[field, knowledge[field]]])));
}

function exposed({ ports }: Stage): Place[] {
  return ports.filter(({ value }) => value < 1024);
}

/** The ports below 1024 that it is made for, or told to listen on. */
function lowPorts(stage: Stage, { container, commands }: Program, inherited: ImageKnowledge | undefined): number[] {
  const all = [
    ...(inherited?.privilegedPorts ?? []),
    ...stage.ports.map(({ value }) => value),
    ...listeningPorts(container, commands),
  ];
  return [...new Set(all)].filter((port) => port > 0 && port < 1024).sort((left, right) => left - right);
}

/** The capabilities that its programs carry: of the base, and those of `setcap` on what it starts. */
function fileCapabilities(
  stage: Stage,
  { commands }: Program,
  inherited: ImageKnowledge | undefined,
): Pick<ImageEntry, 'fileCaps' | 'fileCapsOn'> {
  const started = commands.flatMap(({ words: [first] }) => (first ? [first.text] : []));
  const isStarted = (path: string): boolean =>
    started.length === 0 ||
    started.some(
      (word) =>
        word === path || (!word.includes('/') && isWithin(path, path.slice(0, -word.length - 1)) && path.endsWith(`/${word}`)),
    );
  const own = stage.capabilities.filter(({ value }) => isStarted(value.path));
  const names = [...new Set([...(inherited?.fileCaps ?? []), ...own.flatMap(({ value }) => value.names)])];
  const paths = [...new Set([...(inherited?.fileCapsOn ?? []), ...own.map(({ value }) => value.path)])];
  return names.length > 0 ? { fileCaps: names, ...(paths.length > 0 && { fileCapsOn: paths }) } : {};
}
