/** Which objects and containers an entry of the configuration is for. */
import { compilePathGlob } from '../../util/glob.ts';

/** What must fit; every list holds globs, of which one is enough. */
export interface Match {
  readonly path?: readonly string[];
  readonly namespace?: readonly string[];
  readonly kind?: readonly string[];
  readonly name?: readonly string[];
  readonly container?: readonly string[];
}

interface Named {
  readonly kind: string;
  readonly namespace?: string | undefined;
  readonly name: string;
}

export interface CompiledMatch {
  /** True for an object of a file; without an object, for what is about the file as a whole. */
  fits(path: string, object: Named | undefined): boolean;
  /** The containers that are meant; undefined for the whole object. */
  readonly container: ((name: string) => boolean) | undefined;
}

/** Compiles the globs of a match once for a run. */
export function compileMatch({ path, namespace, kind, name, container }: Match): CompiledMatch {
  const fitsPath = anyOf(path);
  const fitsObject = [
    [anyOf(namespace), ({ namespace: given = '' }: Named) => given],
    [anyOf(kind), (object: Named) => object.kind],
    [anyOf(name), (object: Named) => object.name],
  ] as const;
  const isForObjects = (namespace ?? kind ?? name ?? container) !== undefined;
  return {
    fits: (file, object) =>
      fitsPath(file) && (object ? fitsObject.every(([fits, textOf]) => fits(textOf(object))) : !isForObjects),
    container: container && anyOf(container),
  };
}

/** True for a text that one of the globs matches; without globs for every text. */
function anyOf(globs: readonly string[] | undefined): (text: string) => boolean {
  if (!globs) return () => true;
  const compiled = globs.map(compilePathGlob);
  return (text) => compiled.some((matches) => matches(text));
}
