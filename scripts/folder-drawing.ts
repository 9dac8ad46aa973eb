/** The folders of the program and their imports as a Mermaid drawing, measured from the sources. */
import fastGlob from 'fast-glob';
import { readFileSync } from 'node:fs';
import { posix } from 'node:path';

type Graph = ReadonlyMap<string, ReadonlySet<string>>;

/** One room for each folder of `src/` with what is below it, `library` for `src/index.ts`, and `transforms`. */
function roomOf(file: string): string {
  const [top = '', room = ''] = file.split('/');
  return top === 'transforms' ? top : room.endsWith('.ts') ? 'library' : room;
}

/** Which room imports from which. */
function readRooms(project: string): Graph {
  const rooms = new Map<string, Set<string>>();
  for (const file of fastGlob.sync(['src/**/*.ts', 'transforms/*.ts'], { cwd: project }).sort()) {
    const imports = rooms.get(roomOf(file)) ?? new Set();
    rooms.set(roomOf(file), imports);
    for (const [, from = ''] of readFileSync(project + file, 'utf8').matchAll(/(?:from|import\() ?'(\.[^']+)'/g)) {
      const target = posix.join(posix.dirname(file), from);
      if (/^(?:src|transforms)\//.test(target) && roomOf(target) !== roomOf(file)) imports.add(roomOf(target));
    }
  }
  return rooms;
}

function reaches(graph: Graph, from: string, to: string): boolean {
  return [...(graph.get(from) ?? [])].some((next) => next === to || reaches(graph, next, to));
}

/**
 * A drawing with an arrow from each room to those that it imports from. An arrow that a longer way stands for is left out.
 *
 * @throws RangeError when rooms import each other in a circle
 */
export function folderDrawing(project: string): string {
  const rooms = readRooms(project);
  const arrows = [...rooms].flatMap(([room, imports]) => {
    const direct = [...imports].filter((one) => ![...imports].some((other) => other !== one && reaches(rooms, other, one)));
    return direct.sort().map((one) => `  ${room} --> ${one}`);
  });
  return ['```mermaid', 'flowchart TD', ...arrows.sort(), '```'].join('\n');
}
