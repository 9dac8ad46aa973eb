/** What users opt out of: annotations on a workload or its pod template, and the exceptions of a config file. */
import type { JsonObject } from '../util/json.ts';
import { normalPath } from '../kubernetes/volumes.ts';
import type { Container, Workload } from '../kubernetes/workload.ts';
import { formatPointer } from '../patch/index.ts';
import { compilePathGlob } from '../util/glob.ts';
import { suggest } from '../util/suggest.ts';

const SKIP = 'kharden.dev/skip';
const REASON = 'kharden.dev/reason';
const WRITABLE = 'kharden.dev/writable.';

/** An exception of the user for the workloads and containers that match; every list holds globs. */
export interface Exception {
  readonly match: {
    readonly path?: readonly string[];
    readonly namespace?: readonly string[];
    readonly kind?: readonly string[];
    readonly name?: readonly string[];
    readonly container?: readonly string[];
  };
  readonly skip?: readonly string[] | 'all';
  readonly reason?: string;
  /** Options by id of transform. */
  readonly options?: Readonly<Record<string, JsonObject>>;
}

/** One opt-out that applies to a workload. */
export interface SkipRule {
  readonly transforms: readonly string[] | 'all';
  /** Undefined for the whole workload. */
  readonly container: ((name: string) => boolean) | undefined;
  readonly reason: string | undefined;
  /** JSON Pointer from the workload to the annotation; undefined for a rule of the config. */
  readonly at: string | undefined;
}

/** Something wrong with an annotation; `at` leads from the workload. */
export interface AnnotationProblem {
  readonly id: 'unknown-transform' | 'unknown-container' | 'unusable-annotation';
  readonly message: string;
  readonly at: string;
}

export interface AnnotationRules {
  readonly rules: readonly SkipRule[];
  readonly problems: readonly AnnotationProblem[];
  /** Paths that must stay writable, by container. */
  readonly writable: ReadonlyMap<string, readonly string[]>;
}

/** True when a rule keeps a transform away from a container, or from the whole workload. */
export function covers(rule: SkipRule, transform: string, container?: Container): boolean {
  if (rule.transforms !== 'all' && !rule.transforms.includes(transform)) return false;
  return rule.container === undefined || (container !== undefined && rule.container(container.name));
}

/** Reads the `kharden.dev/` annotations of a workload and of its pod template. */
export function readAnnotations(workload: Workload, transforms: readonly string[]): AnnotationRules {
  const { pod } = workload;
  const places: [JsonObject, string][] = [[workload.annotations, '/metadata/annotations']];
  if (pod.pointer !== '') places.push([pod.annotations, `${pod.pointer}/metadata/annotations`]);
  const rules: SkipRule[] = [];
  const problems: AnnotationProblem[] = [];
  const writable = new Map<string, readonly string[]>();
  const names = pod.containers.map(({ name }) => name);

  for (const [annotations, base] of places) {
    const given = annotations[REASON];
    const reason = typeof given === 'string' ? given : undefined;
    for (const [key, value] of Object.entries(annotations)) {
      if (key !== SKIP && !key.startsWith(`${SKIP}.`) && !key.startsWith(WRITABLE)) continue;
      const at = `${base}${formatPointer([key])}`;
      const container = key === SKIP ? undefined : key.slice(key.startsWith(WRITABLE) ? WRITABLE.length : SKIP.length + 1);
      const words =
        typeof value === 'string'
          ? value
              .split(',')
              .map((word) => word.trim())
              .filter((word) => word !== '')
          : undefined;
      if (container !== undefined && !names.includes(container)) {
        problems.push({
          id: 'unknown-container',
          message: `${key} names no container of this pod${didYouMean(container, names)}`,
          at,
        });
      } else if (!words || words.length === 0) {
        problems.push({ id: 'unusable-annotation', message: `${key} must be a text with names separated by commas`, at });
      } else if (key.startsWith(WRITABLE)) {
        for (const path of words.filter((word) => !word.startsWith('/')))
          problems.push({ id: 'unusable-annotation', message: `${key}: ${path} is no absolute path`, at });
        writable.set(container ?? '', words.filter((word) => word.startsWith('/')).map(normalPath));
      } else {
        for (const word of words.filter((id) => id !== 'all' && !transforms.includes(id))) {
          problems.push({
            id: 'unknown-transform',
            message: `${key}: there is no transform ${word}${didYouMean(word, transforms)}`,
            at,
          });
        }
        rules.push({
          transforms: words.includes('all') ? 'all' : words,
          container: container === undefined ? undefined : (name) => name === container,
          reason,
          at,
        });
      }
    }
  }
  return { rules, problems, writable };
}

function didYouMean(word: string, candidates: readonly string[]): string {
  const nearest = suggest(word, candidates);
  return nearest === undefined ? '' : `: did you mean ${nearest}?`;
}

/** An exception of the config, ready to be matched. */
export interface CompiledException {
  matches(workload: Workload): boolean;
  readonly rule: SkipRule | undefined;
  readonly options: Readonly<Record<string, JsonObject>> | undefined;
}

/** Compiles the globs of exceptions once for a run. */
export function compileExceptions(exceptions: readonly Exception[]): CompiledException[] {
  return exceptions.map(({ match, skip, reason, options }) => {
    const fits = (globs: readonly string[] | undefined): ((text: string) => boolean) => {
      if (!globs) return () => true;
      const compiled = globs.map(compilePathGlob);
      return (text) => compiled.some((one) => one(text));
    };
    const [path, namespace, kind, name] = [fits(match.path), fits(match.namespace), fits(match.kind), fits(match.name)];
    return {
      matches: (workload) =>
        path(workload.file) && namespace(workload.namespace ?? '') && kind(workload.kind) && name(workload.name),
      rule: skip && { transforms: skip, container: match.container && fits(match.container), reason, at: undefined },
      options,
    };
  });
}
