/**
 * The images that `docker buildx bake` builds (docs.docker.com/build/bake/reference), from JSON or from HCL. Of HCL are read blocks with
 * texts, lists of texts and maps of texts, as far as a bake file has them; functions and conditions are not.
 */
import { isObject, itemsAt, member, objectAt, stringAt, type Json, type JsonObject } from '../../util/json.ts';
import { imageName, type GivenBuild } from './build.ts';
import { argumentsIn, valuesIn } from './documents.ts';

type Targets = ReadonlyMap<string, JsonObject>;

/** Those of a file in a folder. */
export function bakeBuilds(text: string, folder: string, by: string): GivenBuild[] {
  const targets = by.endsWith('.hcl') ? hclTargets(text) : jsonTargets(text);
  return [...targets.keys()].map((name) => {
    const target = inherited(name, targets);
    return {
      names: itemsAt(target, 'tags').map((tag) => imageName(String(tag))),
      folder,
      context: stringAt(target, 'context'),
      dockerfile: stringAt(target, 'dockerfile'),
      target: stringAt(target, 'target'),
      args: argumentsIn(member(target, 'args')),
      by,
    };
  });
}

function jsonTargets(text: string): Targets {
  const [file = null] = valuesIn(text);
  return new Map(Object.entries(objectAt(file, 'target')).filter((pair): pair is [string, JsonObject] => isObject(pair[1])));
}

/** A target over those that it inherits from; the later ones win, as in bake. */
function inherited(name: string, targets: Targets, above: readonly string[] = []): JsonObject {
  const own = targets.get(name) ?? {};
  if (above.includes(name)) return own;
  const parents = itemsAt(own, 'inherits').map((parent) => inherited(String(parent), targets, [...above, name]));
  return Object.assign({}, ...parents, own) as JsonObject;
}

const BLOCK = /^[ \t]*(target|variable)[ \t]+"([^"\n]*)"[ \t]*\{/gm;
const FIELD = /([\w-]+)\s*=\s*("(?:\\.|[^"\\\n])*"|\[[^\]]*\]|\{[^}]*\})/g;
const TEXT = /"((?:\\.|[^"\\\n])*)"/g;
const PAIR = /"?([\w.-]+)"?\s*=\s*"((?:\\.|[^"\\\n])*)"/g;

function hclTargets(source: string): Targets {
  const text = source.replace(/^\s*(?:#|\/\/).*$/gm, '');
  const blocks = [...text.matchAll(BLOCK)];
  return new Map(
    blocks.flatMap(([opening, kind, name = ''], index): [string, JsonObject][] => {
      const start = (blocks[index]?.index ?? 0) + opening.length;
      const body = text.slice(start, blocks[index + 1]?.index ?? text.length);
      return kind === 'target' ? [[name, fieldsIn(body)]] : [];
    }),
  );
}

function fieldsIn(body: string): JsonObject {
  return Object.fromEntries(
    [...body.matchAll(FIELD)].map(([, name = '', value = '']): [string, Json] => {
      if (value.startsWith('[')) return [name, Array.from(value.matchAll(TEXT), ([, text = '']) => text)];
      if (value.startsWith('{'))
        return [name, Object.fromEntries(Array.from(value.matchAll(PAIR), ([, key, text = '']) => [key, text]))];
      return [name, value.slice(1, -1)];
    }),
  );
}
