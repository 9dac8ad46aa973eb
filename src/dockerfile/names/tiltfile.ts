/** The images that Tilt builds: the calls of `docker_build` in a Tiltfile (docs.tilt.dev/api.html), whose arguments are texts. */
import { imageName, type GivenBuild } from './build.ts';

const CALL = /\bdocker_build(?:_with_restart)?\s*\(/g;
/** An argument at the start of a call, or behind a comma: `'x'`, `context='x'`. */
const TEXT = /(?:^|,)\s*(?:(\w+)\s*=\s*)?(['"])((?:(?!\2).)*)\2\s*(?=,|\)|$)/g;
/** Longer calls hold something else. */
const LONGEST_CALL = 4000;

/** Those of a Tiltfile in a folder. */
export function tiltBuilds(text: string, folder: string, by: string): GivenBuild[] {
  return [...text.matchAll(CALL)].map(({ 0: call, index }) => {
    const { positions, names } = textsIn(argumentText(text, index + call.length));
    return {
      names: [imageName(names.get('ref') ?? positions[0] ?? '')],
      folder,
      context: names.get('context') ?? positions[1],
      dockerfile: names.get('dockerfile'),
      target: names.get('target'),
      by,
      isBesideFolder: true,
    };
  });
}

/** What stands between the brackets of a call, without what stands in brackets inside. */
function argumentText(text: string, start: number): string {
  let depth = 0;
  let found = '';
  for (const character of text.slice(start, start + LONGEST_CALL)) {
    if (')]}'.includes(character) && depth-- === 0) return found;
    if (depth === 0) found += character;
    if ('([{'.includes(character)) depth++;
  }
  return '';
}

function textsIn(text: string): { positions: string[]; names: Map<string, string> } {
  const positions: string[] = [];
  const names = new Map<string, string>();
  for (const [, name, , value = ''] of text.matchAll(TEXT)) {
    if (name === undefined) positions.push(value);
    else names.set(name, value);
  }
  return { positions, names };
}
