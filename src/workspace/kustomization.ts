/** What a kustomization says: what it includes, what it patches, and what it does to names and namespaces. */
import { isObject, itemsAt, path, stringAt, type Json } from '../util/json.ts';
import { accountsIn } from './accounts.ts';
import { isParsed, parseYaml, splitStream } from '../yaml/index.ts';
import { joinPath } from './paths.ts';

/** A patch of a kustomization that gives accounts to the workloads that fit. */
export interface AccountPatch {
  readonly file: string;
  readonly accounts: readonly string[];
  /** Undefined fits all. */
  readonly kind: RegExp | undefined;
  readonly name: RegExp | undefined;
  /** What its kustomization does to names: a patch may use the names of before or after. */
  readonly prefix: string;
  readonly suffix: string;
}

export interface Kustomization {
  /** Its folder is a boundary. */
  readonly folder: string;
  /** Set by `namespace:`, which overrides that of every resource. */
  readonly namespace: string | undefined;
  /** True when it puts a prefix or suffix on names. */
  readonly renames: boolean;
  /** Files and folders that it includes. */
  readonly includes: readonly string[];
  /** Files that are patches of other manifests. */
  readonly patches: readonly string[];
  /** Its patches that give a workload an account. */
  readonly accountPatches: readonly AccountPatch[];
}

/** The text of a file in the workspace. */
export type TextOf = (path: string) => string | undefined;

interface Patch {
  /** The file that holds it: the kustomization itself for an inline patch. */
  readonly file: string;
  readonly text: string | undefined;
  readonly target: Json | undefined;
}

const INCLUDES = ['resources', 'bases', 'components', 'crds'];

/** Reads the kustomization in `file`. */
export function readKustomization(file: string, folder: string, value: Json, textOf: TextOf): Kustomization {
  const texts = (key: string): string[] => itemsAt(value, key).filter((item) => typeof item === 'string');
  const fromFile = (name: string, target?: Json): Patch => ({
    file: joinPath(folder, name),
    text: textOf(joinPath(folder, name)),
    target,
  });
  const fromText = (text: string, target?: Json): Patch => ({ file, text, target });
  const patches = [
    ...texts('patchesStrategicMerge').map((text) => (text.includes('\n') ? fromText(text) : fromFile(text))),
    ...['patches', 'patchesJson6902']
      .flatMap((key) => itemsAt(value, key))
      .flatMap((item): Patch[] => {
        const [name, inline, target] = [stringAt(item, 'path'), stringAt(item, 'patch'), path(item, 'target')];
        return name !== undefined ? [fromFile(name, target)] : inline === undefined ? [] : [fromText(inline, target)];
      }),
  ];
  const [prefix, suffix] = [stringAt(value, 'namePrefix') ?? '', stringAt(value, 'nameSuffix') ?? ''];
  return {
    folder,
    namespace: stringAt(value, 'namespace') || undefined,
    renames: prefix + suffix !== '',
    includes: INCLUDES.flatMap(texts).map((name) => joinPath(folder, name)),
    patches: patches.flatMap((patch) => (patch.file === file ? [] : [patch.file])),
    accountPatches: patches.flatMap(accountPatchesIn).map((patch) => ({ ...patch, prefix, suffix })),
  };
}

type BarePatch = Omit<AccountPatch, 'prefix' | 'suffix'>;

function accountPatchesIn({ file, text, target }: Patch): BarePatch[] {
  if (text === undefined || !text.includes('serviceAccount')) return [];
  return splitStream(text).flatMap(({ start, end }): BarePatch[] => {
    const parsed = parseYaml(text.slice(start, end));
    if (!isParsed(parsed)) return [];
    const accounts = [...accountsIn(parsed.value)];
    if (accounts.length === 0) return [];
    const named = isObject(target)
      ? target
      : { kind: path(parsed.value, 'kind') ?? null, name: path(parsed.value, 'metadata', 'name') ?? null };
    return [{ file, accounts, kind: wholePattern(stringAt(named, 'kind')), name: wholePattern(stringAt(named, 'name')) }];
  });
}

/** Targets are regular expressions for the whole text (kustomize documentation, "patches"); an unreadable one fits all. */
function wholePattern(pattern: string | undefined): RegExp | undefined {
  if (pattern === undefined || pattern === '') return undefined;
  try {
    return new RegExp(`^(?:${pattern})$`);
  } catch {
    return undefined;
  }
}
